import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cuesInFront } from '../../apps/backend/src/adapters/audio-assembler';
import { assembleAudio } from '../../apps/backend/src/adapters/audio-assembly';
import { type FileStorage, storageKey } from '../../apps/backend/src/adapters/file-storage';
import { storeFile } from '../../apps/backend/src/adapters/local-copy';
import { writePeaks } from '../../apps/backend/src/adapters/waveform-peaks';
import type { WantedRecording } from './history';
import { AGENT_LINES, type Line, OTHER_LINES } from './script';

const run = promisify(execFile);

/** What espeak-ng writes: 16-bit mono. */
const RATE = 22_050;
const BYTES = 2;
const WAV_HEADER = 44;
const PAUSE_MS = 450;
const FFMPEG_MS = 60_000;
const AGENT_VOICE = 'en-us+f3';
const OTHER_VOICES = ['en-us+m3', 'en+f2', 'en-gb+m7'];

const bytesOf = (ms: number) => Math.round((ms * RATE) / 1000) * BYTES;

/** Speaks sentences, each voice and sentence once. */
class Speaker {
  readonly #said = new Map<string, Promise<Buffer>>();

  constructor(private readonly folder: string) {}

  say(voice: string, text: string): Promise<Buffer> {
    const key = `${voice}|${text}`;
    const known = this.#said.get(key);
    if (known) return known;
    const speaking = this.#speak(voice, text, join(this.folder, `line-${this.#said.size}.wav`));
    this.#said.set(key, speaking);
    return speaking;
  }

  async #speak(voice: string, text: string, path: string): Promise<Buffer> {
    await run('espeak-ng', ['-v', voice, '-s', '165', '-w', path, text]);
    return (await readFile(path)).subarray(WAV_HEADER);
  }
}

/** The conversation as stereo PCM: left the agent, right the other party, in turns until the call ends. */
async function converse(speaker: Speaker, wanted: WantedRecording, otherVoice: string): Promise<Buffer> {
  const total = bytesOf(wanted.talkMs);
  const [left, right] = [Buffer.alloc(total), Buffer.alloc(total)];
  const fill = (line: Line) => line.replace('{agent}', wanted.agentName).replace('{lead}', wanted.leadName);
  let at = bytesOf(600);
  for (let turn = 0; at < total; turn++) {
    const agentSpeaks = turn % 2 === 0;
    const lines = agentSpeaks ? AGENT_LINES : OTHER_LINES;
    const text = fill(lines[(turn >> 1) % lines.length] as Line);
    const speech = await speaker.say(agentSpeaks ? AGENT_VOICE : otherVoice, text);
    speech.copy(agentSpeaks ? left : right, at);
    at += speech.length + bytesOf(PAUSE_MS);
  }
  return interleave(left, right);
}

function interleave(left: Buffer, right: Buffer): Buffer {
  const stereo = Buffer.alloc(left.length * 2);
  for (let from = 0, to = 0; from + 1 < left.length; from += BYTES, to += 2 * BYTES) {
    stereo.writeInt16LE(left.readInt16LE(from), to);
    stereo.writeInt16LE(right.readInt16LE(from), to + BYTES);
  }
  return stereo;
}

/** Synthesises a stored recording for each call, coded as browsers code theirs: stereo Opus in WebM. */
export async function recordConversations(storage: FileStorage, calls: readonly WantedRecording[]) {
  const folder = await mkdtemp(join(tmpdir(), 'outdial-seed-'));
  const speaker = new Speaker(folder);
  const rows = [];
  try {
    for (const [index, call] of calls.entries()) {
      const [pcm, opus, webm] = ['pcm', 'opus', 'webm'].map((kind) =>
        join(folder, `call-${index}.${kind}`),
      ) as [string, string, string];
      await writeFile(
        pcm,
        await converse(speaker, call, OTHER_VOICES[index % OTHER_VOICES.length] as string),
      );
      await run('opusenc', [
        '--quiet',
        '--raw',
        '--raw-rate',
        String(RATE),
        '--raw-chan',
        '2',
        '--bitrate',
        '32',
        '--comp',
        '0',
        pcm,
        opus,
      ]);
      const { extension, ...audio } = await assembleAudio([{ path: opus, startMs: 0 }], webm);
      await cuesInFront(webm, FFMPEG_MS);
      const peaks = `${webm}.dat`;
      await writePeaks(webm, peaks, FFMPEG_MS);
      const key = storageKey('recordings', call.organizationId, call.at, `${call.uuid}.${extension}`);
      const files = [
        await storeFile(storage, key, webm),
        await storeFile(storage, `${key}.dat`, peaks),
      ] as const;
      rows.push({ organizationId: call.organizationId, callId: call.callId, files, ...audio });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
