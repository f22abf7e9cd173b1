import type { PageState } from '@outdial/contracts';
import type { CallState, DialerState, WorkstationSnapshot } from '@outdial/telephony';
import type { Tone } from '../tones';

/** What the agent is doing, as everyone reads it: a word, a colour, and since or until when. */
export interface AgentState {
  readonly tone: Tone;
  readonly word: string;
  /** Milliseconds since the epoch, or null where time does not matter. */
  readonly since: number | null;
  readonly until?: number;
}

export function agentState(
  workstation: Pick<WorkstationSnapshot, 'call' | 'registration'> | null,
  dialer: Pick<DialerState, 'phase'> | null,
): AgentState {
  if (!workstation || !dialer) return { tone: 'offline', word: 'Starting', since: null };
  const { call, registration } = workstation;
  switch (call.name) {
    case 'dialing':
      return { tone: 'dialing', word: 'Dialing', since: call.startedAt };
    case 'ringing':
      return { tone: 'dialing', word: 'Ringing', since: call.ringingAt };
    case 'connected':
      return { tone: call.otherHolds ? 'held' : 'talking', word: talkWord(call), since: call.answeredAt };
    case 'held':
      return {
        tone: 'held',
        word: call.holding ? 'Taking the call back' : 'On hold',
        since: call.answeredAt,
      };
  }
  const { phase } = dialer;
  if (phase.name === 'wrapUp') return { tone: 'wrapup', word: 'Wrap-up', since: null, until: phase.endsAt };
  if (registration.state !== 'registered') return { tone: 'offline', word: 'Offline', since: null };
  if (phase.name === 'paused') return { tone: 'paused', word: 'Paused', since: null };
  if (phase.name === 'starting') return { tone: 'dialing', word: 'Next call', since: null };
  return { tone: 'ready', word: 'Ready', since: null };
}

function talkWord({ otherHolds, holding, audio, muted }: Extract<CallState, { name: 'connected' }>): string {
  if (otherHolds) return 'Held by the other side';
  if (holding) return 'Putting on hold';
  if (audio === 'lost') return 'No sound';
  return muted ? 'Talking, muted' : 'Talking';
}

const PAGE_STATES: Readonly<Record<Tone, PageState>> = {
  talking: 'talking',
  held: 'on-hold',
  dialing: 'dialing',
  wrapup: 'wrap-up',
  paused: 'paused',
  ready: 'ready',
  // The page is there, the phone is not.
  offline: 'online',
  error: 'online',
};

/** The same as others are told it. */
export const pageStateOf = ({ tone }: AgentState): PageState => PAGE_STATES[tone];
