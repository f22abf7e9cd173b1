'use client';

import type { Me } from '@outdial/contracts';
import { ChevronsUpDown, LogOut, MonitorSmartphone } from 'lucide-react';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { cn } from '@/lib/cn';

const ROLE_WORDS = {
  agent: 'Agent',
  manager: 'Manager',
  superadmin: 'Superadmin',
  operator: 'Operator',
} as const;

interface NavUserProps {
  readonly user: Me['user'];
  readonly collapsed: boolean;
  readonly onShowSessions: () => void;
  readonly onSignOut: () => void;
}

export function NavUser({ user, collapsed, onShowSessions, onSignOut }: NavUserProps) {
  return (
    <Menu>
      <MenuTrigger
        aria-label={`Your account: ${user.name}, ${ROLE_WORDS[user.role]}`}
        className={cn(
          'flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover',
          collapsed && 'justify-center p-0.5',
        )}
      >
        <Avatar name={user.name} />
        {!collapsed && (
          <>
            <span className="min-w-0 flex-1 leading-tight">
              <span className="block truncate font-medium">{user.name}</span>
              <span className="block truncate text-xs text-muted">{ROLE_WORDS[user.role]}</span>
            </span>
            <ChevronsUpDown aria-hidden="true" className="size-4 text-muted" />
          </>
        )}
      </MenuTrigger>
      <MenuContent side="top" align="start" className="w-60">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-xs text-muted">{user.email}</p>
        </div>
        <MenuSeparator />
        <MenuItem onSelect={onShowSessions}>
          <MonitorSmartphone />
          Where you are signed in
        </MenuItem>
        <MenuItem onSelect={onSignOut}>
          <LogOut />
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
