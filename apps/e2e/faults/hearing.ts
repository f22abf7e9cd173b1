import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StereoAudio, toneLevel } from '../src/audio';
import { recordingBytes } from '../src/calls';
import { endpoints, type Session } from '../src/outdial';
import { CARRIER_HZ, MICROPHONE_HZ } from '../src/run';

const STEP_S = 0.25;
const HEARD_DB = -35;

export interface Hearing {
  readonly seconds: number;
  /** How much of it each side was silent, in s. Both say a steady tone. */
  readonly agentSilentS: number;
  readonly customerSilentS: number;
}

/** Listens to the stored recording of a call. */
export async function listenTo(session: Session, callId: string): Promise<Hearing> {
  const call = await session.api(endpoints.calls.show, { params: { callId } });
  const folder = await mkdtemp(join(tmpdir(), 'outdial-faults-'));
  try {
    const file = join(folder, 'call.webm');
    await writeFile(file, await recordingBytes(session, call));
    const audio = await StereoAudio.decode(file);
    return {
      seconds: audio.seconds,
      agentSilentS: silence(audio.left, audio.seconds, MICROPHONE_HZ),
      customerSilentS: silence(audio.right, audio.seconds, CARRIER_HZ),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function silence(samples: Float32Array, seconds: number, hz: number): number {
  let silent = 0;
  for (let fromS = 0; fromS + STEP_S <= seconds; fromS += STEP_S)
    if (toneLevel(samples, hz, { fromS, toS: fromS + STEP_S }) < HEARD_DB) silent += STEP_S;
  return silent;
}
