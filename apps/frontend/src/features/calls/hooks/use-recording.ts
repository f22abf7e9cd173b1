'use client';

import type { CallRecording } from '@outdial/contracts';
import { type RefObject, useEffect, useState } from 'react';
import { sourceOf } from '../recording-source';

/**
 * A recording in an audio element: where it is, and how to go elsewhere. One that has been finished meanwhile takes the
 * place of what had come in, at the same moment of it, as soon as nobody listens.
 */
export function useRecording(recording: CallRecording, audio: RefObject<HTMLAudioElement | null>) {
  const newest = sourceOf(recording);
  // `from`: the element begins each source at its start, and says so before the source is there.
  const [{ source, from }, setSource] = useState({ source: newest, from: 0 });
  const [playing, setPlaying] = useState(false);
  const [position, setPosition] = useState(0);
  if (newest !== source && !playing) setSource({ source: newest, from: position });

  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    const follow = () => setPosition(element.currentTime);
    const toggled = () => setPlaying(!element.paused && element.error === null);
    element.addEventListener('timeupdate', follow);
    element.addEventListener('seeked', follow);
    for (const name of ['play', 'pause', 'ended', 'error']) element.addEventListener(name, toggled);
    return () => {
      element.removeEventListener('timeupdate', follow);
      element.removeEventListener('seeked', follow);
      for (const name of ['play', 'pause', 'ended', 'error']) element.removeEventListener(name, toggled);
    };
  }, [audio]);

  // Only what has been put together has an index to jump by.
  const isIndexed = recording.status === 'complete' || recording.status === 'partial';
  const canSeek = source === newest && isIndexed;
  const goTo = (seconds: number) => {
    if (audio.current)
      audio.current.currentTime = Math.min(recording.durationMs / 1000, Math.max(0, seconds));
  };
  return {
    source,
    canSeek,
    /** A finished one is there, but the other is being listened to. */
    isOutdated: source !== newest,
    playing,
    position,
    seek: goTo,
    /** For the element, once it knows a source's length. */
    onLoaded: () => canSeek && from > 0 && goTo(from),
  };
}
