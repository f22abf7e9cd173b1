'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Fragment } from 'react';
import { activeItem, type NavItem } from '@/config/navigation';
import { usePageTitle } from './page-title';

/** The menu entry a page lies below, and the page's own name. */
export function Breadcrumbs({ items }: { items: readonly NavItem[] }) {
  const pathname = usePathname();
  const section = activeItem(items, pathname);
  const title = usePageTitle();
  const steps = [
    ...(section ? [{ label: section.label, href: section.href }] : []),
    ...(section && pathname !== section.href && title ? [{ label: title, href: null }] : []),
  ];
  return (
    <nav aria-label="Breadcrumbs" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5">
        {steps.map(({ label, href }, index) => (
          <Fragment key={label}>
            {index > 0 && (
              <li aria-hidden="true" className="text-muted">
                /
              </li>
            )}
            <li className="min-w-0 truncate">
              {href && index < steps.length - 1 ? (
                <Link href={href} className="rounded text-muted hover:text-foreground">
                  {label}
                </Link>
              ) : (
                <span aria-current="page" className="font-medium">
                  {label}
                </span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
