'use client';

import type { Me } from '@outdial/contracts';
import { ChevronsUpDown, KeyRound, LogOut, MonitorSmartphone } from 'lucide-react';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { ROLE_WORDS } from '@/config/role-words';
import { cn } from '@/lib/cn';

interface NavUserProps {
  readonly user: Me['user'];
  readonly collapsed: boolean;
  readonly onShowSessions: () => void;
  readonly onChangePassword: () => void;
  readonly onSignOut: () => void;
}

export function NavUser({ user, collapsed, ...on }: NavUserProps) {
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
        <MenuItem onSelect={on.onShowSessions}>
          <MonitorSmartphone />
          Where you are signed in
        </MenuItem>
        <MenuItem onSelect={on.onChangePassword}>
          <KeyRound />
          Change password
        </MenuItem>
        <MenuItem onSelect={on.onSignOut}>
          <LogOut />
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
