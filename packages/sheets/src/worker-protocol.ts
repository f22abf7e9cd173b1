import type { SheetMapping } from './columns/mapping';
import type { LeadSummary } from './leads/summary';
import type { CountryCode } from './numbers/plan';
import type { SheetPreview } from './preview';
import type { ReadSheetOptions } from './read-sheet';
import type { SheetErrorCode } from './sheet-error';

/** Each request gets one answer (`done` or `failed`) with its `id`, and perhaps `progress` before. */
export type SheetRequest = { id: number } & (
  | { kind: 'read'; bytes: Uint8Array; fileName: string; country: CountryCode; options: ReadSheetOptions }
  /** Reads the same bytes again: other encoding, delimiter, worksheet or line of titles. */
  | { kind: 'reread'; country: CountryCode; options: ReadSheetOptions }
  | { kind: 'set-header'; headerLine: number | null; country: CountryCode }
  | { kind: 'extract'; mapping: SheetMapping; country: CountryCode }
  | { kind: 'rejects-csv' }
);

export interface SheetAnswers {
  read: SheetPreview;
  reread: SheetPreview;
  'set-header': SheetPreview;
  extract: LeadSummary;
  'rejects-csv': string;
}

export type SheetReply =
  | { id: number; kind: 'done'; value: SheetAnswers[keyof SheetAnswers] }
  | { id: number; kind: 'failed'; code: SheetErrorCode; message: string }
  | { id: number; kind: 'progress'; done: number; total: number };

/** A `MessageEvent`, or an error without data. */
export interface SheetPortEvent {
  readonly type: string;
  readonly data?: unknown;
}

/** The part of a `Worker` or `MessagePort` that is used here. */
export interface SheetPort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: SheetPortEvent) => void): void;
  removeEventListener(type: string, listener: (event: SheetPortEvent) => void): void;
  /** A `MessagePort` delivers only after this. */
  start?(): void;
  /** Ends a `Worker`. */
  terminate?(): unknown;
  /** Ends a `MessagePort`. */
  close?(): void;
}
