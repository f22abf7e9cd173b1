import { useId } from 'react';
import { cn } from '@/lib/cn';

interface ChoiceProps<Value extends string> {
  /** What is asked, for screen readers. */
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly words: string }[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
}

/** One of a few answers, side by side. */
export function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className="flex max-w-full flex-wrap gap-0.5 rounded-md bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'flex min-h-7 cursor-pointer items-center rounded px-2.5 py-1 text-xs font-medium text-muted hover:text-foreground has-focus-visible:outline-2',
            value === option.value && 'border bg-surface text-foreground',
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.words}
        </label>
      ))}
    </fieldset>
  );
}
