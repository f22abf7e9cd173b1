'use client';

import type { OneTimePassword, User } from '@outdial/contracts';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { formatExact } from '@/lib/format';

interface OneTimePasswordPanelProps {
  readonly user: Pick<User, 'name' | 'email'>;
  readonly oneTimePassword: OneTimePassword;
}

/** The password somebody signs in with first; nobody can see it again. */
export function OneTimePasswordPanel({ user, oneTimePassword }: OneTimePasswordPanelProps) {
  const { password, expiresAt } = oneTimePassword;
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(password);
      setCopied(true);
    } catch {
      toast.error('The browser did not let us copy. Select the password and copy it by hand.');
    }
  }

  return (
    <section aria-label="One-time password" className="grid gap-3">
      <p>
        Give this to {user.name}, who signs in as <span className="font-medium">{user.email}</span>.
      </p>
      <div className="flex flex-wrap items-center gap-2 rounded-md border bg-sunken p-2 pl-3">
        <output className="flex-1 basis-52 font-mono text-base whitespace-nowrap select-all">
          {password}
        </output>
        <Button onClick={() => void copy()}>
          {copied ? <Check /> : <Copy />}
          {copied ? 'Copied' : 'Copy password'}
        </Button>
      </div>
      <p className="text-muted">
        It is shown only now, and taken until {formatExact(Date.parse(expiresAt))}. With it {user.name}{' '}
        chooses another, which only they know.
      </p>
    </section>
  );
}
