import type { RecordingState } from '@outdial/telephony';
import { TriangleAlert } from 'lucide-react';

/** Whether this conversation is being recorded; silent while there is none. */
export function RecordingMark({ state }: { state: RecordingState }) {
  if (state === 'off') return null;
  return (
    <p data-tone="error" className="flex items-center gap-1.5 text-xs text-muted" data-recording={state}>
      {state === 'on' ? (
        <>
          <span aria-hidden="true" className="size-2 rounded-full bg-tone" />
          Recording
        </>
      ) : (
        <>
          <TriangleAlert aria-hidden="true" className="size-3.5 text-tone" />
          This call is not being recorded
        </>
      )}
    </p>
  );
}
