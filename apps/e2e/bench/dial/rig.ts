import { mkdir, rm } from 'node:fs/promises';
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { connect } from '../../../backend/src/db/client';
import { writeTone } from '../../src/audio';
import { CHROMIUM, chromiumArgs } from '../../src/chromium';
import { endpoints, Outdial, type Person, type Session } from '../../src/outdial';
import { Product } from '../../src/product';
import { MICROPHONE_HZ, microphoneWav, publishRun, runDir } from '../../src/run';
import { bundle } from './bundle';

export interface Seat {
  readonly context: BrowserContext;
  readonly session: Session;
}

/** The running product, a browser, and agents of one organization. */
export class Rig {
  static async start(): Promise<Rig> {
    await mkdir(runDir(), { recursive: true });
    await writeTone(microphoneWav(), MICROPHONE_HZ);
    const product = await Product.start(runDir());
    publishRun(product.run);
    await makeDurable(product.run.databaseUrl);
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: chromiumArgs({ kind: 'speaks', wav: microphoneWav() }),
      handleSIGINT: false,
    });
    const outdial = new Outdial();
    return new Rig(product, browser, outdial, await outdial.organization('Bench'), await bundle('probe'));
  }

  private constructor(
    private readonly product: Product,
    readonly browser: Browser,
    private readonly outdial: Outdial,
    private readonly organizationId: number,
    private readonly probe: string,
  ) {}

  get webUrl(): string {
    return this.product.run.webUrl;
  }

  /** A signed-in agent without wrap-up, in a browser profile of their own, with the probe in every page. */
  async seat(name: string): Promise<Seat> {
    const person: Person = await this.outdial.person(this.organizationId, 'agent', name);
    const session = await this.outdial.signIn(person);
    await session.api(endpoints.me.updateDialerSettings, {
      body: { wrapUpSeconds: 0, ringTimeoutSeconds: 30 },
    });
    const context = await this.browser.newContext({
      baseURL: this.webUrl,
      viewport: { width: 1440, height: 900 },
    });
    await context.addCookies([{ ...session.cookie, url: this.webUrl, httpOnly: true, sameSite: 'Lax' }]);
    await context.addInitScript({ content: this.probe });
    return { context, session };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.outdial.close();
    await this.product.close();
    await rm(runDir(), { recursive: true, force: true });
  }
}

/** Tests let the database forget; here a commit reaches the disk before it is answered, as with `npm start`. */
async function makeDurable(databaseUrl: string): Promise<void> {
  const connection = await connect(databaseUrl);
  await connection.query('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
  await connection.end();
}
