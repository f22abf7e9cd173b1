'use client';

import { Notice } from '@/components/ui/notice';
import { useHealth } from '../api/health';
import { troublesOf } from '../system-troubles';

/** Above every page of a superadmin while something is wrong with the installation. */
export function SystemNotice() {
  const { data } = useHealth();
  const troubles = data ? troublesOf(data) : [];
  if (troubles.length === 0) return null;
  return (
    <section aria-label="System" className="mx-auto grid w-full max-w-6xl gap-2 px-4 pt-4 md:px-6">
      {troubles.map(({ part, words, isNow }) => (
        <Notice key={part} tone={isNow ? 'error' : 'wrapup'}>
          {words}
        </Notice>
      ))}
    </section>
  );
}
