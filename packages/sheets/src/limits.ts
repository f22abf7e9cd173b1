/** Largest file that is read, in bytes. */
export const MAX_SHEET_BYTES = 20 * 1024 * 1024;

/** Most rows below the header that are read. */
export const MAX_SHEET_ROWS = 100_000;

/** Widest sheet that is read, in columns. */
export const MAX_SHEET_COLUMNS = 256;

/** Most bytes a workbook may unpack to: a 20 MB zip can hold 20 GB of zeros. */
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/** Most characters all cells together may hold: one shared text can be referred to a million times. */
export const MAX_SHEET_CHARACTERS = 64 * 1024 * 1024;

/** A free column's value is cut to this many characters. */
export const MAX_VALUE_LENGTH = 500;

/** A lead's name is cut to this many characters. */
export const MAX_NAME_LENGTH = 120;

/** A column's name is cut to this many characters. */
export const MAX_COLUMN_NAME_LENGTH = 80;

/** Rows shown in a preview. */
export const PREVIEW_ROWS = 20;

/** Most cells that are read, filled or not: 100,000 rows of 50 columns. */
export const MAX_SHEET_CELLS = 5_000_000;

/** Most lines of a text file, blank ones too. */
export const MAX_TEXT_LINES = 1_500_000;
