import type { MouseEvent } from 'react';

/**
 * Leaves out the second half of a double click, for buttons whose first click changes what they stand for: it would
 * hang up the next call, or pause what it has just started. Keys count as no click.
 */
export function firstClick(action: (() => void) | undefined) {
  return (
    action &&
    ((event: MouseEvent) => {
      if (event.detail <= 1) action();
    })
  );
}
