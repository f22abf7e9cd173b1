'use client';

import { type RefObject, useEffect, useState } from 'react';
import type WaveSurfer from 'wavesurfer.js';
import { readPeaks } from '../peaks';

/** `none`: there is no waveform (yet). */
export type WaveformState = 'none' | 'loading' | 'ready' | 'failed';

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function faded(color: string): string {
  return `color-mix(in oklab, ${color} 45%, transparent)`;
}

interface WaveformOptions {
  /** Where the audio is, and where its waveform; null while it has none. */
  readonly url: string;
  readonly peaksUrl: string | null;
  readonly durationMs: number;
  /** Whether a click on the waveform goes there. */
  readonly canSeek: boolean;
}

/** Up to here a recording is drawn with 20 values a second (72 kB), above with 2: more than any screen shows. */
const FINE_UP_TO_MS = 15 * 60_000;

async function peaksOf(url: string, durationMs: number, signal: AbortSignal): Promise<Float32Array[]> {
  const perSecond = durationMs <= FINE_UP_TO_MS ? 20 : 2;
  const response = await fetch(`${url}?perSecond=${perSecond}`, { signal });
  if (!response.ok) throw new Error('The waveform is not there.');
  return readPeaks(await response.arrayBuffer());
}

/** Draws both channels, each in its colour, over an audio element that can play before it is drawn. */
export function useWaveform(
  { url, peaksUrl, durationMs, canSeek }: WaveformOptions,
  audio: RefObject<HTMLAudioElement | null>,
  container: RefObject<HTMLElement | null>,
) {
  const [state, setState] = useState<WaveformState>('loading');

  useEffect(() => {
    if (peaksUrl === null) return setState('none');
    const closing = new AbortController();
    let wave: WaveSurfer | undefined;
    setState('loading');
    const draw = async () => {
      const [{ default: Library }, peaks] = await Promise.all([
        import('wavesurfer.js'),
        peaksOf(peaksUrl, durationMs, closing.signal),
      ]);
      if (closing.signal.aborted || !audio.current || !container.current) return;
      const channel = (name: string) => ({
        waveColor: faded(token(name)),
        progressColor: token(name),
        cursorColor: token('--muted'),
      });
      wave = Library.create({
        container: container.current,
        media: audio.current,
        url,
        peaks,
        duration: durationMs / 1000,
        interact: canSeek,
        height: 64,
        barWidth: 2,
        barGap: 1,
        barRadius: 2,
        normalize: true,
        splitChannels: [channel('--state-dialing'), channel('--state-talking')],
      });
      wave.on('ready', () => setState('ready'));
      wave.on('error', () => setState('failed'));
    };
    draw().catch(() => closing.signal.aborted || setState('failed'));
    return () => {
      closing.abort();
      wave?.destroy();
    };
  }, [url, peaksUrl, durationMs, canSeek, audio, container]);

  return state;
}
