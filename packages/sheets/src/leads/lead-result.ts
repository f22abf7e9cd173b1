import type { ParsedPhone } from '../numbers/phone-cell';
import type { RejectReason } from '../numbers/reject-reasons';
import type { DoubtfulNumbers } from './doubts';

/** A row that can be dialed. */
export interface SheetLead {
  /** 1-based line in the file. */
  line: number;
  /** E.164. */
  phone: string;
  extension?: string;
  /** Further valid numbers of the row, in the order of its columns. */
  alternatePhones: ParsedPhone[];
  name: string | null;
  /** All other columns that are filled, in the order of the sheet; each at most `MAX_VALUE_LENGTH` long. */
  data: Record<string, string>;
}

/** A row left out because an earlier one has the same number. */
interface DuplicateRow {
  line: number;
  /** Line of the row that was taken. */
  firstLine: number;
  phone: string;
  name: string | null;
}

/** A row that cannot be dialed, with why, and as it stood in the file. */
interface RejectedRow {
  line: number;
  reason: RejectReason;
  /** The reason in words, for the user. */
  message: string;
  /** The phone cell as it stood, or as it was corrected. */
  value: string;
  cells: string[];
}

export const NOT_DATA = {
  titles: 'The titles of the columns.',
  'above-titles': 'Stands above the titles.',
  'titles-again': 'Titles once more.',
} as const satisfies Record<string, string>;

/** Why a line is no data; stable. */
export type NotDataReason = keyof typeof NOT_DATA;

/** A line that is no lead and none that failed. */
interface NotDataRow {
  line: number;
  reason: NotDataReason;
  message: string;
  cells: string[];
}

/** `rows`, all lines of the file that hold anything, is the sum of the others. */
export interface LeadCounts {
  rows: number;
  taken: number;
  duplicates: number;
  rejected: number;
  notData: number;
}

export interface LeadResult {
  /** Names of the sheet's columns, in order, and their places in `RejectedRow.cells`. */
  columns: { index: number; name: string }[];
  leads: SheetLead[];
  duplicates: DuplicateRow[];
  rejected: RejectedRow[];
  notData: NotDataRow[];
  counts: LeadCounts;
  /** Numbers of the first phone column that can be read in two ways; null where there are none. */
  doubts: DoubtfulNumbers | null;
}
