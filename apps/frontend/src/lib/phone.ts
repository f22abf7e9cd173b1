import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

function countryOf(code: string): CountryCode {
  return isSupportedCountry(code) ? code : 'US';
}

/** A number as people write it: nationally at home, internationally abroad; codes such as `*43` as they are. */
export function formatPhone(number: string, homeCountry: string): string {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed) return number;
  return parsed.country === homeCountry ? parsed.formatNational() : parsed.formatInternational();
}

/** What was typed as something to dial (E.164 or a feature code), or null. */
export function toDialable(text: string, homeCountry: string): string | null {
  const compact = text.replace(/[\s().-]/g, '');
  if (/^[*#]\d{1,8}#?$/.test(compact)) return compact;
  const parsed = parsePhoneNumberFromString(text, countryOf(homeCountry));
  return parsed?.isPossible() ? parsed.number : null;
}

/** ISO country of an E.164 number, where its code tells. */
export function phoneCountry(number: string): string | null {
  return parsePhoneNumberFromString(number)?.country ?? null;
}
