import { type CountryCode, type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max';
import { callingCodeOf, type NumberType, type Plan, plannedNumber, planOf } from './plan';

/** A number that is in use somewhere. */
export interface KnownNumber {
  /** E.164 (ITU-T): a plus and at most 15 digits. */
  readonly phone: string;
  readonly country: CountryCode;
  readonly type: NumberType;
}

const MAX_DIGITS = 15;

/** Digits after a plus (or what stands for one) as a number; null if none such is in use. */
export function internationalNumber(digits: string): KnownNumber | null {
  const callingCode = callingCodeOf(digits);
  if (callingCode === null) return null;
  const rest = digits.slice(callingCode.length);
  return known(callingCode, rest) ?? byLibrary(`+${digits}`);
}

/** Digits as they are dialed inside a country; null if no such number is in use there. */
export function nationalNumber(digits: string, country: CountryCode): KnownNumber | null {
  const plan = planOf(country);
  if (plan.nationalPrefix?.test(digits)) {
    if (plan.isPrefixComplex) return byLibrary(digits, country);
    return known(plan.callingCode, withoutPrefix(digits, plan));
  }
  return known(plan.callingCode, digits);
}

/** Takes the national prefix off, unless the number is one with it and none without (as the library does). */
function withoutPrefix(digits: string, { nationalPrefix, general, lengths }: Plan): string {
  const rest = nationalPrefix ? digits.replace(nationalPrefix, '') : digits;
  if (general.test(digits) && !general.test(rest)) return digits;
  return lengths.includes(rest.length) ? rest : digits;
}

function known(callingCode: string, national: string): KnownNumber | null {
  if (callingCode.length + national.length > MAX_DIGITS) return null;
  const found = plannedNumber(callingCode, national);
  return found && { phone: `+${callingCode}${national}`, ...found };
}

/** The same by the library, which knows every rule about prefixes and takes ten times as long. */
function byLibrary(text: string, country?: CountryCode): KnownNumber | null {
  const options = { extract: false, ...(country && { defaultCountry: country }) };
  const parsed = parsePhoneNumberFromString(text, options, metadata as MetadataJson);
  return parsed?.isValid() ? known(parsed.countryCallingCode, parsed.nationalNumber) : null;
}
