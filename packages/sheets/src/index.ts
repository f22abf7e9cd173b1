export { rejectsCsv, toCsv } from './csv';
export type { Delimiter } from './delimited-text';
export {
  type DuplicateRow,
  type ExtractOptions,
  extractLeads,
  extractLeadsPolitely,
  type LeadCounts,
  type LeadResult,
  type RejectedRow,
  type SheetLead,
} from './extract';
export * from './limits';
export { guessMapping, type MappingGuess, type SheetMapping } from './mapping';
export {
  type CountryCode,
  isSupportedCountry,
  type ParsedPhone,
  type PhoneCell,
  parsePhoneCell,
  REJECT_REASONS,
  type RejectReason,
} from './phone';
export { previewSheet, type SheetPreview } from './preview';
export type { RawRow, SheetFormat, WorksheetInfo } from './raw-sheet';
export { type ReadSheetOptions, readSheet } from './read-sheet';
export { SheetError, type SheetErrorCode } from './sheet-error';
export { assertSheetSize } from './sheet-size';
export { dataRowCount, type SheetColumn, type SheetTable, withHeaderLine } from './sheet-table';
export { sniffSheet } from './sniff';
