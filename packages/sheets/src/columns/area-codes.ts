import type { CountryCode } from '../numbers/plan';
import { validShare } from './phone-columns';
import type { Sample, SampledColumn } from './sample';

/** So many numbers are whole with their area codes at least. */
const MOSTLY = 0.5;

/** A sample whose numbers have their area codes, where these stand in a column of their own. */
export function withAreaCodes(
  sample: Sample,
  country: CountryCode,
): { sample: Sample; areaCodeColumn: number | null } {
  const area = sample.columns.find(({ meaning }) => meaning.area && !meaning.phone);
  const phone = sample.columns.find(({ meaning }) => meaning.phone && !meaning.notPhone && !meaning.area);
  if (!area || !phone) return { sample, areaCodeColumn: null };
  const values = sample.rows.flatMap(({ cells }) => {
    const number = cells[phone.index];
    return number ? [`${cells[area.index] ?? ''} ${number}`.trim()] : [];
  });
  const whole = validShare(values, country);
  if (whole < MOSTLY || whole <= validShare(phone.values, country)) return { sample, areaCodeColumn: null };
  const joined = (column: SampledColumn) => (column === phone ? { ...phone, values } : column);
  return { sample: { ...sample, columns: sample.columns.map(joined) }, areaCodeColumn: area.index };
}
