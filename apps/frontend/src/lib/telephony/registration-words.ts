import type { Registration } from '@outdial/telephony';
import type { Tone } from '../tones';

/** Whether calls can be made, for a person. */
export function registrationWords(registration: Registration | null): {
  tone: Tone;
  word: string;
  detail?: string;
} {
  switch (registration?.state) {
    case undefined:
    case 'off':
      return { tone: 'offline', word: 'Phone is starting' };
    case 'connecting':
      return { tone: 'offline', word: 'Phone is connecting' };
    case 'registered':
      return { tone: 'ready', word: 'Phone is ready' };
    case 'unregistered':
      return { tone: 'error', word: 'Phone is reconnecting', detail: registration.reason };
    case 'failed':
      return { tone: 'error', word: 'Phone is not connected', detail: registration.reason };
  }
}
