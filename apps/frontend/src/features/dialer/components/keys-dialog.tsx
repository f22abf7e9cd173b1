'use client';

import { Keyboard } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { useHotkeys } from '@/hooks/use-hotkeys';

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ['Space', 'Start, pause or resume dialing'],
  ['H', 'Hang up'],
  ['M', 'Mute'],
  ['O', 'Hold'],
  ['K', 'Keypad; then digits, * and #'],
  ['N', 'Next: skip this lead, or end wrap-up'],
  ['R', 'Retry the last lead'],
  ['S', 'Stop'],
  ['?', 'This list'],
];

export function KeysDialog() {
  const [open, setOpen] = useState(false);
  useHotkeys({ '?': () => setOpen(true) });
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost" size="sm" aria-keyshortcuts="?">
          <Keyboard />
          All keys
        </Button>
      </DialogTrigger>
      <DialogContent title="Keys" description="They do nothing while you type." className="w-96">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          {KEYS.map(([key, what]) => (
            <div key={key} className="col-span-2 grid grid-cols-subgrid">
              <dt>
                <kbd className="inline-flex min-w-6 justify-center rounded border bg-sunken px-1.5 font-sans text-xs leading-5 font-medium">
                  {key}
                </kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
