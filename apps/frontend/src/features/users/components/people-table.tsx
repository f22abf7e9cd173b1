'use client';

import { ORGANIZATION_ROLES, type Role, type User } from '@outdial/contracts';
import { Search, Users } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { TimeAgo } from '@/components/call/time';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Input, Select } from '@/components/ui/field';
import { EmptyState, ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { ROLE_WORDS } from '@/config/role-words';
import { messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { useUsers } from '../api/users';
import { PersonActions } from './person-actions';
import { PersonStanding } from './person-standing';
import { PhoneAccount } from './phone-account';

/** People of the organization, by name. */
export function PeopleTable() {
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const users = useUsers(useDeferredValue(search.trim()), role);
  const rows = users.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <>
      <search className="flex flex-wrap gap-2">
        <div className="relative w-64">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted"
          />
          <Input
            type="search"
            aria-label="Find people"
            placeholder="Find by name or email"
            maxLength={100}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
            className="pl-8"
          />
        </div>
        <Select
          aria-label="Role"
          className="w-auto"
          value={role ?? ''}
          onChange={({ target }) => setRole(ORGANIZATION_ROLES.find((each) => each === target.value) ?? null)}
        >
          <option value="">All roles</option>
          {ORGANIZATION_ROLES.map((each) => (
            <option key={each} value={each}>
              {ROLE_WORDS[each]}
            </option>
          ))}
        </Select>
      </search>
      <section aria-label="People" className="relative overflow-hidden rounded-lg border bg-surface">
        {users.isPending && <Skeleton className="m-4 h-48" />}
        {users.isError && rows.length === 0 && (
          <ErrorState message={messageOf(users.error)} onRetry={() => void users.refetch()} />
        )}
        {users.isSuccess && rows.length === 0 && (
          <EmptyState icon={Users} title="Nobody found">
            Try another name, or all roles.
          </EmptyState>
        )}
        {rows.length > 0 && <Rows rows={rows} />}
      </section>
      {users.hasNextPage && (
        <Button
          className="self-center"
          disabled={users.isFetchingNextPage}
          onClick={() => void users.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly User[] }) {
  const { permissions } = useMe();
  const setsAccounts = permissions.includes('user:manage-sip-account');
  const manages = permissions.includes('user:manage');
  const head = 'border-b px-2 py-2 font-medium sm:px-4';
  const cell = 'px-2 py-2 sm:px-4';
  return (
    <table className="w-full">
      <thead className="bg-sunken text-left text-xs text-muted">
        <tr>
          <th scope="col" className={head}>
            Name
          </th>
          <th scope="col" className={`${head} hidden sm:table-cell`}>
            Role
          </th>
          <th scope="col" className={`${head} hidden sm:table-cell`}>
            Extension
          </th>
          <th scope="col" className={`${head} hidden md:table-cell`}>
            Team
          </th>
          <th scope="col" className={head}>
            Now
          </th>
          <th scope="col" className={`${head} hidden text-right sm:table-cell`}>
            Last seen
          </th>
          {(setsAccounts || manages) && (
            <th scope="col" className={head}>
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="divide-y">
        {rows.map((user) => (
          <tr key={user.id}>
            {/* Long names give way; nothing beside them is pushed out of a narrow page. */}
            <td className={`${cell} w-full max-w-0 md:w-1/2`}>
              <div className="flex min-w-0 items-center gap-3">
                <Avatar name={user.name} className="hidden sm:inline-flex" />
                <div className="min-w-0">
                  <p className="truncate font-medium">{user.name}</p>
                  <p className="truncate text-xs text-muted">
                    <span className="sm:hidden">{ROLE_WORDS[user.role]} · </span>
                    {user.email}
                  </p>
                </div>
              </div>
            </td>
            <td className={`${cell} hidden sm:table-cell`}>
              <Badge>{ROLE_WORDS[user.role]}</Badge>
            </td>
            <td className={`${cell} hidden sm:table-cell`}>{user.extension ?? '–'}</td>
            <td className={`${cell} hidden text-muted md:table-cell`}>{user.team ?? '–'}</td>
            <td className={`${cell} whitespace-nowrap`}>
              <PersonStanding user={user} />
            </td>
            <td className={`${cell} hidden text-right text-muted sm:table-cell`}>
              {user.lastSeenAt ? <TimeAgo instant={user.lastSeenAt} /> : 'never'}
            </td>
            {(setsAccounts || manages) && (
              <td className={`${cell} text-right whitespace-nowrap`}>
                {setsAccounts && user.extension !== null && <PhoneAccount user={user} />}
                {manages && <PersonActions user={user} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
