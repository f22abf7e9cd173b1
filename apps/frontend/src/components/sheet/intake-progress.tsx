import { Progress } from '@/components/ui/progress';
import { cn } from '@/lib/cn';
import type { Intake } from '@/lib/sheet-intake';

interface IntakeProgressProps {
  readonly name: string;
  readonly intake: Extract<Intake, { state: 'under-way' }>;
  readonly className?: string;
}

/** How far the server is with turning a sheet into leads. Told aloud in tenths: each number would drown the page. */
export function IntakeProgress({ name, intake, className }: IntakeProgressProps) {
  const { words, spoken, rows } = intake;
  return (
    <div className={cn('grid w-full gap-1', className)}>
      <p aria-hidden="true" className="text-xs text-muted tabular-nums">
        {words}
      </p>
      <p aria-live="polite" className="sr-only">
        {spoken}
      </p>
      <Progress label={`${name}: rows taken in`} value={rows?.done ?? null} max={rows?.total ?? 0} />
    </div>
  );
}
