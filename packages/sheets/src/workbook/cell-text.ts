import { type CellObject, SSF } from 'xlsx';

/**
 * A workbook cell as text. Whole numbers keep all their digits whatever format shows them (a telephone
 * number in a narrow column looks like `1.20256E+10`, its cell still holds 12025550101), and keep the
 * zeros and signs their format adds (`07911 123456`). Dates become ISO 8601 local dates or times.
 */
export function cellText(cell: CellObject, date1904: boolean): string {
  switch (cell.t) {
    case 's':
      return String(cell.v ?? '');
    case 'n':
      return typeof cell.v === 'number' ? numberText(cell.v, cell, date1904) : '';
    case 'b':
      return cell.v ? 'TRUE' : 'FALSE';
    case 'e':
      return cell.w ?? '#ERROR!';
    case 'd':
      return cell.v instanceof Date && !Number.isNaN(cell.v.getTime())
        ? isoText(cell.v.toISOString())
        : String(cell.v ?? '');
    default:
      return '';
  }
}

function numberText(value: number, cell: CellObject, date1904: boolean): string {
  const format = typeof cell.z === 'string' || typeof cell.z === 'number' ? cell.z : 'General';
  if (typeof format === 'string' && SSF.is_date(format)) return dateText(value, date1904) ?? String(value);
  const exact = Number.isInteger(value) ? BigInt(value).toString() : String(value);
  const shown = cell.w?.trim();
  if (!shown || format === 'General' || /e[+-]/i.test(shown) || /^#+$/.test(shown)) return exact;
  if (!Number.isInteger(value)) return shown;
  const grouped = /^-?\d{1,3}([.,\u00a0\u202f ]\d{3})+$/.test(shown);
  return !grouped && digits(shown).endsWith(digits(exact)) ? shown : exact;
}

function dateText(value: number, date1904: boolean): string | null {
  const parts = SSF.parse_date_code(value, { date1904 });
  if (!parts) return null;
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const time = `${two(parts.H)}:${two(parts.M)}:${two(parts.S)}`;
  if (value < 1) return isoTime(time);
  return isoText(`${String(parts.y).padStart(4, '0')}-${two(parts.m)}-${two(parts.d)}T${time}`);
}

/** `2025-01-31`, or `2025-01-31 09:30` where there is a time of day. */
function isoText(iso: string): string {
  const [date = '', time = ''] = iso.split('T');
  const clock = isoTime(time.slice(0, 8));
  return clock === '00:00' ? date : `${date} ${clock}`;
}

function isoTime(time: string): string {
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}
