import { describe, expect, it } from 'vitest';
import { pickMimeType } from './call-recorder';
import { levelOf } from './level-meter';

describe('recording', () => {
  it('writes WebM where it can, else what the browser has', () => {
    expect(pickMimeType(() => true)).toBe('audio/webm;codecs=opus');
    expect(pickMimeType((format) => format === 'audio/mp4')).toBe('audio/mp4');
    expect(pickMimeType(() => false)).toBeNull();
  });

  it('shows loudness between silence and full scale', () => {
    expect(levelOf(new Float32Array(512))).toBe(0);
    expect(levelOf(new Float32Array(512).fill(1))).toBe(1);
    expect(levelOf(new Float32Array(512).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5);
  });
});
