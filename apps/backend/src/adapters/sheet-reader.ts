import { Worker } from 'node:worker_threads';
import type { CountryCode, LeadResult, ReadSheetOptions, SheetFormat, SheetMapping } from '@outdial/sheets';

/** Asked of the thread that reads sheets. */
export type SheetTask =
  | { readonly kind: 'inspect'; readonly path: string; readonly fileName: string }
  | {
      readonly kind: 'extract';
      readonly path: string;
      readonly fileName: string;
      readonly options: ReadSheetOptions;
      readonly mapping: SheetMapping;
      readonly country: CountryCode;
    };

export interface SheetAnswers {
  inspect: { readonly format: SheetFormat };
  extract: LeadResult;
}

export type SheetTaskResult =
  | { readonly kind: 'done'; readonly answer: SheetAnswers[keyof SheetAnswers] }
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string };

/** The file is not a sheet, or not one with these columns. The message is for the user. */
export class UnreadableSheetError extends Error {
  override readonly name = 'UnreadableSheetError';
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

const MAX_HEAP_MB = 1024;

/**
 * Reads sheets in a thread of its own: a large workbook keeps a processor busy for seconds, and the API must
 * go on answering. The memory limit of the thread is the last guard against a file made to explode.
 */
export class SheetReader {
  /** @throws UnreadableSheetError */
  read<K extends SheetTask['kind']>(task: Extract<SheetTask, { kind: K }>): Promise<SheetAnswers[K]> {
    return new Promise((resolve, reject) => {
      const worker = startWorker(task);
      worker.once('message', (result: SheetTaskResult) => {
        if (result.kind === 'done') resolve(result.answer as SheetAnswers[K]);
        else reject(new UnreadableSheetError(result.code, result.message));
      });
      worker.once('error', (error: Error & { code?: string }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
          reject(
            new UnreadableSheetError(
              'file-too-large',
              'The sheet is too large to read. Split it and try again.',
            ),
          );
        else reject(error);
      });
      worker.once('exit', () => reject(new Error('The thread that reads sheets ended without an answer.')));
    });
  }
}

/** The worker is a bundle of its own in production, and TypeScript that tsx translates in development and tests. */
function startWorker(workerData: SheetTask): Worker {
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./sheet-reader.worker.js', import.meta.url), options);
  }
  const { href } = new URL('./sheet-reader.worker.ts', import.meta.url);
  const start = `import('tsx/esm/api').then((tsx) => tsx.register() && import(${JSON.stringify(href)}))`;
  return new Worker(start, { ...options, eval: true });
}
