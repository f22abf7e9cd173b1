/** Frame lengths by configuration, in ms (RFC 6716 §3.1, table 2). */
const SILK_MS = [10, 20, 40, 60] as const;
const HYBRID_MS = [10, 20] as const;
const CELT_MS = [2.5, 5, 10, 20] as const;

/** How long an Opus packet sounds, in ms; 0 for what is none. */
function opusDurationMs(packet: Uint8Array): number {
  const [toc, second = 0] = packet;
  if (toc === undefined) return 0;
  const config = toc >> 3;
  const frame = config < 12 ? SILK_MS[config & 3] : config < 16 ? HYBRID_MS[config & 1] : CELT_MS[config & 3];
  const code = toc & 3;
  const frames = code === 3 ? second & 0x3f : code === 0 ? 1 : 2;
  return (frame ?? 0) * frames;
}

/** One frame of stereo silence, in ms; a packet holds six at most here (RFC 6716 §3.2.5 allows 120 ms). */
const SILENCE_MS = 20;
const MAX_FRAMES = 3;

/** Stereo silence of 20, 40 or 60 ms: code 3, constant bit rate, frames that hold nothing. */
function silence(frames: number): Uint8Array {
  return Uint8Array.of(0xff, frames, ...Array.from({ length: frames }, () => [0xff, 0xfe]).flat());
}

/** A packet and where it stands, in ms. */
export interface PlacedPacket {
  readonly data: Uint8Array;
  readonly atMs: number;
  readonly durationMs: number;
}

/**
 * Puts Opus packets one after another. Their stamps, not their number, are the clock: a browser short of time drops
 * sound and goes on stamping by the wall clock. A hole is filled with packets of silence, since players and decoders
 * that count samples would slide by it.
 */
export class OpusGrid {
  #endMs = 0;

  /** Where the sound ends so far, in ms. */
  get endMs(): number {
    return this.#endMs;
  }

  /** @param stampMs when the packet was recorded, from the recording's beginning */
  *place(data: Uint8Array, stampMs: number): Generator<PlacedPacket> {
    const durationMs = opusDurationMs(data);
    if (durationMs === 0) return;
    // Stamps tremble by half a packet.
    const hole = stampMs - this.#endMs;
    const tolerable = this.#endMs === 0 ? durationMs / 2 : durationMs * 1.5;
    if (hole >= tolerable) yield* this.#fill(hole);
    yield this.#next(data, durationMs);
  }

  *#fill(holeMs: number): Generator<PlacedPacket> {
    for (let left = Math.round(holeMs / SILENCE_MS); left > 0; left -= MAX_FRAMES) {
      const frames = Math.min(MAX_FRAMES, left);
      yield this.#next(silence(frames), frames * SILENCE_MS);
    }
  }

  #next(data: Uint8Array, durationMs: number): PlacedPacket {
    const atMs = this.#endMs;
    this.#endMs += durationMs;
    return { data, atMs, durationMs };
  }
}
