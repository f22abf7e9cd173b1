import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint';

export const MAX_WRAP_UP_SECONDS = 120;

interface SettingDeclaration {
  readonly schema: z.ZodType;
  readonly default: unknown;
  /** What a person reads beside the field. */
  readonly label: string;
  readonly help: string;
}

function defineSetting<const S extends z.ZodType>(
  setting: SettingDeclaration & { readonly schema: S; readonly default: z.output<S> },
) {
  return setting;
}

/** Whether this is a name of the IANA time zone database. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets like +01:00 are taken by some engines, and know no summer time.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Everything an organization may set, with bounds, default and words; the only place that knows them. */
export const SETTINGS = {
  'organization.time-zone': defineSetting({
    schema: z.string().max(64).refine(isTimeZone, 'Give a time zone by its name, like Europe/Berlin.'),
    default: 'UTC',
    label: 'Time zone',
    help: 'Where a day begins and ends, in reports. After a change all days are counted anew.',
  }),
  'dialing.default-country': defineSetting({
    schema: z.string().regex(/^[A-Z]{2}$/, 'Give a country as two letters, like US.'),
    default: 'US',
    label: 'Country',
    help: 'How numbers without a country code are read.',
  }),
  'dialer.wrap-up-seconds': defineSetting({
    schema: z.int().min(0).max(MAX_WRAP_UP_SECONDS),
    default: 5,
    label: 'Wrap-up',
    help: 'Seconds after each call for notes, before the next lead is dialed. Agents may choose their own.',
  }),
  'dialer.ring-timeout-seconds': defineSetting({
    schema: z.int().min(5).max(120),
    default: 30,
    label: 'Ring time',
    help: 'Seconds a call may ring before it counts as not answered. Agents may choose their own.',
  }),
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValue<K extends SettingKey> = z.output<(typeof SETTINGS)[K]['schema']>;
export type Settings = { readonly [K in SettingKey]: SettingValue<K> };

export const SETTING_KEYS = Object.keys(SETTINGS) as [SettingKey, ...SettingKey[]];

/** All settings with their values. */
export const settingsSchema = z.object(
  Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].schema])) as {
    [K in SettingKey]: (typeof SETTINGS)[K]['schema'];
  },
);

export const settingsEndpoints = {
  show: defineEndpoint({
    id: 'settings.show',
    method: 'get',
    path: '/settings',
    access: 'setting:manage',
    summary: "The organization's settings; what was never set has its default.",
    status: 200,
    response: settingsSchema,
    errors: [],
  }),
  update: defineEndpoint({
    id: 'settings.update',
    method: 'patch',
    path: '/settings',
    access: 'setting:manage',
    summary: 'Change settings; those left out stay. Open pages are told at once.',
    body: settingsSchema.partial(),
    status: 200,
    response: settingsSchema,
    errors: [],
  }),
};
