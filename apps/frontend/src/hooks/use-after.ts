'use client';

import { useEffect, useState } from 'react';

/** Whether it has been `active` for so long: what is over sooner need not be shown. */
export function useAfter(ms: number, active: boolean): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setIsLong(true), ms);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [ms, active]);
  return isLong;
}
