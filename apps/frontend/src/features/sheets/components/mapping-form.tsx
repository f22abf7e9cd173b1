'use client';

import type { CountryCode } from '@outdial/sheets';
import { Field, Select } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { countryChoices } from '@/lib/countries';
import type { ReadState, SheetReview } from '../sheet-review';
import { ReadingForm } from './reading-form';

/** Header rows are looked for among so many lines. */
const HEADER_CHOICES = 12;

interface MappingFormProps {
  readonly review: SheetReview;
  readonly state: ReadState;
}

/** Which columns mean what and how the file is read, to be set right by the agent. */
export function MappingForm({ review, state }: MappingFormProps) {
  const { preview, mapping, country, isRereading } = state;
  const { columns } = preview;
  const [firstName, lastName] = mapping.nameColumns;
  const lines = [...preview.headRows, ...preview.rows].slice(0, HEADER_CHOICES);
  const [phoneColumn] = mapping.phoneColumns;
  const phoneSamples = columns.find(({ index }) => index === phoneColumn)?.samples.slice(0, 2);

  return (
    <div className="grid gap-3 rounded-lg border bg-surface p-4">
      {phoneColumn === undefined && (
        <Notice tone="wrapup">
          No column looks like telephone numbers. Choose it below.
          {preview.format === 'text' &&
            ' If cells run together or letters look wrong, change the separator or the encoding.'}
        </Notice>
      )}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
        <Field label="Phone numbers" hint={phoneSamples?.join(', ')}>
          {({ id, describedBy }) => (
            <Select
              id={id}
              aria-describedby={describedBy}
              disabled={isRereading}
              value={phoneColumn ?? ''}
              onChange={({ target }) => target.value !== '' && review.setPhoneColumn(Number(target.value))}
            >
              {phoneColumn === undefined && <option value="">Choose a column</option>}
              <ColumnOptions columns={columns} />
            </Select>
          )}
        </Field>
        <Field label="Name, or first name">
          {({ id }) => (
            <Select
              id={id}
              disabled={isRereading}
              value={firstName ?? ''}
              onChange={({ target }) =>
                review.setNameColumns(
                  target.value === '' ? [] : withoutRepeats(Number(target.value), lastName),
                )
              }
            >
              <option value="">None</option>
              <ColumnOptions columns={columns} />
            </Select>
          )}
        </Field>
        <Field label="Last name">
          {({ id }) => (
            <Select
              id={id}
              value={lastName ?? ''}
              disabled={isRereading || firstName === undefined}
              onChange={({ target }) =>
                firstName !== undefined &&
                review.setNameColumns(
                  target.value === '' ? [firstName] : withoutRepeats(firstName, Number(target.value)),
                )
              }
            >
              <option value="">None</option>
              <ColumnOptions columns={columns} />
            </Select>
          )}
        </Field>
        <Field label="Column titles">
          {({ id }) => (
            <Select
              id={id}
              value={mapping.headerLine ?? ''}
              onChange={({ target }) =>
                review.setHeaderLine(target.value === '' ? null : Number(target.value))
              }
            >
              <option value="">No titles</option>
              {lines.map(({ line, cells }) => (
                <option key={line} value={line}>
                  Line {line}: {cells.filter(Boolean).slice(0, 3).join(', ').slice(0, 40)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Country of numbers without one">
          {({ id }) => (
            <Select
              id={id}
              disabled={isRereading}
              value={country}
              onChange={({ target }) => review.setCountry(target.value as CountryCode)}
            >
              {countryChoices().map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <ReadingForm review={review} state={state} />
    </div>
  );
}

function withoutRepeats(first: number, last: number | undefined): number[] {
  return last === undefined || last === first ? [first] : [first, last];
}

function ColumnOptions({
  columns,
}: {
  columns: readonly { index: number; name: string; samples: string[] }[];
}) {
  return columns.map(({ index, name, samples }) => (
    <option key={index} value={index}>
      {name}
      {samples[0] ? ` (${samples[0].slice(0, 24)})` : ''}
    </option>
  ));
}
