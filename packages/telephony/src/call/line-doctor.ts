/** Silence is told of after this long (ms). */
export const TELL_MS = 3_000;
/** A restart of ICE is given so long before the next. */
const RESTART_AGAIN_MS = 5_000;
/** Silence that lasts so long with a phone server that answers is the end of the call. */
const END_MS = 20_000;
/** The same, while the phone server is away: it is to come back first. */
const END_UNHEARD_MS = 45_000;

/** What is known of a conversation, looked at once a second. All times in milliseconds. */
export interface Symptoms {
  /** The socket is open, registered, and requests are answered. */
  signalling: 'well' | 'sick';
  /** Since when nothing of the other side has arrived; 0 while something does, or nothing is expected (hold). */
  silentMs: number;
  /** Whether the browser says that the connection is `disconnected` or `failed`. */
  disconnected: boolean;
  /** Since the last new offer of ours; Infinity before the first. */
  sinceRestartMs: number;
}

export type Treatment = 'nothing' | 'restart-ice' | 'end';

/**
 * The one place where it is decided what is done about a sick call:
 *
 * | signalling | audio                          | what is done                                              |
 * |------------|--------------------------------|-----------------------------------------------------------|
 * | sick       | well                           | the account reconnects; the audio is left alone           |
 * | sick       | silent                         | the account reconnects; nothing about the audio meanwhile |
 * | well       | silent or disconnected for 3 s | ICE restart, again every 5 s                              |
 * | well       | silent for 20 s                | the call ends: its audio is lost                          |
 * | sick       | silent for 45 s                | the call ends: nobody can be heard or told                |
 *
 * Signalling comes first, since a restart needs it; never both at a time.
 */
export function treat({ signalling, silentMs, disconnected, sinceRestartMs }: Symptoms): Treatment {
  if (silentMs >= END_UNHEARD_MS) return 'end';
  if (signalling === 'sick') return 'nothing';
  if (silentMs >= END_MS) return 'end';
  const isSick = silentMs >= TELL_MS || (disconnected && silentMs > 0);
  return isSick && sinceRestartMs >= RESTART_AGAIN_MS ? 'restart-ice' : 'nothing';
}
