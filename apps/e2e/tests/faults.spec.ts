import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { KeptLog } from '../faults/kept-log';
import { accessibilityProblems } from '../src/accessibility';
import { signInBrowser } from '../src/fixtures';
import { Outdial } from '../src/outdial';
import { Product } from '../src/product';

/** Each of our own processes dies and freezes: the quick lines of docs/reliability.md. The others are in packages/stack. */

const log = new KeptLog();
const test = base.extend<object, { readonly product: Product }>({
  product: [
    async ({ browserName: _ }, use) => {
      const dir = await mkdtemp(join(tmpdir(), 'outdial-e2e-faults-'));
      const product = await Product.start(dir, { onLog: log.add });
      await use(product);
      await product.close();
      await rm(dir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Ten seconds on a quiet machine. */
const limitMs = () => 10_000 * Math.max(1, (loadavg()[0] ?? 0) / cpus().length);

for (const name of ['api', 'worker', 'web'] as const) {
  test(`${name} comes back by itself, killed and frozen`, async ({ product }) => {
    test.setTimeout(120_000);
    for (const fault of ['crash', 'freeze'] as const) {
      const back = log.untilBack(name);
      product.part(name)[fault]();
      expect(await back, `${name}: ${fault}`).toBeLessThan(limitMs());
    }
    expect((await fetch(`${product.run.webUrl}/login`)).status).toBe(200);
    expect((await fetch(`${product.run.webUrl}/api/health/ready`)).status).toBe(200);
  });
}

test('a superadmin is told what is away, as long as it is', async ({ product, browser }) => {
  test.setTimeout(120_000);
  const outdial = new Outdial(product.run);
  const context = await browser.newContext({ baseURL: product.run.webUrl });
  const page = await context.newPage();
  const person = await outdial.person(await outdial.organization('Harbor Dental'), 'superadmin', 'Grace');
  await signInBrowser(outdial, person, context);
  const { redis } = product;
  await redis.kill();
  await page.goto('/dashboard/superadmin');
  const notice = page.getByRole('region', { name: 'System' });
  await expect(notice).toContainText('Redis is away', { timeout: 20_000 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await redis.revive();
  await expect(notice).toBeHidden({ timeout: 30_000 });
  await context.close();
  await outdial.close();
});
