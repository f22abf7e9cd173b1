interface LocaleWithZones extends Intl.Locale {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

/**
 * The time of day where a contact may be. A number tells the country only, so a country with several zones gives a
 * range, west to east. Null where the browser does not know the country's zones.
 */
export function contactTime(country: string, now: number, locale?: string): string | null {
  const zones = zonesOf(country);
  if (zones.length === 0) return null;
  const offsets = zones.map((zone) => ({ zone, offset: offsetMinutes(zone, now) }));
  offsets.sort((a, b) => a.offset - b.offset);
  const clock = (zone: string | undefined) =>
    new Date(now).toLocaleTimeString(locale, {
      hour: '2-digit',
      minute: '2-digit',
      ...(zone && { timeZone: zone }),
    });
  const first = offsets[0];
  const last = offsets.at(-1);
  if (first?.offset === last?.offset) return clock(first?.zone);
  return `${clock(first?.zone)} – ${clock(last?.zone)}`;
}

function zonesOf(country: string): string[] {
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

function offsetMinutes(timeZone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
