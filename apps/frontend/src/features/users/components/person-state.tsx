'use client';

import { ToneDot } from '@/components/call/tone-dot';
import { useMe } from '@/lib/me';
import { usePeople } from '@/lib/realtime/realtime-provider';
import { PRESENCE_TONES, PRESENCE_WORDS } from '@/lib/tones';

/** What somebody is doing now, in a word and a colour. Who looks after teams knows it of those alone. */
export function PersonState({ userId }: { userId: string }) {
  const seesEveryone = useMe().permissions.includes('call:read-organization');
  const people = usePeople();
  const state = people?.get(userId) ?? (people && seesEveryone ? 'offline' : null);
  if (!state) return <span className="text-muted">–</span>;
  return (
    <span
      data-presence={state}
      className={`inline-flex items-center gap-2 ${state === 'offline' ? 'text-muted' : ''}`}
    >
      <ToneDot tone={PRESENCE_TONES[state]} />
      {PRESENCE_WORDS[state]}
    </span>
  );
}
