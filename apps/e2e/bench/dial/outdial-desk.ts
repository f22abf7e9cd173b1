import { type BrowserContext, expect, type Page } from '@playwright/test';
import { endpoints, type Session } from '../../src/outdial';
import { PhoneDock } from '../../src/pages/phone-dock';
import { SheetPage } from '../../src/pages/sheet-page';
import { Workspace } from '../../src/pages/workspace';
import { csvFile } from '../../src/sheets';
import { connectedCount, type Desk, talk } from './desk';

/** Outdial's own workspace, on a sheet that is paused between the blocks. */
export class OutdialDesk implements Desk {
  readonly name = 'Outdial';
  readonly #workspace: Workspace;
  readonly #dock: PhoneDock;

  /** Uploads the sheet through the page, dials its first lead and pauses. */
  static async open(
    context: BrowserContext,
    session: Session,
    numbers: readonly string[],
  ): Promise<OutdialDesk> {
    const page = await context.newPage();
    const sheets = new SheetPage(page);
    await sheets.goto();
    await sheets.choose(csvFile(numbers.map((phone, index) => ({ name: `Lead ${index}`, phone }))));
    await sheets.start();
    const desk = new OutdialDesk(page, session);
    await desk.#talkAndPause(1);
    return desk;
  }

  private constructor(
    readonly page: Page,
    private readonly session: Session,
  ) {
    this.#workspace = new Workspace(page);
    this.#dock = new PhoneDock(page);
  }

  async dialByHand(numbers: readonly string[]): Promise<void> {
    await this.#dock.open();
    for (const number of numbers) {
      const before = await connectedCount(this.page);
      await this.#dock.dial(number);
      await talk(this.page, before + 1);
      await this.#workspace.press('Hang up');
      await this.#workspace.expectCall('ended');
    }
    await this.#dock.root.locator('button[aria-expanded="true"]').last().click();
    await this.#filed();
  }

  async dialByItself(count: number): Promise<void> {
    const before = await connectedCount(this.page);
    await this.#workspace.press('Resume');
    for (let call = 1; call < count; call++) {
      await talk(this.page, before + call);
      await this.#workspace.press('Hang up');
    }
    await this.#talkAndPause(before + count);
    await this.#filed();
  }

  async #talkAndPause(calls: number): Promise<void> {
    await talk(this.page, calls);
    await this.#workspace.press('Pause');
    await this.#workspace.press('Hang up');
    await this.#workspace.expectDialer('paused');
  }

  /** The other page's turn begins when nothing of this one's is under way, and every call must have come to rest. */
  async #filed(): Promise<void> {
    const unfiled = async () => {
      const { items } = await this.session.api(endpoints.calls.list, { query: { limit: 100 } });
      return items
        .filter(({ status, recording }) => status !== 'answered' || !recording)
        .map(({ id, status, cause, talkMs }) => ({ id, status, cause, talkMs }));
    };
    await expect
      .poll(unfiled, { message: 'every call is filed with its recording', timeout: 15_000 })
      .toEqual([]);
  }
}
