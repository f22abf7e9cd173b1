'use client';

import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { PopoverClose } from '@/components/ui/popover';
import { type DayRange, presetRange, RANGE_PRESETS, toDay } from '../day-range';

interface DayRangePickerProps {
  readonly range: DayRange | null;
  readonly onChange: (range: DayRange) => void;
}

/** A few usual ranges, or any two days. */
export function DayRangePicker({ range, onChange }: DayRangePickerProps) {
  const today = toDay(new Date());
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 gap-1.5">
        {RANGE_PRESETS.map((preset) => (
          <PopoverClose asChild key={preset}>
            <Button size="sm" onClick={() => onChange(presetRange(preset, new Date()))}>
              {preset}
            </Button>
          </PopoverClose>
        ))}
      </div>
      <Field label="First day">
        {({ id }) => (
          <Input
            id={id}
            type="date"
            max={range?.to ?? today}
            value={range?.from ?? ''}
            onChange={({ target }) =>
              target.value && onChange({ from: target.value, to: range?.to ?? today })
            }
          />
        )}
      </Field>
      <Field label="Last day">
        {({ id }) => (
          <Input
            id={id}
            type="date"
            min={range?.from}
            max={today}
            value={range?.to ?? ''}
            onChange={({ target }) =>
              target.value && onChange({ from: range?.from ?? target.value, to: target.value })
            }
          />
        )}
      </Field>
    </div>
  );
}
