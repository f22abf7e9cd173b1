import { type Browser, type BrowserContext, expect } from '@playwright/test';
import { callsOf } from '../src/calls';
import { type Desk, endpoints, keepSoundAsItIs, sitDown } from '../src/fixtures';
import type { Outdial } from '../src/outdial';
import { csvFile, type LeadRow, leadsEndingIn } from '../src/sheets';

/** An agent of the scene, before a sheet that is being dialed. */
export interface Seat {
  readonly desk: Desk;
  readonly leads: readonly LeadRow[];
}

/** A busy machine may not open two pages in the time that a test gives them. */
const TRIES = 3;
const PATIENCE_MS = 60_000;

/** Two agents of an organization of their own: one is talking, the other's customer lets it ring. */
export class Scene {
  static async set(browser: Browser, outdial: Outdial): Promise<Scene> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await Scene.#set(browser, outdial);
      } catch (error) {
        if (attempt === TRIES) throw error;
      }
    }
  }

  static async #set(browser: Browser, outdial: Outdial): Promise<Scene> {
    const organizationId = await outdial.organization('Harbor Dental');
    const contexts: BrowserContext[] = [];
    const seat = async (name: string, digits: string): Promise<Seat> => {
      const context = await browser.newContext({ baseURL: outdial.run.webUrl });
      contexts.push(context);
      await keepSoundAsItIs(context);
      const person = await outdial.person(organizationId, 'agent', name);
      const desk = await sitDown(outdial, person, context, await context.newPage());
      const body = { wrapUpSeconds: 0, ringTimeoutSeconds: 60 };
      await desk.api(endpoints.me.updateDialerSettings, { body });
      const leads = leadsEndingIn(digits);
      await desk.page.goto('/dashboard/agent');
      await expect(desk.page.locator('[data-connection="connected"]')).toBeVisible({ timeout: PATIENCE_MS });
      await desk.sheets.choose(csvFile(leads, `${name}.csv`));
      await desk.sheets.start();
      return { desk, leads };
    };
    try {
      const talking = await seat('Ada', '000');
      const ringing = await seat('Grace', '200');
      await talking.desk.workspace.expectCall('connected', PATIENCE_MS);
      await ringing.desk.workspace.expectCall('ringing', PATIENCE_MS);
      return new Scene(talking, ringing, contexts);
    } catch (error) {
      for (const context of contexts) await context.close();
      throw error;
    }
  }

  private constructor(
    readonly talking: Seat,
    readonly ringing: Seat,
    private readonly contexts: readonly BrowserContext[],
  ) {}

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
  }
}

/** How the call before the agent is now, in the page's own words. */
export async function callState({ desk }: Seat): Promise<string> {
  return (await desk.page.locator('[data-call-state]').first().getAttribute('data-call-state')) ?? 'unknown';
}

export async function dialerState({ desk }: Seat): Promise<string> {
  return (await desk.page.locator('[data-dialer-state]').getAttribute('data-dialer-state')) ?? 'unknown';
}

/** Hangs up and waits for the next lead of the sheet. @returns how it came about */
export async function nextCall({ desk, leads }: Seat): Promise<'by itself' | 'after Resume' | 'never'> {
  const name = leads[1]?.name ?? '';
  const { workspace, page } = desk;
  if (/dialing|ringing|connected|held/.test(await callState({ desk, leads }))) await page.keyboard.press('h');
  const comes = (timeout: number) =>
    workspace.expectTalkingTo(name, timeout).then(
      () => true,
      () => false,
    );
  if (await comes(12_000)) return 'by itself';
  if ((await dialerState({ desk, leads })) === 'paused')
    await workspace.press('Resume').catch(() => undefined);
  return (await comes(30_000)) ? 'after Resume' : 'never';
}

/** Ends the scene's second calls and waits until every call is filed, with its recording if it was answered. */
export async function filed({ desk }: Seat): Promise<Awaited<ReturnType<typeof callsOf>>> {
  await desk.workspace.press('Pause').catch(() => undefined);
  await desk.page.keyboard.press('h');
  const isOpen = async () =>
    (await callsOf(desk.session)).filter(
      ({ status, recording }) =>
        status === 'in-progress' || (status === 'answered' && recording?.status !== 'complete'),
    ).length;
  await expect.poll(isOpen, { timeout: 45_000, message: 'every call is filed' }).toBe(0);
  return callsOf(desk.session);
}
