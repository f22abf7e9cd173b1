import type { BrowserContext, Page } from '@playwright/test';
import { bundle } from './bundle';
import { connectedCount, type Desk, talk } from './desk';

const PATH = '/bare-jssip';
const HTML = `<!doctype html>
<html lang="en">
  <meta charset="utf-8"><title>connecting</title>
  <input id="number"><button id="call">Call</button><button id="hang-up">Hang up</button>
  <textarea id="numbers"></textarea><button id="start">Start</button>
  <audio id="audio" autoplay></audio>
  <script type="module" src="${PATH}.js"></script>
</html>`;

/** The bare page, on the product's own origin: its `/sip` goes through the same proxy to the same switch. */
export class BareDesk implements Desk {
  readonly name = 'bare JsSIP';

  static async open(context: BrowserContext, webUrl: string, numbers: Iterator<string>): Promise<BareDesk> {
    // A page that was put in the server's place has no address of its own to Chromium, which then guards loopback.
    await context.grantPermissions(['local-network-access'], { origin: webUrl });
    const page = await context.newPage();
    const script = await bundle('bare-page');
    await page.route(`**${PATH}`, (route) => route.fulfill({ contentType: 'text/html', body: HTML }));
    await page.route(`**${PATH}.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: script }),
    );
    await page.goto(webUrl + PATH);
    await page.waitForFunction(() => document.title === 'registered');
    await page.unrouteAll();
    return new BareDesk(page, numbers);
  }

  private constructor(
    readonly page: Page,
    private readonly numbers: Iterator<string>,
  ) {}

  async dialByHand(numbers: readonly string[]): Promise<void> {
    for (const number of numbers) {
      const before = await connectedCount(this.page);
      await this.page.fill('#number', number);
      await this.claimed(number);
      await this.page.click('#call');
      await talk(this.page, before + 1);
      await this.page.click('#hang-up');
    }
  }

  async dialByItself(count: number): Promise<void> {
    const before = await connectedCount(this.page);
    const numbers = Array.from({ length: count }, () => String(this.numbers.next().value));
    await this.page.fill('#numbers', numbers.join('\n'));
    await this.claimed(numbers[0] ?? '');
    await this.page.click('#start');
    for (let call = 1; call <= count; call++) {
      await talk(this.page, before + call);
      await this.page.click('#hang-up');
    }
  }

  private async claimed(number: string): Promise<void> {
    await this.page.waitForFunction((title) => document.title === title, `claimed ${number}`);
  }
}
