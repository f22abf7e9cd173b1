import { rm } from 'node:fs/promises';
import { writeTone } from './audio';
import { Product } from './product';
import { MICROPHONE_HZ, microphoneWav, publishRun, runDir } from './run';

/** Starts the product once for all tests, and stops it after the last. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await writeTone(microphoneWav(), MICROPHONE_HZ);
  const product = await Product.start(runDir());
  publishRun(product.run);
  return async () => {
    await product.close();
    if (!process.env.OUTDIAL_E2E_KEEP) await rm(runDir(), { recursive: true, force: true });
  };
}
