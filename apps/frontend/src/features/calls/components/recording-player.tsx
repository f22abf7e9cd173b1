'use client';

import type { CallRecording } from '@outdial/contracts';
import { Download, Pause, Play } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { formatBytes, formatTimer } from '@/lib/format';
import { useRecording } from '../hooks/use-recording';
import { useWaveform } from '../hooks/use-waveform';

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
const STEP_S = 5;

/** Both sides of a recorded call, to look at, jump in and listen to. */
export function RecordingPlayer({ recording }: { recording: CallRecording }) {
  const audio = useRef<HTMLAudioElement>(null);
  const waveform = useRef<HTMLDivElement>(null);
  const { source, canSeek, isOutdated, playing, position, seek, onLoaded } = useRecording(recording, audio);
  const { peaksUrl, durationMs } = recording;
  const state = useWaveform({ url: source, peaksUrl, durationMs, canSeek }, audio, waveform);
  const total = recording.durationMs / 1000;

  return (
    <section aria-label="Recording" className="grid gap-3" data-waveform={state}>
      {/* biome-ignore lint/a11y/useMediaCaption: recordings of telephone calls have no captions yet. */}
      <audio ref={audio} src={source} preload="metadata" onLoadedMetadata={onLoaded} />
      <div className="relative">
        <div ref={waveform} aria-hidden="true" className="h-32" />
        {(state === 'loading' || (state === 'none' && recording.status === 'received')) && (
          <Skeleton className="absolute inset-0" />
        )}
      </div>
      {state === 'failed' && (
        <Notice tone="wrapup">The waveform cannot be drawn. The recording may still play.</Notice>
      )}
      {recording.status === 'partial' && (
        <Notice tone="wrapup">
          The rest of this recording has not come yet: it is in the agent’s browser, and is sent when that is
          opened again.
        </Notice>
      )}
      {recording.status === 'unreadable' && (
        <Notice tone="wrapup">This recording may be damaged. It is kept as it came.</Notice>
      )}
      <div className="flex flex-wrap gap-x-4 text-xs text-muted">
        <Legend color="var(--state-dialing)">Agent</Legend>
        <Legend color="var(--state-talking)">Other party</Legend>
        {(recording.status === 'received' || isOutdated) && (
          <span role="status" className="ml-auto">
            {isOutdated ? 'Pause once to jump in it.' : 'You can jump in it in a moment.'}
          </span>
        )}
      </div>
      <input
        type="range"
        aria-label="Position in the recording"
        aria-valuetext={`${formatTimer(position * 1000)} of ${formatTimer(recording.durationMs)}`}
        disabled={!canSeek}
        min={0}
        max={total}
        step={0.1}
        value={Math.min(position, total)}
        onChange={({ target }) => seek(Number(target.value))}
        className="w-full accent-(--accent)"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          aria-label={playing ? 'Pause recording' : 'Play recording'}
          size="icon"
          onClick={() => void (playing ? audio.current?.pause() : audio.current?.play())}
        >
          {playing ? <Pause /> : <Play />}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabled={!canSeek}
          aria-label={`Back ${STEP_S} seconds`}
          onClick={() => seek(position - STEP_S)}
        >
          −{STEP_S} s
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabled={!canSeek}
          aria-label={`Forward ${STEP_S} seconds`}
          onClick={() => seek(position + STEP_S)}
        >
          +{STEP_S} s
        </Button>
        <span className="text-xs tabular-nums">
          {formatTimer(position * 1000)}{' '}
          <span className="text-muted">/ {formatTimer(recording.durationMs)}</span>
        </span>
        <Select
          aria-label="Speed"
          defaultValue={1}
          className="ml-auto h-7 w-auto text-xs"
          onChange={({ target }) => {
            if (!audio.current) return;
            audio.current.playbackRate = Number(target.value);
            // Also for the finished recording, should it replace this one.
            audio.current.defaultPlaybackRate = Number(target.value);
          }}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </Select>
        <Button asChild size="sm">
          <a
            href={`${recording.url}?download=1`}
            download
            aria-label="Download recording"
            title={formatBytes(recording.sizeBytes)}
          >
            <Download />
            Download
          </a>
        </Button>
      </div>
    </section>
  );
}

function Legend({ color, children }: { color: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className="size-2 rounded-full" style={{ background: color }} />
      {children}
    </span>
  );
}
