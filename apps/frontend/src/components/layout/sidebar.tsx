'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Tooltip } from '@/components/ui/tooltip';
import { activeItem, type NavItem } from '@/config/navigation';
import { cn } from '@/lib/cn';
import { Logo } from './logo';
import { NavIcon } from './nav-icon';

interface NavLinksProps {
  readonly items: readonly NavItem[];
  readonly collapsed?: boolean;
  readonly onNavigate?: () => void;
}

export function NavLinks({ items, collapsed = false, onNavigate }: NavLinksProps) {
  const active = activeItem(items, usePathname());
  return (
    <nav aria-label="Main" className="grid gap-0.5 p-2">
      {items.map((item) => {
        const current = item === active;
        const link = (
          <Link
            key={item.href}
            href={item.href}
            {...(onNavigate && { onClick: onNavigate })}
            aria-current={current ? 'page' : undefined}
            className={cn(
              'flex h-8 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-hover hover:text-foreground',
              current && 'bg-hover font-medium text-foreground [&_svg]:text-accent',
              collapsed && 'justify-center px-0',
            )}
          >
            <NavIcon name={item.icon} />
            <span className={cn(collapsed && 'sr-only')}>{item.label}</span>
          </Link>
        );
        return collapsed ? (
          <Tooltip key={item.href} content={item.label} side="right">
            {link}
          </Tooltip>
        ) : (
          link
        );
      })}
    </nav>
  );
}

interface SidebarProps {
  readonly items: readonly NavItem[];
  readonly organization: string;
  readonly collapsed: boolean;
  readonly children: React.ReactNode;
}

/** On wide pages only; phones have the same links in a drawer. */
export function Sidebar({ items, organization, collapsed, children }: SidebarProps) {
  return (
    <aside
      className={cn(
        'hidden shrink-0 flex-col border-r bg-sunken transition-[width] md:flex',
        collapsed ? 'w-13' : 'w-54',
      )}
    >
      <Brand organization={organization} collapsed={collapsed} />
      <NavLinks items={items} collapsed={collapsed} />
      <div className="mt-auto border-t p-2">{children}</div>
    </aside>
  );
}

function Brand({ organization, collapsed = false }: { organization: string; collapsed?: boolean }) {
  return (
    <div className={cn('flex h-12 items-center gap-2.5 px-3.5', collapsed && 'justify-center px-0')}>
      <Logo className="size-6 shrink-0" />
      {!collapsed && (
        <span className="min-w-0 leading-tight">
          <span className="block font-semibold">Outdial</span>
          <span className="block truncate text-2xs text-muted">{organization}</span>
        </span>
      )}
    </div>
  );
}
