import { type CountryCode, type MetadataJson, validatePhoneNumberLength } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max';
import { internationalNumber, type KnownNumber, nationalNumber } from './e164';
import { callingCodeOf, type Plan, planOf } from './plan';
import type { RejectReason } from './reject-reasons';

/**
 * What one spelled number may be. `sure` was written with a plus or what is dialed for it; `home` is one of the
 * country's own, `abroad` one whose plus is missing.
 */
export type Spelling =
  | { readonly kind: 'sure'; readonly number: KnownNumber }
  | {
      readonly kind: 'bare';
      readonly home: KnownNumber | null;
      readonly abroad: KnownNumber | null;
      /** Whether `abroad` is in the country itself: `4917…` in Germany. */
      readonly isOwnCode: boolean;
      /** The trunk prefix, `0`, that people write in this country; where it is also the country code, it is no sign. */
      readonly trunk: 'written' | 'missing' | 'none';
      /** One digit more than the country's longest numbers: rather a slip than a number abroad. */
      readonly isSlip: boolean;
      readonly reason: RejectReason;
    }
  | { readonly kind: 'none'; readonly reason: RejectReason };

/** Fewest digits of a number abroad with its calling code, and of one at home with it. */
const LEAST_ABROAD = 10;
const LEAST_OWN = 8;
const MAX_DIGITS = 15;

export const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Reads digits and punctuation that are one number. */
export function readSpelling(text: string, country: CountryCode): Spelling {
  const digits = digitsOf(text);
  const plan = planOf(country);
  const explicit = explicitDigits(text, digits, plan.idd);
  if (explicit !== null) {
    const number = internationalNumber(explicit);
    return number ? { kind: 'sure', number } : { kind: 'none', reason: whyNot(`+${explicit}`, country) };
  }
  const home = nationalNumber(digits, country);
  const abroad = digits.startsWith('0') ? null : withoutPlus(text, digits, plan.callingCode);
  if (!home && !abroad) return { kind: 'none', reason: whyNot(digits, country) };
  return {
    kind: 'bare',
    home,
    abroad,
    isOwnCode: digits.startsWith(plan.callingCode) && abroad !== null,
    trunk: trunkOf(digits, plan),
    isSlip: digits.length === Math.max(...plan.lengths) + 1,
    reason: home ? 'two-readings' : 'too-long',
  };
}

function trunkOf(digits: string, { nationalPrefix, callingCode }: Plan): 'written' | 'missing' | 'none' {
  if (nationalPrefix === null || callingCode === '1') return 'none';
  return nationalPrefix.test(digits) ? 'written' : 'missing';
}

/** The digits behind a plus, `00` or the country's own prefix of calls abroad; null where there is none. */
function explicitDigits(text: string, digits: string, idd: RegExp): string | null {
  if (/^[\s(]*\+/.test(text)) return digitsOf(text.replace(/\(0\)/, ''));
  const dialed = idd.exec(digits)?.[0] ?? (/^00[1-9]/.test(digits) ? '00' : '');
  if (!dialed) return null;
  const rest = digits.slice(dialed.length);
  if (!rest || rest.startsWith('0')) return null;
  return digitsOf(text.replace(/\(0\)/, '')).slice(dialed.length);
}

/** As a number cell leaves `+44 20 …`: bare digits, or a first group that is a calling code. */
function withoutPlus(text: string, digits: string, ownCode: string): KnownNumber | null {
  if (digits.length > MAX_DIGITS) return null;
  if (digits.length < (digits.startsWith(ownCode) ? LEAST_OWN : LEAST_ABROAD)) return null;
  const [firstGroup = ''] = text.trim().split(/[^\d]+/);
  const isBare = firstGroup === digits;
  if (!isBare && (firstGroup !== callingCodeOf(digits) || /^\(/.test(text.trim()))) return null;
  return internationalNumber(digits);
}

function whyNot(spelled: string, country: CountryCode): RejectReason {
  switch (validatePhoneNumberLength(spelled, country, metadata as MetadataJson)) {
    case 'TOO_SHORT':
      return 'too-short';
    case 'TOO_LONG':
      return 'too-long';
    case 'INVALID_COUNTRY':
      return 'unknown-country';
    case 'NOT_A_NUMBER':
      return digitsOf(spelled).length < 4 ? 'too-short' : 'too-long';
    default:
      return digitsOf(spelled).length > MAX_DIGITS ? 'too-long' : 'invalid-number';
  }
}
