'use client';

import { CALL_STATUSES, type CallStatus } from '@outdial/contracts/core/call-status';
import { Search, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ToneDot } from '@/components/call/tone-dot';
import { Button } from '@/components/ui/button';
import { Input, Select } from '@/components/ui/field';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { cn } from '@/lib/cn';
import { CALL_STATUS_TONES, CALL_STATUS_WORDS } from '@/lib/tones';
import { useCallAgents } from '../api/calls';
import { type CallFilters, searchOf } from '../call-filters';
import { rangeWords } from '../day-range';
import { DayRangePicker } from './day-range-picker';

interface CallFilterBarProps {
  readonly filters: CallFilters;
  readonly onChange: (filters: CallFilters) => void;
  readonly withAgents: boolean;
}

/** Filters as chips; each says what it is set to and can be taken away. */
export function CallFilterBar({ filters, onChange, withAgents }: CallFilterBarProps) {
  const agents = useCallAgents(withAgents).data;
  const { from, to, status, agent, name, number } = filters;
  const without = (...names: (keyof CallFilters)[]): CallFilters =>
    Object.fromEntries(
      Object.entries(filters).filter(([name]) => !names.includes(name as keyof CallFilters)),
    );
  const range = from || to ? { from: from ?? to ?? '', to: to ?? from ?? '' } : null;

  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        key={name ?? number}
        searched={name ?? number ?? ''}
        onChange={(text) => onChange({ ...without('name', 'number'), ...searchOf(text) })}
      />
      <Chip
        name="Days"
        value={range && rangeWords(range, new Date())}
        onClear={() => onChange(without('from', 'to'))}
      >
        <DayRangePicker range={range} onChange={(next) => onChange({ ...filters, ...next })} />
      </Chip>
      <Chip
        name="Status"
        value={status?.map((word) => CALL_STATUS_WORDS[word]).join(', ')}
        onClear={() => onChange(without('status'))}
      >
        <StatusChoices
          chosen={status ?? []}
          onChange={(next) => onChange(next.length > 0 ? { ...filters, status: next } : without('status'))}
        />
      </Chip>
      {withAgents && (
        <Select
          aria-label="Agent"
          key={agent}
          defaultValue={agent ?? ''}
          onChange={({ target }) =>
            onChange(target.value ? { ...filters, agent: target.value } : without('agent'))
          }
          className={cn('w-auto max-w-44', !agent && 'border-dashed text-muted')}
        >
          <option value="">All agents</option>
          {agents?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {Object.keys(filters).length > 0 && (
        <Button variant="ghost" onClick={() => onChange({})}>
          Clear all
        </Button>
      )}
    </search>
  );
}

interface ChipProps {
  readonly name: string;
  readonly value: string | null | undefined;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

function Chip({ name, value, onClear, children }: ChipProps) {
  return (
    <Popover>
      <div
        className={cn(
          'flex h-8 items-center rounded-md border border-border-strong bg-surface',
          !value && 'border-dashed',
        )}
      >
        <PopoverTrigger
          className={cn('h-full max-w-64 truncate rounded-md px-2.5 hover:bg-hover', !value && 'text-muted')}
        >
          {name}
          {value && <span className="font-medium">: {value}</span>}
        </PopoverTrigger>
        {value && (
          <Button variant="ghost" size="icon-sm" aria-label={`Clear ${name.toLowerCase()}`} onClick={onClear}>
            <X />
          </Button>
        )}
      </div>
      <PopoverContent aria-label={name}>{children}</PopoverContent>
    </Popover>
  );
}

interface StatusChoicesProps {
  readonly chosen: readonly CallStatus[];
  readonly onChange: (chosen: CallStatus[]) => void;
}

function StatusChoices({ chosen: initial, onChange }: StatusChoicesProps) {
  // The URL follows a moment later; the boxes answer at once.
  const [chosen, setChosen] = useState(initial);
  function choose(status: CallStatus, on: boolean) {
    const next = CALL_STATUSES.filter((each) => (each === status ? on : chosen.includes(each)));
    setChosen(next);
    onChange(next);
  }
  return (
    <fieldset className="grid gap-0.5">
      <legend className="sr-only">Status</legend>
      {CALL_STATUSES.map((status) => (
        <label key={status} className="flex h-7 items-center gap-2 rounded px-1.5 hover:bg-hover">
          <input
            type="checkbox"
            className="size-3.5 accent-(--accent)"
            checked={chosen.includes(status)}
            onChange={({ target }) => choose(status, target.checked)}
          />
          <ToneDot tone={CALL_STATUS_TONES[status]} />
          {CALL_STATUS_WORDS[status]}
        </label>
      ))}
    </fieldset>
  );
}

interface SearchFieldProps {
  readonly searched: string;
  readonly onChange: (text: string) => void;
}

function SearchField({ searched, onChange }: SearchFieldProps) {
  const [text, setText] = useState(searched);
  return (
    <form
      className="relative w-60"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text);
      }}
    >
      <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <Input
        type="search"
        enterKeyHint="search"
        aria-label="Find a name or number"
        placeholder="Find a name or number"
        maxLength={100}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text.trim() !== searched && onChange(text)}
        className="pl-8"
      />
    </form>
  );
}
