'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { Toaster } from '@/components/ui/toaster';
import { makeQueryClient } from '@/lib/query-client';

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [queries] = useState(makeQueryClient);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey="outdial-theme"
      nonce={nonce}
    >
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      <Toaster />
    </ThemeProvider>
  );
}
