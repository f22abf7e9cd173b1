import type { CallRecording } from '@outdial/contracts';

/** The address of the audio as it is now: a finished recording replaces the one that came in at the same address. */
export function sourceOf({ url, status }: Pick<CallRecording, 'url' | 'status'>): string {
  return `${url}?v=${status}`;
}
