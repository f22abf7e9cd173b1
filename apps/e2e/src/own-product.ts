import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from './fixtures';
import { Outdial } from './outdial';
import { Product, type ProductOptions } from './product';

/** Tests with a product of their own, whose parts they may break. @param name of its folder */
export const ownProduct = (name: string, options: ProductOptions = {}) =>
  base.extend<object, { readonly product: Product }>({
    product: [
      async ({ browserName: _ }, use) => {
        const dir = await mkdtemp(join(tmpdir(), `outdial-e2e-${name}-`));
        const product = await Product.start(dir, options);
        await use(product);
        await product.close();
        if (!process.env.OUTDIAL_E2E_KEEP) await rm(dir, { recursive: true, force: true });
      },
      { scope: 'worker', timeout: 120_000 },
    ],
    outdial: [
      async ({ product }, use) => {
        const outdial = new Outdial(product.run);
        await use(outdial);
        await outdial.close();
      },
      { scope: 'worker' },
    ],
  });
