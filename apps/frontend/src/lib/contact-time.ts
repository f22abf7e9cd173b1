/** Making a formatter takes a millisecond, and a country may have thirty zones: each is made once. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Intl.DateTimeFormat>();

interface LocaleWithZones extends Intl.Locale {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

/**
 * The time of day where a contact may be. A number tells the country only, so a country with several zones gives a
 * range, west to east. Null where the browser does not know the country's zones.
 */
export function contactTime(country: string, now: number, locale?: string): string | null {
  const zones = zonesOf(country).map((zone) => ({ zone, offset: offsetMinutes(zone, now) }));
  zones.sort((a, b) => a.offset - b.offset);
  const [first] = zones;
  const last = zones.at(-1);
  if (!first || !last) return null;
  const west = clockOf(first.zone, locale).format(now);
  return first.offset === last.offset ? west : `${west} – ${clockOf(last.zone, locale).format(now)}`;
}

function clockOf(timeZone: string, locale: string | undefined): Intl.DateTimeFormat {
  const key = `${timeZone} ${locale}`;
  const clock =
    clocks.get(key) ?? new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  clocks.set(key, clock);
  return clock;
}

function zonesOf(country: string): string[] {
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

function offsetMinutes(timeZone: string, now: number): number {
  const format =
    offsets.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  offsets.set(timeZone, format);
  const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
