import type { z } from 'zod';

/** What is wrong with a form, by the name of the field. */
export type FormProblems = Readonly<Record<string, string | undefined>>;

/** Puts the cursor into the first field that is wrong. @returns what to say below each */
export function problemsIn(form: HTMLFormElement, { issues }: z.ZodError): FormProblems {
  const first = form.elements.namedItem(String(issues[0]?.path[0]));
  if (first instanceof HTMLElement) first.focus();
  // Of several things wrong with a field the first is said.
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message]).reverse());
}
