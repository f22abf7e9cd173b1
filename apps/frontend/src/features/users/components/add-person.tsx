'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { useAddPerson } from '../api/users';
import { AddPersonForm } from './add-person-form';
import { OneTimePasswordPanel } from './one-time-password-panel';

/** A button that adds somebody, and shows once with which password they sign in. Nothing for who may not. */
export function AddPerson() {
  const mayManage = useMe().permissions.includes('user:manage');
  const [open, setOpen] = useState(false);
  const [id, setId] = useState(() => uuid());
  const add = useAddPerson();

  function begin() {
    add.reset();
    setId(uuid());
  }

  function show(wanted: boolean) {
    // What becomes of it is told in the dialog.
    if (add.isPending) return;
    begin();
    setOpen(wanted);
  }

  if (!mayManage) return null;
  return (
    <Dialog open={open} onOpenChange={show}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <UserPlus />
          Add person
        </Button>
      </DialogTrigger>
      <DialogContent title={add.data ? `${add.data.user.name} is added` : 'Add person'}>
        {add.data ? (
          <div className="grid gap-4">
            <OneTimePasswordPanel user={add.data.user} oneTimePassword={add.data.oneTimePassword} />
            <div className="flex justify-end gap-2">
              <Button onClick={begin}>Add another</Button>
              <DialogClose asChild>
                <Button variant="primary">Done</Button>
              </DialogClose>
            </div>
          </div>
        ) : (
          <AddPersonForm
            key={id}
            id={id}
            busy={add.isPending}
            problem={add.error && messageOf(add.error)}
            onSave={(person) => add.mutate(person)}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
