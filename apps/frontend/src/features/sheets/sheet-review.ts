import type { CountryCode, SheetMapping, SheetPreview } from '@outdial/sheets';
import { SheetWorker } from '@outdial/sheets/worker-client';
import type { LeadSummary } from '@outdial/sheets/worker-protocol';

/** A sheet on its way from the file to the queue. */
export type ReviewState =
  | { step: 'reading' }
  | { step: 'unreadable'; message: string }
  | {
      step: 'read';
      preview: SheetPreview;
      mapping: SheetMapping;
      country: CountryCode;
      /** Rows checked so far, while they are. */
      checking: { done: number; total: number } | null;
      /** What becomes of the rows with this mapping; null while that is being found out. */
      summary: LeadSummary | null;
      problem: string | null;
    };

type ReadState = Extract<ReviewState, { step: 'read' }>;

/**
 * Reads one file in a worker and keeps what was understood, what the agent set right, and what comes of it.
 * Answers to questions that are no longer asked are dropped.
 */
export class SheetReview {
  readonly #listeners = new Set<() => void>();
  readonly #worker: SheetWorker;
  #state: ReviewState = { step: 'reading' };
  #question = 0;

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
    const { country } = this.#asRead();
    void this.#understand(() => this.#worker.setHeader(headerLine, country), country);
  }

  setWorksheet(sheetName: string): void {
    const { country } = this.#asRead();
    void this.#understand(() => this.#worker.reread(country, { sheetName }), country);
  }

  setCountry(country: CountryCode): void {
    void this.#check({ ...this.#asRead(), country });
  }

  setPhoneColumn(phoneColumn: number): void {
    const now = this.#asRead();
    const nameColumns = now.mapping.nameColumns.filter((column) => column !== phoneColumn);
    void this.#check({ ...now, mapping: { ...now.mapping, phoneColumn, nameColumns } });
  }

  setNameColumns(nameColumns: number[]): void {
    const now = this.#asRead();
    void this.#check({ ...now, mapping: { ...now.mapping, nameColumns } });
  }

  rejectsCsv(): Promise<string> {
    return this.#worker.rejectsCsv();
  }

  close(): void {
    this.#question++;
    this.#worker.close();
  }

  async #read(country: CountryCode): Promise<void> {
    await this.#understand(async () => {
      const bytes = new Uint8Array(await this.file.arrayBuffer());
      return this.#worker.read(bytes, this.file.name, country);
    }, country);
  }

  async #understand(ask: () => Promise<SheetPreview>, country: CountryCode): Promise<void> {
    const question = ++this.#question;
    try {
      const preview = await ask();
      if (question !== this.#question) return;
      const { headerLine, phoneColumn, nameColumns } = preview.guess;
      const mapping = { headerLine, phoneColumn, nameColumns };
      await this.#check({
        step: 'read',
        preview,
        mapping,
        country,
        checking: null,
        summary: null,
        problem: null,
      });
    } catch (error) {
      if (question === this.#question) this.#set({ step: 'unreadable', message: wordsOf(error) });
    }
  }

  /** Finds out what becomes of every row. */
  async #check(state: ReadState): Promise<void> {
    const question = ++this.#question;
    const { mapping, country, preview } = state;
    const isAsked = () => question === this.#question;
    if (mapping.phoneColumn === null) {
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
