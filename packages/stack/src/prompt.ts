import { execFile } from 'node:child_process';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { requireProgram } from './programs';

/** What the far end says: a spoken sentence, or a steady tone that a test can find again in a recording. */
export type CarrierAudio = { readonly kind: 'speech' } | { readonly kind: 'tone'; readonly hz: number };

const SAMPLE_RATE = 8000;
const SENTENCE =
  'Hello, this is the Outdial practice line. You have reached a simulated customer. ' +
  'Nobody real is listening, so feel free to try everything. ' +
  'You can put me on hold, press keys, or hang up whenever you like.';

/**
 * Makes `prompt.ulaw`, headerless G.711 mu-law at 8 kHz, which sipp plays in a loop. Kept if it is there.
 * @returns a folder that holds it, to be sipp's working folder
 */
export async function makePrompt(dir: string, audio: CarrierAudio): Promise<string> {
  const folder = `${dir}/${audio.kind === 'speech' ? 'speech' : `tone-${audio.hz}`}`;
  const file = `${folder}/prompt.ulaw`;
  if ((await stat(file).catch(() => undefined))?.size) return folder;
  await mkdir(folder, { recursive: true });
  if (audio.kind === 'tone') await writeFile(`${file}.part`, tone(audio.hz));
  else await speak(folder, `${file}.part`);
  await rename(`${file}.part`, file);
  return folder;
}

async function speak(folder: string, file: string): Promise<void> {
  const run = promisify(execFile);
  await run(requireProgram('espeak-ng'), [
    '-v',
    'en-us',
    '-s',
    '150',
    '-w',
    `${folder}/prompt.wav`,
    SENTENCE,
  ]);
  const format = ['-t', 'raw', '-r', String(SAMPLE_RATE), '-c', '1', '-e', 'mu-law'];
  // Two seconds of silence before it begins again.
  await run(requireProgram('sox'), [
    `${folder}/prompt.wav`,
    ...format,
    file,
    'gain',
    '-3',
    'pad',
    '0.2',
    '2',
  ]);
}

/** Ten seconds at a third of full scale: a whole number of periods for whole hertz, so the loop has no click. */
function tone(hz: number): Uint8Array {
  const samples = 10 * SAMPLE_RATE;
  return Uint8Array.from({ length: samples }, (_, index) =>
    toMuLaw(Math.round(10_900 * Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE))),
  );
}

/** One 16-bit sample as G.711 mu-law (ITU-T G.711, table 2). */
function toMuLaw(sample: number): number {
  const BIAS = 0x84;
  const CLIP = 32_635;
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
