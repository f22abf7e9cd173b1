import { describe, expect, it } from 'vitest';
import { OpusGrid } from './opus-grid';

/** Chromium's: CELT 20 ms, stereo, three frames. */
const CHROMIUM = Uint8Array.of(0xff, 3, 1, 2, 3);
/** Firefox's: CELT 20 ms, stereo, one frame. */
const FIREFOX = Uint8Array.of(0xfc, 1, 2, 3);

function placed(packet: Uint8Array, stamps: readonly number[]) {
  const grid = new OpusGrid();
  const packets = stamps.flatMap((stamp) => [...grid.place(packet, stamp)]);
  const isSound = packets.map(({ data }) => data === packet);
  return { packets, isSound, endMs: grid.endMs };
}

describe('the grid of Opus packets', () => {
  it('puts packets one after another, however their stamps tremble', () => {
    const { packets, endMs } = placed(CHROMIUM, [0, 73, 115, 190, 251]);
    expect(packets.map(({ atMs }) => atMs)).toEqual([0, 60, 120, 180, 240]);
    expect(endMs).toBe(300);
  });

  it('fills a hole with silence, so that what follows stands where its stamp says', () => {
    const { packets, isSound, endMs } = placed(CHROMIUM, [0, 60, 1_120, 1_180]);
    expect(isSound.indexOf(true, 2)).toBe(packets.length - 2);
    expect(packets.at(-2)?.atMs).toBe(1_120);
    expect(endMs).toBe(1_240);
    const silence = packets[2]?.data;
    expect(Buffer.from(silence ?? []).toString('hex')).toBe('ff03fffefffefffe');
    for (const [index, { atMs, durationMs }] of packets.entries())
      expect(packets[index + 1]?.atMs ?? endMs).toBe(atMs + durationMs);
  });

  it('begins with silence where the first packet comes late', () => {
    expect(placed(CHROMIUM, [25]).packets).toHaveLength(1);
    expect(placed(CHROMIUM, [500]).packets.at(-1)?.atMs).toBe(500);
  });

  it('does not slide over hours of small holes', () => {
    const stamps = Array.from({ length: 60_000 }, (_, n) => n * 61);
    const { packets } = placed(CHROMIUM, stamps);
    const last = stamps.at(-1) ?? 0;
    expect(Math.abs((packets.at(-1)?.atMs ?? 0) - last)).toBeLessThan(90);
  });

  it('knows packets of other lengths', () => {
    const { packets } = placed(FIREFOX, [0, 20, 40, 200]);
    expect(packets.map(({ atMs }) => atMs)).toEqual([0, 20, 40, 60, 120, 180, 200]);
    for (const [toc, second, ms] of [
      [0x08, 0, 20],
      [0x1b, 2, 120],
      [0x60, 0, 10],
      [0x69, 0, 40],
      [0x80, 0, 2.5],
    ] as const)
      expect(placed(Uint8Array.of(toc, second), [0]).endMs).toBe(ms);
    expect(placed(new Uint8Array(), [0]).packets).toEqual([]);
  });
});
