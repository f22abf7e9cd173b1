'use client';

import { type SipAccount, type StoredSipAccount, sipAccountSchema } from '@outdial/contracts';
import { type ComponentProps, type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogClose } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';

type Problems = { readonly [Name in keyof SipAccount]?: string | undefined };

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
  const [problems, setProblems] = useState<Problems>({});

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = sipAccountSchema.safeParse(typedInto(form));
    if (given.success) {
      setProblems({});
      onSave(given.data);
      return;
    }
    const { issues } = given.error;
    const issueOf = (name: keyof SipAccount) => issues.find(({ path }) => path[0] === name)?.message;
    setProblems({
      extension: issueOf('extension'),
      sipUsername: issueOf('sipUsername'),
      sipPassword: issueOf('sipPassword'),
    });
    const first = form.elements.namedItem(String(issues[0]?.path[0]));
    if (first instanceof HTMLElement) first.focus();
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

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly hint?: string;
  readonly error: string | undefined;
}

function TextField({ label, hint, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {({ id, describedBy, invalid }) => (
        <Input id={id} aria-describedby={describedBy} aria-invalid={invalid} {...input} />
      )}
    </Field>
  );
}
