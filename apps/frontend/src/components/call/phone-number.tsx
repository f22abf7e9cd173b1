'use client';

import { useMemo } from 'react';
import { cn } from '@/lib/cn';
import { useMe } from '@/lib/me';
import { formatPhone } from '@/lib/phone';

/** A number as people of this organization's country write it. */
export function PhoneNumber({ number, className }: { number: string; className?: string }) {
  const { defaultCountry } = useMe().organization;
  const text = useMemo(() => formatPhone(number, defaultCountry), [number, defaultCountry]);
  return (
    <span title={number} className={cn('whitespace-nowrap tabular-nums', className)}>
      {text}
    </span>
  );
}
