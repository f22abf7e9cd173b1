'use client';

import { Tooltip } from '@/components/ui/tooltip';
import { cn } from '@/lib/cn';
import { useConnection } from '@/lib/realtime/realtime-provider';
import type { Tone } from '@/lib/tones';

const STATES = {
  connecting: { tone: 'offline', word: 'Connecting', detail: 'Connecting to the server.' },
  connected: { tone: 'ready', word: 'Live', detail: 'Connected. What changes shows up by itself.' },
  offline: {
    tone: 'error',
    word: 'Offline',
    detail: 'No connection to the server. What you see may be old; it catches up by itself.',
  },
} as const satisfies Record<string, { tone: Tone; word: string; detail: string }>;

export function ConnectionPill() {
  const connection = useConnection();
  const { tone, word, detail } = STATES[connection];
  return (
    <Tooltip content={detail} side="bottom">
      <button
        type="button"
        data-tone={tone}
        data-connection={connection}
        aria-label={`Server connection: ${word}. ${detail}`}
        className="flex h-7 items-center gap-1.5 rounded-md px-2 text-xs text-muted hover:bg-hover"
      >
        <span
          className={cn(
            'size-2 rounded-full border-2 border-tone',
            connection === 'connected' && 'bg-tone',
            connection === 'offline' && 'bg-tone',
          )}
        />
        <span className="hidden sm:inline">{word}</span>
      </button>
    </Tooltip>
  );
}
