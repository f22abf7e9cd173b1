'use client';

import { type SipAccount, type StoredSipAccount, sipAccountSchema } from '@outdial/contracts';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogClose } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { type FormProblems, problemsIn } from '@/lib/form-problems';

interface PhoneAccountFormProps {
  readonly stored: StoredSipAccount;
  readonly busy: boolean;
  /** What the server says against the account. */
  readonly problem: string | null;
  readonly onSave: (account: SipAccount) => void;
}

/** An account as it was typed; an empty password is none. */
function typedInto(form: HTMLFormElement) {
  const { sipPassword, ...names } = Object.fromEntries(new FormData(form));
  return { ...names, ...(sipPassword && { sipPassword }) };
}

export function PhoneAccountForm({ stored, busy, problem, onSave }: PhoneAccountFormProps) {
  const [problems, setProblems] = useState<FormProblems>({});

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = sipAccountSchema.safeParse(typedInto(form));
    setProblems(given.success ? {} : problemsIn(form, given.error));
    if (given.success) onSave(given.data);
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {problem && <Notice tone="error">{problem}</Notice>}
      <TextField
        label="Extension"
        name="extension"
        defaultValue={stored.extension}
        error={problems.extension}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
      />
      <TextField
        label="SIP username"
        name="sipUsername"
        defaultValue={stored.sipUsername}
        error={problems.sipUsername}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        label="SIP password"
        name="sipPassword"
        type="password"
        error={problems.sipPassword}
        hint={
          stored.hasSipPassword
            ? 'A password is stored. Leave this empty to keep it.'
            : 'No password is stored yet. With the bundled switch, leave this empty.'
        }
        autoComplete="new-password"
      />
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button disabled={busy}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
