'use client';

import type { CallRecording } from '@outdial/contracts';
import { Pause, Play } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { formatTimer } from '@/lib/format';
import { listPlayer } from '../list-player';
import { sourceOf } from '../recording-source';

/** Plays a recording where it stands in the list; starting one ends the other. */
export function InlinePlay({ recording }: { recording: CallRecording }) {
  const playing = useSyncExternalStore(listPlayer.subscribe, listPlayer.playing, () => null);
  const isThis = playing === recording.id;
  useEffect(() => () => listPlayer.stopIf(recording.id), [recording.id]);
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={isThis ? 'Stop recording' : `Play recording, ${formatTimer(recording.durationMs)}`}
      onClick={(event) => {
        event.stopPropagation();
        listPlayer.toggle(recording.id, sourceOf(recording));
      }}
    >
      {isThis ? <Pause /> : <Play />}
    </Button>
  );
}
