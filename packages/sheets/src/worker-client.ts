import type { SheetMapping } from './columns/mapping';
import type { LeadSummary } from './leads/summary';
import type { CountryCode } from './numbers/plan';
import type { SheetPreview } from './preview';
import type { ReadSheetOptions } from './read-sheet';
import { SheetError, type SheetErrorCode } from './sheet-error';
import { assertSheetSize } from './sheet-size';
import type { SheetAnswers, SheetPort, SheetPortEvent, SheetReply, SheetRequest } from './worker-protocol';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Timer = ReturnType<typeof setTimeout>;
type Progress = (done: number, total: number) => void;

/** Four times what the largest sheet takes on a slow computer. */
const LONGEST_SILENCE_MS = 40_000;

interface Pending {
  resolve(value: never): void;
  reject(error: SheetError): void;
  onProgress: Progress | undefined;
  timer: Timer;
}

/** The page's side of a sheet worker: one sheet at a time, as promises that fail with `SheetError`. */
export class SheetWorker {
  #nextId = 1;
  #closed = false;
  readonly #pending = new Map<number, Pending>();
  readonly #onMessage = ({ data }: SheetPortEvent) => this.#settle(data as SheetReply);
  readonly #onError = () =>
    this.#fail('worker-failed', 'Reading the sheet stopped unexpectedly. Try again, or save it as CSV.');

  /**
   * @param port a `Worker` running `@outdial/sheets/worker`; this client owns and ends it.
   * @param limitMs longest silence of the worker while it is asked something, in ms
   */
  constructor(
    private readonly port: SheetPort,
    private readonly limitMs = LONGEST_SILENCE_MS,
  ) {
    port.addEventListener('message', this.#onMessage);
    port.addEventListener('error', this.#onError);
    port.addEventListener('messageerror', this.#onError);
    port.start?.();
  }

  /** Reads a sheet. The bytes move to the worker where they own their buffer: the page's array is empty then. */
  async read(
    bytes: Uint8Array,
    fileName: string,
    country: CountryCode,
    options: ReadSheetOptions = {},
  ): Promise<SheetPreview> {
    assertSheetSize(bytes.byteLength);
    const { buffer } = bytes;
    const movable = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
    return this.#ask({ kind: 'read', bytes, fileName, country, options }, movable ? [buffer] : []);
  }

  /** Reads the same file again with another encoding, delimiter, worksheet or line of titles. */
  reread(country: CountryCode, options: ReadSheetOptions): Promise<SheetPreview> {
    return this.#ask({ kind: 'reread', country, options });
  }

  setHeader(headerLine: number | null, country: CountryCode): Promise<SheetPreview> {
    return this.#ask({ kind: 'set-header', headerLine, country });
  }

  extract(mapping: SheetMapping, country: CountryCode, onProgress?: Progress): Promise<LeadSummary> {
    return this.#ask({ kind: 'extract', mapping, country }, [], onProgress);
  }

  /** All rejected rows of the last extraction, as a CSV file's text. */
  rejectsCsv(): Promise<string> {
    return this.#ask({ kind: 'rejects-csv' });
  }

  /** Ends the worker; what is still under way fails. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.port.removeEventListener('message', this.#onMessage);
    this.port.removeEventListener('error', this.#onError);
    this.port.removeEventListener('messageerror', this.#onError);
    if (this.port.terminate) this.port.terminate();
    else this.port.close?.();
    this.#fail('worker-failed', 'Reading the sheet was stopped.');
  }

  #ask<K extends SheetRequest['kind']>(
    request: WithoutId<Extract<SheetRequest, { kind: K }>> & { kind: K },
    transfer: ArrayBuffer[] = [],
    onProgress?: Progress,
  ): Promise<SheetAnswers[K]> {
    if (this.#closed)
      return Promise.reject(new SheetError('worker-failed', 'Reading the sheet was stopped.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress, timer: this.#watch(id) });
      this.port.postMessage({ ...request, id }, transfer);
    });
  }

  #settle(reply: SheetReply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    clearTimeout(pending.timer);
    if (reply.kind === 'progress') {
      pending.timer = this.#watch(reply.id);
      pending.onProgress?.(reply.done, reply.total);
      return;
    }
    this.#pending.delete(reply.id);
    if (reply.kind === 'done') pending.resolve(reply.value as never);
    else pending.reject(new SheetError(reply.code, reply.message));
  }

  /** A file can keep a worker busy for ever, or until the page dies with it: what takes so long is ended. */
  #watch(id: number): Timer {
    return setTimeout(() => {
      if (!this.#pending.has(id)) return;
      this.#fail(
        'took-too-long',
        'The sheet takes too long to read and was given up. Save only the sheet with the leads, best as CSV, and try again.',
      );
      this.close();
    }, this.limitMs);
  }

  #fail(code: SheetErrorCode, message: string): void {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject, timer } of waiting) {
      clearTimeout(timer);
      reject(new SheetError(code, message));
    }
  }
}
