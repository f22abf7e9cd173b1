import type { CountryCode, LeadResult, ReadSheetOptions, SheetFormat, SheetMapping } from '@outdial/sheets';
import { ThreadPool, TooMuchWorkError } from './thread-pool';

/** Asked of the thread that reads sheets. */
export type SheetTask =
  | { readonly kind: 'sniff'; readonly path: string }
  | {
      readonly kind: 'extract';
      readonly path: string;
      readonly fileName: string;
      readonly options: ReadSheetOptions;
      readonly mapping: SheetMapping;
      readonly country: CountryCode;
    };

export interface SheetAnswers {
  sniff: SheetFormat;
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

/** How long one sheet may take. */
const TIMEOUT_MS = 120_000;

/**
 * Reads sheets in a thread of its own, one at a time: a large workbook keeps a processor busy for seconds and takes
 * hundreds of megabytes.
 */
export class SheetReader {
  readonly #pool = new ThreadPool<SheetTask, SheetTaskResult>({
    module: 'sheet-reader.worker',
    besides: import.meta.url,
    threads: 1,
    memoryMb: 1024,
  });

  /** @throws UnreadableSheetError */
  async read<K extends SheetTask['kind']>(task: Extract<SheetTask, { kind: K }>): Promise<SheetAnswers[K]> {
    const result = await this.#pool.run(task, TIMEOUT_MS).catch(tooLarge);
    if (result.kind === 'unreadable') throw new UnreadableSheetError(result.code, result.message);
    return result.answer as SheetAnswers[K];
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function tooLarge(error: unknown): never {
  if (error instanceof TooMuchWorkError)
    throw new UnreadableSheetError(
      'file-too-large',
      'The sheet is too large to read. Split it and try again.',
    );
  throw error;
}
