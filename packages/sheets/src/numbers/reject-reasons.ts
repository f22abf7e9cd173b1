export const REJECT_REASONS = {
  'no-phone': 'The phone cell is empty.',
  letters: 'The phone cell holds words, not a number.',
  formula: 'The phone cell holds a formula. Paste its value instead.',
  'spreadsheet-error': 'The phone cell holds a spreadsheet error.',
  'digits-lost':
    'The spreadsheet shortened this number (1.2E+10), its last digits are lost. Format the column as text and enter it again.',
  'too-short': 'The number has too few digits.',
  'too-long': 'The number has too many digits. If it is a foreign one, write it with a plus.',
  'unknown-country': 'No country has this country code.',
  'invalid-number': 'No such number is in use in its country.',
  'two-readings': 'It may be a number of this country, or one with a country code. Say above how to read it.',
  fax: 'This is a fax number.',
  premium: 'Calls to this number cost extra.',
} as const satisfies Record<string, string>;

/** Why a row cannot be dialed; stable. */
export type RejectReason = keyof typeof REJECT_REASONS;
