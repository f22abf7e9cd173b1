'use client';

import { changePasswordSchema, type PasswordChange } from '@outdial/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { useHydrated } from '@/hooks/use-hydrated';
import { type FormProblems, problemsIn } from '@/lib/form-problems';

interface PasswordFormProps {
  /** For a password manager to know whose it is. */
  readonly email: string;
  /** Without it, the one that was given at sign-in a moment ago is replaced. */
  readonly asksCurrent: boolean;
  /** What the server says against it. */
  readonly problem: string | null;
  readonly onSubmit: (change: PasswordChange) => void;
  /** The buttons below. */
  readonly children: (ready: boolean) => ReactNode;
}

const typedSchema = changePasswordSchema.extend({ repeated: changePasswordSchema.shape.newPassword });
const alikeSchema = typedSchema.refine(({ newPassword, repeated }) => newPassword === repeated, {
  path: ['repeated'],
  message: 'This is not the same as above.',
});

/** A new password, typed twice. */
export function PasswordForm({ email, asksCurrent, problem, onSubmit, children }: PasswordFormProps) {
  const [problems, setProblems] = useState<FormProblems>({});
  const hydrated = useHydrated();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = alikeSchema.safeParse(Object.fromEntries(new FormData(form)));
    setProblems(given.success ? {} : problemsIn(form, given.error));
    if (!given.success) return;
    const { repeated, ...change } = given.data;
    onSubmit(change);
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {problem && <Notice tone="error">{problem}</Notice>}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      {asksCurrent && (
        <TextField
          label="Current password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          error={problems.currentPassword}
          autoFocus
        />
      )}
      <TextField
        label="New password"
        name="newPassword"
        type="password"
        autoComplete="new-password"
        hint="At least 10 characters. Several words are easy to keep in mind."
        error={problems.newPassword}
        autoFocus={!asksCurrent}
      />
      <TextField
        label="New password again"
        name="repeated"
        type="password"
        autoComplete="new-password"
        error={problems.repeated}
      />
      {children(hydrated)}
    </form>
  );
}
