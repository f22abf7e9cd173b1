'use client';

import { ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { useHealth } from '../api/health';

const REACHED = { connected: 'Connected', disconnected: 'Not reached', 'not-checked': 'Not checked' };
const DISK = { fine: 'Fine', low: 'Nearly full', full: 'Full', 'not-writable': 'Not writable' };

/** Whether the installation's parts answer. */
export function HealthPanel() {
  const health = useHealth();
  if (health.isPending) return <Skeleton className="h-24" />;
  if (health.isError)
    return <ErrorState message={messageOf(health.error)} onRetry={() => void health.refetch()} />;
  const { status, db, redis, switch: phones, disk } = health.data;
  return (
    <section aria-label="Health" className="overflow-hidden rounded-lg border bg-surface">
      <dl className="grid grid-cols-2 gap-px bg-border *:bg-surface *:first:col-span-2 md:grid-cols-5 md:*:first:col-span-1">
        <Part name="Outdial" words={status === 'healthy' ? 'Healthy' : 'Degraded'} />
        <Part name="Database" words={REACHED[db]} />
        <Part name="Redis" words={REACHED[redis]} />
        <Part name="Switch" words={REACHED[phones]} />
        <Part name="Disk" words={DISK[disk]} />
      </dl>
    </section>
  );
}

function Part({ name, words }: { name: string; words: string }) {
  return (
    <div className="p-4">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-lg font-semibold">{words}</dd>
    </div>
  );
}
