import { execFile } from 'node:child_process';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What the far end says: a spoken sentence, or a steady tone that a test can find again in a recording. */
export type CarrierAudio = { readonly kind: 'speech' } | { readonly kind: 'tone'; readonly hz: number };

const SAMPLE_RATE = 8000;
/**
 * Makes `prompt.ulaw`, headerless G.711 mu-law at 8 kHz, which sipp plays in a loop. Kept if it is there.
 * @param scripts `infra/carrier`, which says what is spoken, here and in docker compose
 * @returns a folder that holds it, to be sipp's working folder
 */
export async function makePrompt(scripts: string, dir: string, audio: CarrierAudio): Promise<string> {
  const folder = `${dir}/${audio.kind === 'speech' ? 'speech' : `tone-${audio.hz}`}`;
  const file = `${folder}/prompt.ulaw`;
  if ((await stat(file).catch(() => undefined))?.size) return folder;
  await mkdir(folder, { recursive: true });
  if (audio.kind === 'tone') await writeFile(`${file}.part`, tone(audio.hz));
  else
    await promisify(execFile)('sh', [`${scripts}/make-prompt.sh`, `${scripts}/prompt.txt`, `${file}.part`]);
  await rename(`${file}.part`, file);
  return folder;
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
