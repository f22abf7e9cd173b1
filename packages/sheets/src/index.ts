export type { CountryFit } from './columns/country';
export { guessMapping, type MappingGuess, type SheetMapping } from './columns/mapping';
export { rejectsCsv, toCsv } from './csv';
export type { Delimiter } from './delimited-text';
export type { DoubtfulNumbers } from './leads/doubts';
export { type ExtractOptions, extractLeads } from './leads/extract';
export type {
  LeadCounts,
  LeadResult,
  SheetLead,
} from './leads/lead-result';
export * from './limits';
export { type ParsedPhone, type PhoneCell, parsePhoneCell } from './numbers/phone-cell';
export { type CountryCode, isSupportedCountry } from './numbers/plan';
export { REJECT_REASONS, type RejectReason } from './numbers/reject-reasons';
export { previewSheet, type SheetPreview } from './preview';
export type { RawRow, SheetFormat, WorksheetInfo } from './raw-sheet';
export { type ReadSheetOptions, readSheet } from './read-sheet';
export { SheetError, type SheetErrorCode } from './sheet-error';
export { assertSheetSize } from './sheet-size';
export { dataRowCount, type SheetColumn, type SheetTable, withHeaderLine } from './sheet-table';
export { sniffSheet } from './sniff';
