/** Work that is done off the request path, by name, with what it needs to know: ids alone. */
export interface Jobs {
  'sheet.import': { readonly sheetId: number };
  'recording.remux': { readonly callId: number };
  'recording.assemble': { readonly callId: number };
  'calls.count-days': Record<string, never>;
  'file.remove': { readonly key: string };
  'phone.sign-out': { readonly sessionId: string };
}

export type JobName = keyof Jobs;
