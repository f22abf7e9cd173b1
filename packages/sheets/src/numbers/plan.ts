// "max" knows every country's number plan, "min" little more than lengths. The plan tells a phone column
// from an id column and refuses unassigned numbers before they cost a dial; it runs in a worker or on the
// server, so its 145 kB never delay a page. Fictitious numbers such as +1 202 555 0123 are valid in it.
import type { CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max';

export type { CountryCode };

/** Kinds of numbers, in the order of libphonenumber's metadata. */
const TYPES = [
  'fixed-line',
  'mobile',
  'toll-free',
  'premium',
  'personal',
  'voicemail',
  'company',
  'pager',
  'voip',
  'shared-cost',
] as const;
export type NumberType = (typeof TYPES)[number];

/** A fixed line wins, as in the library; the others in its order. */
const LOOKED_FOR = [0, 1, 3, 2, 9, 8, 4, 7, 6, 5] as const;

type TypeRow = readonly [pattern: string, lengths?: readonly number[]] | 0;
type PlanRow = readonly unknown[];

/** One country's numbering plan with its patterns compiled once: the library compiles them for every number. */
export interface Plan {
  readonly country: CountryCode;
  readonly callingCode: string;
  /** What is dialed before a calling code, `00` or `011`. */
  readonly idd: RegExp;
  readonly lengths: readonly number[];
  readonly general: RegExp;
  /** What stands before a national number at home, `0`; null where the plan has none. */
  readonly nationalPrefix: RegExp | null;
  /** Whether taking off the prefix needs the library: it may also add or exchange digits. */
  readonly isPrefixComplex: boolean;
  readonly leadingDigits: RegExp | null;
  readonly types: readonly { type: NumberType; pattern: RegExp; lengths: readonly number[] }[];
}

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const start = (pattern: string) => new RegExp(`^(?:${pattern})`);

const rows = metadata.countries as unknown as Readonly<Record<string, PlanRow>>;
const callingCodes = metadata.country_calling_codes as Readonly<Record<string, readonly CountryCode[]>>;
const plans = new Map<string, Plan>();

/** Every country whose plan is known (ISO 3166-1 alpha-2). */
export const COUNTRIES = Object.keys(rows) as readonly CountryCode[];

export function isSupportedCountry(country: string): country is CountryCode {
  return Object.hasOwn(rows, country);
}

export function planOf(country: CountryCode): Plan {
  let plan = plans.get(country);
  if (!plan) {
    plan = compile(country, rows[country] ?? []);
    plans.set(country, plan);
  }
  return plan;
}

/** Fields by their place (libphonenumber-js, METADATA.md, version 4). */
function compile(country: CountryCode, row: PlanRow): Plan {
  const text = (index: number) => (row[index] as string | 0 | undefined) || '';
  const lengths = (row[3] as readonly number[] | undefined) ?? [];
  const prefix = text(7) || text(5);
  const types = ((row[11] as readonly TypeRow[] | undefined) ?? []) as readonly (TypeRow | undefined)[];
  return {
    country,
    callingCode: text(0),
    idd: start(text(1)),
    lengths,
    general: whole(text(2)),
    nationalPrefix: prefix ? start(prefix) : null,
    isPrefixComplex: text(8) !== '' || /\((?!\?:)/.test(prefix),
    leadingDigits: text(10) ? start(text(10)) : null,
    types: LOOKED_FOR.flatMap((index) => {
      const found = types[index];
      if (found === undefined || found === 0) return [];
      return [{ type: TYPES[index], pattern: whole(found[0]), lengths: found[1] ?? lengths }];
    }),
  };
}

/** The calling code that digits begin with (ITU-T E.164: none is the beginning of another), or null. */
export function callingCodeOf(digits: string): string | null {
  for (let length = 1; length <= 3; length++) {
    const code = digits.slice(0, length);
    if (code.length === length && callingCodes[code]) return code;
  }
  return null;
}

export interface PlannedNumber {
  readonly country: CountryCode;
  readonly type: NumberType;
}

/** Whose a number is and of what kind, as libphonenumber's `isValid` and `getType` say; null for one not in use. */
export function plannedNumber(callingCode: string, national: string): PlannedNumber | null {
  const countries = callingCodes[callingCode] ?? [];
  if (countries.length === 1) return typeIn(planOf(countries[0] as CountryCode), national);
  for (const country of countries) {
    const plan = planOf(country);
    if (plan.leadingDigits) {
      if (plan.leadingDigits.test(national)) return typeIn(plan, national);
      continue;
    }
    const found = typeIn(plan, national);
    if (found) return found;
  }
  return null;
}

function typeIn(plan: Plan, national: string): PlannedNumber | null {
  if (!plan.general.test(national)) return null;
  const found = plan.types.find(
    ({ pattern, lengths }) => lengths.includes(national.length) && pattern.test(national),
  );
  return found ? { country: plan.country, type: found.type } : null;
}
