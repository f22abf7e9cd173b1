'use client';

import { useEffect, useEffectEvent } from 'react';

/** Keys by `KeyboardEvent.key` in lower case; the space bar is ` `. */
export type Hotkeys = Readonly<Record<string, (() => void) | undefined>>;

const TYPING = 'input, textarea, select, [contenteditable="true"]';
/** Space and Enter press these by themselves. */
const PRESSABLE = 'button, a[href], [role="button"], [role="menuitem"], summary';

/** Whether a key press belongs to what has the focus, or to an open dialog, rather than to the page. */
function isTaken(event: Pick<KeyboardEvent, 'key' | 'target' | 'defaultPrevented'>): boolean {
  if (event.defaultPrevented) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING)) return true;
  if ((event.key === ' ' || event.key === 'Enter') && target?.closest(PRESSABLE)) return true;
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}

/** One-key commands of a page. They never fire while typing, in dialogs and menus, or with a modifier held. */
export function useHotkeys(keys: Hotkeys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keys[event.key.toLowerCase()];
    if (!action || isTaken(event)) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
