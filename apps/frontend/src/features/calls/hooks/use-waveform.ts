'use client';

import { type RefObject, useEffect, useState } from 'react';
import type WaveSurfer from 'wavesurfer.js';

export type WaveformState = 'loading' | 'ready' | 'failed';

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function faded(color: string): string {
  return `color-mix(in oklab, ${color} 45%, transparent)`;
}

interface WaveformOptions {
  readonly url: string;
  /** Whether a click on the waveform goes there. */
  readonly canSeek: boolean;
}

/** Draws both channels, each in its colour, over an audio element that can play before it is drawn. */
export function useWaveform(
  { url, canSeek }: WaveformOptions,
  audio: RefObject<HTMLAudioElement | null>,
  container: RefObject<HTMLElement | null>,
) {
  const [state, setState] = useState<WaveformState>('loading');

  useEffect(() => {
    let closed = false;
    let wave: WaveSurfer | undefined;
    setState('loading');
    void import('wavesurfer.js').then(({ default: Library }) => {
      if (closed || !audio.current || !container.current) return;
      const channel = (name: string) => ({
        waveColor: faded(token(name)),
        progressColor: token(name),
        cursorColor: token('--muted'),
      });
      wave = Library.create({
        container: container.current,
        media: audio.current,
        url,
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
    });
    return () => {
      closed = true;
      wave?.destroy();
    };
  }, [url, canSeek, audio, container]);

  return state;
}
