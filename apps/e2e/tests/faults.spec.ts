import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { KeptLog } from '../faults/kept-log';
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
