import type { SheetEncoding } from '@outdial/contracts/leads/sheets';
import type { CountryCode, Delimiter, SheetMapping, SheetPreview } from '@outdial/sheets';
import type { LeadSummary } from '@outdial/sheets/leads/summary';
import { SheetError } from '@outdial/sheets/sheet-error';
import { SheetWorker } from '@outdial/sheets/worker-client';
import { type ColumnRole, withRole } from './column-roles';
import { refusalOf } from './reading-words';
import { detectedIn, guessOf, mappingFor } from './reread';

/** How the agent said the file is to be read. What is not said is detected. */
export interface Reading {
  readonly encoding?: SheetEncoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  readonly sheetName?: string | undefined;
  /** Line of the column titles; null for none. */
  readonly headerLine?: number | null | undefined;
}

/** A sheet on its way from the file to the queue. */
export type ReviewState =
  | { step: 'reading' }
  | { step: 'unreadable'; message: string }
  | {
      step: 'read';
      preview: SheetPreview;
      /** How it is read, or being read again. */
      reading: Reading;
      detected: Pick<SheetPreview, 'encoding' | 'delimiter'>;
      /** Whether `preview` is of an earlier reading while the file is read as `reading` says. */
      isRereading: boolean;
      /** Why the last reading asked for was given up. */
      refusal: string | null;
      mapping: SheetMapping;
      /** The organization's: where numbers without a country code belong, unless the mapping says otherwise. */
      country: CountryCode;
      /** Rows checked so far, while they are. */
      checking: { done: number; total: number } | null;
      /** What becomes of the rows with this mapping; null while that is being found out. */
      summary: LeadSummary | null;
      problem: string | null;
    };

export type ReadState = Extract<ReviewState, { step: 'read' }>;

/**
 * Reads one file in a worker and keeps what was understood, what the agent set right, and what comes of it.
 * Answers to questions that are no longer asked are dropped.
 */
export class SheetReview {
  readonly #listeners = new Set<() => void>();
  readonly #worker: SheetWorker;
  #state: ReviewState = { step: 'reading' };
  #question = 0;
  /** How the present preview was read: the way back from a reading that comes to nothing. */
  #sound: Reading = {};

  constructor(
    readonly file: File,
    country: CountryCode,
  ) {
    const worker = new Worker(new URL('./sheet.worker.ts', import.meta.url), { type: 'module' });
    this.#worker = new SheetWorker(worker);
    void this.#read(country);
  }

  readonly getSnapshot = (): ReviewState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  setHeaderLine(headerLine: number | null): void {
    const { country, reading } = this.#asRead();
    void this.#reread({ ...reading, headerLine }, () => this.#worker.setHeader(headerLine, country));
  }

  setWorksheet(sheetName: string): void {
    this.setReading({ sheetName, headerLine: undefined });
  }

  /** Reads the file again; what is given as undefined is detected. */
  setReading(change: Reading): void {
    const { country, reading } = this.#asRead();
    const wanted = { ...reading, ...change };
    void this.#reread(wanted, () => this.#worker.reread(country, wanted));
  }

  /** Sets right what was understood of the columns and their numbers; all else stays. */
  setMapping(change: Partial<SheetMapping>): void {
    const now = this.#asRead();
    void this.#check({ ...now, refusal: null, mapping: { ...now.mapping, ...change } });
  }

  setRole(column: number, role: ColumnRole): void {
    this.setMapping(withRole(this.#asRead().mapping, column, role));
  }

  /** Reads a number in place of a row's phone cell; the sheet stays as it is. Nothing takes a correction back. */
  correct(line: number, value: string): void {
    const others = this.#asRead().mapping.corrections?.filter((each) => each.line !== line) ?? [];
    const written = value.trim();
    this.setMapping({ corrections: written ? [...others, { line, value: written }] : others });
  }

  rejectsCsv(): Promise<string> {
    return this.#worker.rejectsCsv();
  }

  close(): void {
    this.#question++;
    this.#worker.close();
  }

  async #read(country: CountryCode): Promise<void> {
    const question = ++this.#question;
    try {
      const bytes = new Uint8Array(await this.file.arrayBuffer());
      const preview = await this.#worker.read(bytes, this.file.name, country);
      if (question !== this.#question) return;
      await this.#check({
        step: 'read',
        preview,
        reading: {},
        detected: { encoding: preview.encoding, delimiter: preview.delimiter },
        isRereading: false,
        refusal: null,
        mapping: guessOf(preview),
        country,
        checking: null,
        summary: null,
        problem: null,
      });
    } catch (error) {
      if (question === this.#question) this.#set({ step: 'unreadable', message: wordsOf(error) });
    }
  }

  async #reread(reading: Reading, ask: () => Promise<SheetPreview>): Promise<void> {
    const before = this.#asRead();
    const question = ++this.#question;
    const waiting = { ...before, reading, isRereading: true, refusal: null };
    this.#set({ ...waiting, checking: null, summary: null, problem: null });
    try {
      const preview = await ask();
      if (question !== this.#question) return;
      this.#sound = reading;
      const detected = detectedIn(preview, waiting);
      const mapping = mappingFor(preview, before);
      await this.#check({ ...waiting, isRereading: false, preview, detected, mapping });
    } catch (error) {
      if (question === this.#question) await this.#goBack(before, error);
    }
  }

  /** Reads the file as before: what the agent asked for came to nothing. */
  async #goBack(before: ReadState, error: unknown): Promise<void> {
    const question = ++this.#question;
    const code = error instanceof SheetError ? error.code : 'worker-failed';
    try {
      if (code === 'worker-failed') throw error;
      await this.#worker.reread(before.country, this.#sound);
      if (question !== this.#question) return;
      await this.#check({ ...before, reading: this.#sound, isRereading: false, refusal: refusalOf(code) });
    } catch (cause) {
      if (question === this.#question) this.#set({ step: 'unreadable', message: wordsOf(cause) });
    }
  }

  /** Finds out what becomes of every row. */
  async #check(state: ReadState): Promise<void> {
    const question = ++this.#question;
    const { mapping, country, preview } = state;
    const isAsked = () => question === this.#question;
    if (mapping.phoneColumns.length === 0) {
      this.#set({ ...state, checking: null, summary: null, problem: null });
      return;
    }
    const total = preview.rowCount;
    this.#set({ ...state, checking: { done: 0, total }, summary: null, problem: null });
    try {
      const summary = await this.#worker.extract(mapping, country, (done) => {
        if (isAsked()) this.#set({ ...state, checking: { done, total }, summary: null, problem: null });
      });
      if (isAsked()) this.#set({ ...state, checking: null, summary, problem: null });
    } catch (error) {
      if (isAsked()) this.#set({ ...state, checking: null, summary: null, problem: wordsOf(error) });
    }
  }

  #asRead(): ReadState {
    if (this.#state.step !== 'read') throw new Error('The sheet has not been read yet.');
    return this.#state;
  }

  #set(state: ReviewState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The sheet could not be read.';
}
