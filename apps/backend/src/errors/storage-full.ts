/** No space, or none left for this user (quota): errno(3). Errors from another thread have only their message. */
const FULL = /ENOSPC|EDQUOT/;

/** Whether an error says that the disk takes nothing more. */
export function isStorageFull(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: unknown; message?: unknown };
  return FULL.test(`${code} ${message}`);
}
