import type { Health } from '@outdial/contracts';

export interface Trouble {
  readonly part: 'Database' | 'Redis' | 'Switch' | 'Disk';
  /** What it means for the people who call, and what to do where somebody must do something. */
  readonly words: string;
  /** Whether it holds somebody up now; a warning otherwise. */
  readonly isNow: boolean;
}

const DISK: Readonly<Record<Exclude<Health['disk'], 'fine'>, Omit<Trouble, 'part'>>> = {
  low: { isNow: false, words: 'The disk is nearly full. Make space before recordings have to wait.' },
  full: {
    isNow: true,
    words: 'The disk is full: recordings wait in the browsers. Make space; they are then sent by themselves.',
  },
  'not-writable': {
    isNow: true,
    words: 'The folder for uploads cannot be written: recordings wait in the browsers until it can.',
  },
};

/** What is wrong with the installation, in words. */
export function troublesOf({ db, redis, switch: phones, disk }: Health): Trouble[] {
  const away = (part: Trouble['part'], state: string, words: string): Trouble[] =>
    state === 'disconnected' ? [{ part, words, isNow: true }] : [];
  return [
    ...away('Database', db, 'The database is away: conversations go on, new calls wait until it is back.'),
    ...away('Switch', phones, 'The switch is away: conversations go on, new calls wait until it is back.'),
    ...away('Redis', redis, 'Redis is away: calls go on, imports and live pages are late.'),
    ...(disk === 'fine' ? [] : [{ part: 'Disk' as const, ...DISK[disk] }]),
  ];
}
