'use client';

import type { Me } from '@outdial/contracts';
import { createContext, type ReactNode, use } from 'react';

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Who is signed in; only below the dashboard. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('useMe outside of MeProvider');
  return me;
}
