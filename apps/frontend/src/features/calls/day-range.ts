/** Midnight in the viewer's zone of the day `daysLater` after this one. */
export function dayStart(date: Date, daysLater = 0): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysLater);
}

/** A day as in a URL or a date field: `2026-05-10`, in the viewer's zone. */
export function toDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day's midnight in the viewer's zone, or null for what is no day. */
export function fromDay(day: string): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (!year || !month || !date) return null;
  const parsed = new Date(Number(year), Number(month) - 1, Number(date));
  return toDay(parsed) === day ? parsed : null;
}

export interface DayRange {
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
}

export const RANGE_PRESETS = ['Today', 'Yesterday', 'Last 7 days', 'Last 30 days'] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];

export function presetRange(preset: RangePreset, now: Date): DayRange {
  const day = (daysLater: number) => toDay(dayStart(now, daysLater));
  switch (preset) {
    case 'Today':
      return { from: day(0), to: day(0) };
    case 'Yesterday':
      return { from: day(-1), to: day(-1) };
    case 'Last 7 days':
      return { from: day(-6), to: day(0) };
    case 'Last 30 days':
      return { from: day(-29), to: day(0) };
  }
}

/** What the chip says: the preset's name where it is one, else the days. */
export function rangeWords({ from, to }: DayRange, now: Date): string {
  const preset = RANGE_PRESETS.find((name) => {
    const range = presetRange(name, now);
    return range.from === from && range.to === to;
  });
  if (preset) return preset;
  const words = (day: string) =>
    fromDay(day)?.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' }) ?? day;
  return from === to ? words(from) : `${words(from)} – ${words(to)}`;
}
