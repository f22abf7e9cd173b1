import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { endpoints, Outdial, type Person, type Session } from './outdial';
import { PhoneDock } from './pages/phone-dock';
import { SheetPage } from './pages/sheet-page';
import { Workspace } from './pages/workspace';
import { SipTrace } from './sip-trace';

/** An agent before a page of their own. */
export interface Desk {
  readonly person: Person;
  readonly session: Session;
  readonly api: Session['api'];
  readonly page: Page;
  readonly context: BrowserContext;
  readonly sip: SipTrace;
  readonly sheets: SheetPage;
  readonly workspace: Workspace;
  readonly dock: PhoneDock;
}

interface TestFixtures {
  /** An agent of a fresh organization: rings for 5 s, no wrap-up. */
  readonly agent: Desk;
  /** What the browser complained about: errors in scripts, violations of the content security policy. */
  readonly complaints: string[];
  /** Another computer: a browser context of its own, closed at the end. */
  readonly anotherComputer: () => Promise<BrowserContext>;
}

interface WorkerFixtures {
  readonly outdial: Outdial;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  outdial: [
    async ({ browserName: _ }, use) => {
      const outdial = new Outdial();
      await use(outdial);
      await outdial.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ outdial }, use) => use(outdial.run.webUrl),
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      listenToComplaints(context, complaints);
      await use(complaints);
      expect(complaints, 'complaints of the browser').toEqual([]);
    },
    { auto: true },
  ],
  anotherComputer: async ({ browser, baseURL, complaints, viewport, locale }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({
        viewport,
        ...(baseURL && { baseURL }),
        ...(locale && { locale }),
      });
      listenToComplaints(context, complaints);
      contexts.push(context);
      return context;
    });
    for (const context of contexts) await context.close();
  },
  agent: async ({ outdial, context, page }, use) => {
    const person = await outdial.person(await outdial.organization('Harbor Dental'), 'agent', 'Ada Lovelace');
    const desk = await sitDown(outdial, person, context, page);
    await desk.api(endpoints.me.updateDialerSettings, { body: { wrapUpSeconds: 0, ringTimeoutSeconds: 5 } });
    await use(desk);
  },
});

export { endpoints, expect };

/** Signs the browser in without its form. */
export async function signInBrowser(
  outdial: Outdial,
  person: Person,
  context: BrowserContext,
): Promise<Session> {
  const session = await outdial.signIn(person);
  await context.addCookies([{ ...session.cookie, url: outdial.run.webUrl, httpOnly: true, sameSite: 'Lax' }]);
  return session;
}

export async function sitDown(
  outdial: Outdial,
  person: Person,
  context: BrowserContext,
  page: Page,
): Promise<Desk> {
  const session = await signInBrowser(outdial, person, context);
  return {
    person,
    session,
    api: session.api,
    page,
    context,
    sip: new SipTrace(page),
    sheets: new SheetPage(page),
    workspace: new Workspace(page),
    dock: new PhoneDock(page),
  };
}

/** Steady tones survive only without echo and noise reduction; the agent's own setting, in the phone dock. */
export async function keepSoundAsItIs(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    // Not in about:blank, which has no storage.
    if (location.protocol.startsWith('http')) localStorage.setItem('outdial-microphone-cleanup', 'off');
  });
}

function listenToComplaints(context: BrowserContext, complaints: string[]): void {
  context.on('weberror', (error) => complaints.push(`script error: ${error.error().message}`));
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && /content security policy/i.test(text)) complaints.push(text);
  });
}
