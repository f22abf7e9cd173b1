'use client';

import { Menu as MenuIcon, PanelLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogTrigger, DrawerContent } from '@/components/ui/dialog';
import { TooltipProvider } from '@/components/ui/tooltip';
import { SIDEBAR_COOKIE } from '@/config/cookies';
import type { NavItem } from '@/config/navigation';
import { Breadcrumbs } from './breadcrumbs';
import { ConnectionPill } from './connection-pill';
import { PageTitleProvider } from './page-title';
import { NavLinks, Sidebar } from './sidebar';
import { ThemeSwitch } from './theme-switch';

const YEAR_S = 31_536_000;

interface AppShellProps {
  readonly items: readonly NavItem[];
  readonly organization: string;
  /** As the viewer left it; in a cookie, so that the server renders it right. */
  readonly initiallyCollapsed: boolean;
  readonly userMenu: (collapsed: boolean) => ReactNode;
  readonly headerExtra?: ReactNode;
  readonly dock?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page behind the sign-in: sidebar, header, content, phone dock. */
export function AppShell(props: AppShellProps) {
  const { items, organization, initiallyCollapsed, userMenu, headerExtra, dock, children } = props;
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);
  const [drawerOpen, setDrawerOpen] = useState(false);

  function toggle() {
    const next = !collapsed;
    setCollapsed(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in Firefox.
    document.cookie = `${SIDEBAR_COOKIE}=${next ? 'collapsed' : 'open'}; path=/; max-age=${YEAR_S}; samesite=lax`;
  }

  return (
    <TooltipProvider delayDuration={300}>
      <PageTitleProvider>
        <a
          href="#content"
          className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-foreground px-3 py-1.5 text-background focus:translate-y-0"
        >
          Skip to content
        </a>
        <div className="flex h-dvh">
          <Sidebar items={items} organization={organization} collapsed={collapsed}>
            {userMenu(collapsed)}
          </Sidebar>
          <div className="flex min-w-0 flex-1 flex-col">
            <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-surface px-3">
              <Button
                variant="ghost"
                size="icon-sm"
                className="hidden md:inline-flex"
                aria-label={collapsed ? 'Widen sidebar' : 'Narrow sidebar'}
                onClick={toggle}
              >
                <PanelLeft />
              </Button>
              <Dialog open={drawerOpen} onOpenChange={setDrawerOpen}>
                <DialogTrigger asChild>
                  <Button variant="ghost" size="icon-sm" className="md:hidden" aria-label="Menu">
                    <MenuIcon />
                  </Button>
                </DialogTrigger>
                <DrawerContent title="Outdial" description={organization} side="left" className="w-72">
                  <NavLinks items={items} onNavigate={() => setDrawerOpen(false)} />
                  <div className="border-t p-2">{userMenu(false)}</div>
                </DrawerContent>
              </Dialog>
              <Breadcrumbs items={items} />
              <div className="ml-auto flex items-center gap-1">
                {headerExtra}
                <ConnectionPill />
                <ThemeSwitch />
              </div>
            </header>
            <main
              id="content"
              tabIndex={-1}
              className="scroll-thin min-h-0 flex-1 overflow-y-auto outline-none"
            >
              {children}
            </main>
            {dock}
          </div>
        </div>
      </PageTitleProvider>
    </TooltipProvider>
  );
}
