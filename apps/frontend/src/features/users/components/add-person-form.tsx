'use client';

import { type NewUser, newUserSchema, ORGANIZATION_ROLES } from '@outdial/contracts';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogClose } from '@/components/ui/dialog';
import { Field, Select } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { ROLE_WORDS } from '@/config/role-words';
import { type FormProblems, problemsIn } from '@/lib/form-problems';
import { useTeams } from '../api/users';

interface AddPersonFormProps {
  /** The person's, whatever is typed and however often it is sent. */
  readonly id: string;
  readonly busy: boolean;
  /** What the server says against the person. */
  readonly problem: string | null;
  readonly onSave: (person: NewUser) => void;
}

const ROLE_HINTS = {
  agent: 'Calls and own sheets. Gets an extension and a phone at once.',
  manager: "Sees everybody's calls and people.",
  superadmin: 'Does everything, also with people and settings.',
} as const;

/** A person as typed; no team is none. */
function typedInto(form: HTMLFormElement, id: string) {
  const { teamId, ...typed } = Object.fromEntries(new FormData(form));
  return { ...typed, id, teamId: teamId || null };
}

export function AddPersonForm({ id, busy, problem, onSave }: AddPersonFormProps) {
  const [problems, setProblems] = useState<FormProblems>({});
  const [role, setRole] = useState<NewUser['role']>('agent');
  const teams = useTeams();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = newUserSchema.safeParse(typedInto(form, id));
    setProblems(given.success ? {} : problemsIn(form, given.error));
    if (given.success) onSave(given.data);
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {problem && <Notice tone="error">{problem}</Notice>}
      <TextField label="Name" name="name" autoComplete="off" error={problems.name} autoFocus />
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="off"
        hint="To sign in with. Outdial sends no mail."
        error={problems.email}
      />
      <Field label="Role" hint={ROLE_HINTS[role]}>
        {({ id: field, describedBy }) => (
          <Select
            id={field}
            name="role"
            aria-describedby={describedBy}
            value={role}
            onChange={({ target }) =>
              setRole(ORGANIZATION_ROLES.find((each) => each === target.value) ?? 'agent')
            }
          >
            {ORGANIZATION_ROLES.map((each) => (
              <option key={each} value={each}>
                {ROLE_WORDS[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {role !== 'superadmin' && teams.data && teams.data.length > 0 && (
        <Field label={role === 'agent' ? 'Team' : 'Looks after'}>
          {({ id: field }) => (
            <Select id={field} name="teamId" defaultValue="">
              <option value="">No team</option>
              {teams.data.map((team) => (
                <option key={team.id} value={team.id}>
                  {team.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button disabled={busy}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Adding…' : 'Add person'}
        </Button>
      </div>
    </form>
  );
}
