'use client';

import { ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { useHealth } from '../api/health';

/** Whether the installation's parts answer. */
export function HealthPanel() {
  const health = useHealth();
  if (health.isPending) return <Skeleton className="h-24" />;
  if (health.isError)
    return <ErrorState message={messageOf(health.error)} onRetry={() => void health.refetch()} />;
  const { status, db } = health.data;
  return (
    <section aria-label="Health" className="overflow-hidden rounded-lg border bg-surface">
      <dl className="grid grid-cols-2 gap-px bg-border *:bg-surface">
        <Part name="Outdial" words={status === 'healthy' ? 'Healthy' : 'Degraded'} />
        <Part name="Database" words={db === 'connected' ? 'Connected' : 'Not reached'} />
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
