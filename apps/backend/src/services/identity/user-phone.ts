/** Where an organization's extensions begin. */
const FIRST_EXTENSION = 1001;

/** The lowest extension that nobody has. */
export function freeExtension(taken: readonly string[]): string {
  const all = new Set(taken);
  let extension = FIRST_EXTENSION;
  while (all.has(String(extension))) extension += 1;
  return String(extension);
}

/** The user part of a SIP address that no other organization can have (at most 64 characters). */
export const sipUsernameOf = (slug: string, userId: string): string => `${slug.slice(0, 24)}-${userId}`;
