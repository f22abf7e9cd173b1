'use client';

import { createContext, type ReactNode, use, useEffect, useState } from 'react';

interface PageTitle {
  readonly title: string | null;
  readonly setTitle: (title: string | null) => void;
}

const PageTitleContext = createContext<PageTitle>({ title: null, setTitle: () => {} });

/** Lets a page name itself in the header, when its name is data (a sheet's, say). */
export function PageTitleProvider({ children }: { children: ReactNode }) {
  const [title, setTitle] = useState<string | null>(null);
  return <PageTitleContext value={{ title, setTitle }}>{children}</PageTitleContext>;
}

export function usePageTitle(): string | null {
  return use(PageTitleContext).title;
}

export function useSetPageTitle(title: string | null): void {
  const { setTitle } = use(PageTitleContext);
  useEffect(() => {
    setTitle(title);
    return () => setTitle(null);
  }, [title, setTitle]);
}
