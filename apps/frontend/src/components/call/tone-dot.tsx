import { cn } from '@/lib/cn';
import type { Tone } from '@/lib/tones';

/** A state's colour as a dot; hollow where the state is outlined. Decoration beside the word. */
export function ToneDot({ tone, className }: { tone: Tone; className?: string }) {
  const hollow = tone === 'held' || tone === 'offline';
  return (
    <span
      aria-hidden="true"
      data-tone={tone}
      className={cn('size-2 shrink-0 rounded-full border-2 border-tone', !hollow && 'bg-tone', className)}
    />
  );
}
