import { expect, it } from 'vitest';
import { faultsOf, mutatedFiles } from './fuzz';

// `npm run test:fuzz` sets both: ten thousand files, and others each time.
const FILES = Number(process.env.FUZZ_FILES ?? 150);
const SEED = Number(process.env.FUZZ_SEED ?? 17);

it(`reads or refuses ${FILES} damaged files within its limits (seed ${SEED})`, {
  timeout: 60_000 + FILES * 200,
}, async () => {
  expect(await faultsOf(mutatedFiles(FILES, SEED))).toEqual([]);
});
