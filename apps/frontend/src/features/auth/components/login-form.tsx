'use client';

import { ApiError, signInSchema } from '@outdial/contracts';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { entryOf } from '@/config/routes';
import { useHydrated } from '@/hooks/use-hydrated';
import { messageOf } from '@/lib/api';
import { safeNext } from '@/lib/sign-in-page';
import { signIn } from '../api/auth';

interface Problems {
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  /** Of the whole form. */
  readonly form?: string;
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiError && error.code === 'wrong-credentials')
    return 'Email or password is not right. Check both and try again.';
  if (error instanceof ApiError && error.code === 'rate-limited')
    return 'Too many tries. Wait a minute, then try again.';
  return messageOf(error);
}

export function LoginForm({ next }: { next: string | null }) {
  const router = useRouter();
  const [problems, setProblems] = useState<Problems>({});
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = signInSchema.safeParse(Object.fromEntries(form));
    if (!given.success) {
      const issueOf = (name: string) => given.error.issues.find(({ path }) => path[0] === name)?.message;
      setProblems({ email: issueOf('email'), password: issueOf('password') });
      return;
    }
    setProblems({});
    setBusy(true);
    try {
      const me = await signIn(given.data.email, given.data.password);
      router.replace(entryOf(me, safeNext(next)));
      router.refresh();
    } catch (error) {
      setProblems({ form: wordsOf(error) });
      setBusy(false);
    }
  }

  return (
    // Should the browser ever send it by itself, the password must not end up in an address.
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {problems.form && <Notice tone="error">{problems.form}</Notice>}
      <Field label="Email" error={problems.email}>
        {({ id, describedBy, invalid }) => (
          <Input
            id={id}
            name="email"
            type="email"
            autoComplete="username"
            autoFocus
            required
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className="h-10"
          />
        )}
      </Field>
      <Field label="Password" error={problems.password}>
        {({ id, describedBy, invalid }) => (
          <Input
            id={id}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className="h-10"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" disabled={busy || !hydrated} className="mt-1">
        Sign in
      </Button>
    </form>
  );
}
