'use client';

import type { ReactNode, RefObject } from 'react';
import { Button } from './button';
import { Dialog, DialogClose, DialogContent } from './dialog';
import { Notice } from './notice';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What follows from it. */
  readonly children: ReactNode;
  /** The word on the button, and while it is done. */
  readonly confirm: readonly [word: string, busyWord: string];
  readonly destroys?: boolean;
  readonly returnTo?: RefObject<HTMLElement | null>;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onConfirm: () => void;
}

/** Asks before something is done, and says what becomes of it. */
export function ConfirmDialog({ open, onOpenChange, title, children, ...rest }: ConfirmDialogProps) {
  const { confirm, destroys = false, busy, problem, onConfirm, returnTo } = rest;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} returnTo={returnTo}>
        <div className="grid gap-4">
          {problem && <Notice tone="error">{problem}</Notice>}
          <p>{children}</p>
          <div className="flex justify-end gap-2">
            <DialogClose asChild>
              <Button disabled={busy}>Cancel</Button>
            </DialogClose>
            <Button variant={destroys ? 'danger' : 'primary'} disabled={busy} onClick={onConfirm}>
              {confirm[busy ? 1 : 0]}
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}
