import { guessMapping } from './columns/mapping';
import { rejectsCsv } from './csv';
import { extractLeads } from './leads/extract';
import type { LeadResult } from './leads/lead-result';
import { summarize } from './leads/summary';
import type { CountryCode } from './numbers/plan';
import { previewSheet, type SheetPreview } from './preview';
import { type ReadSheetOptions, readSheet } from './read-sheet';
import { SheetError } from './sheet-error';
import { type SheetTable, withHeaderLine } from './sheet-table';
import type { SheetAnswers, SheetPort, SheetPortEvent, SheetReply, SheetRequest } from './worker-protocol';

/** The worker's side: holds one sheet, its bytes and its leads, and answers requests about them. */
export class SheetHost {
  #file: { bytes: Uint8Array; fileName: string } | null = null;
  #table: SheetTable | null = null;
  #result: LeadResult | null = null;
  readonly #onMessage = ({ data }: SheetPortEvent) => this.#answer(data as SheetRequest);

  constructor(private readonly port: SheetPort) {
    port.addEventListener('message', this.#onMessage);
    port.start?.();
  }

  close(): void {
    this.port.removeEventListener('message', this.#onMessage);
    this.#file = this.#table = this.#result = null;
  }

  #answer(request: SheetRequest): void {
    const { id } = request;
    try {
      this.#reply({ id, kind: 'done', value: this.#handle(request) });
    } catch (error) {
      const known =
        error instanceof SheetError
          ? error
          : new SheetError('worker-failed', 'The sheet could not be read. Save it as CSV and try again.');
      this.#reply({ id, kind: 'failed', code: known.code, message: known.message });
    }
  }

  #handle(request: SheetRequest): SheetAnswers[keyof SheetAnswers] {
    switch (request.kind) {
      case 'read':
        this.#file = { bytes: request.bytes, fileName: request.fileName };
        return this.#read(request.options, request.country);
      case 'reread':
        return this.#read(request.options, request.country);
      case 'set-header':
        return this.#show(withHeaderLine(held(this.#table), request.headerLine), request.country);
      case 'extract':
        return this.#extract(request);
      case 'rejects-csv':
        return rejectsCsv(held(this.#result));
    }
  }

  #read(options: ReadSheetOptions, country: CountryCode): SheetPreview {
    const { bytes, fileName } = held(this.#file);
    this.#table = null;
    return this.#show(readSheet(bytes, fileName, options), country);
  }

  #show(table: SheetTable, country: CountryCode): SheetPreview {
    this.#table = table;
    this.#result = null;
    return previewSheet(table, guessMapping(table, { country }));
  }

  #extract({ id, mapping, country }: Extract<SheetRequest, { kind: 'extract' }>): SheetAnswers['extract'] {
    const onProgress = (done: number, total: number) => this.#reply({ id, kind: 'progress', done, total });
    const table = held(this.#table);
    this.#result = extractLeads(table, mapping, { country, onProgress });
    return summarize(table, this.#result);
  }

  #reply(reply: SheetReply): void {
    this.port.postMessage(reply, []);
  }
}

function held<T>(value: T | null): T {
  if (value === null) throw new SheetError('not-read', 'Choose a sheet first.');
  return value;
}
