'use client';

import { SHEET_DELIMITERS, SHEET_ENCODINGS } from '@outdial/contracts/leads/sheets';
import type { SheetPreview } from '@outdial/sheets';
import { RotateCcw, SlidersHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { delimiterName, encodingChoice, encodingName } from '../reading-words';
import type { ReadState, SheetReview } from '../sheet-review';

/** Header rows are looked for among so many lines; one further down is among them when it was found. */
const HEADER_CHOICES = 60;

interface ReadingFormProps {
  readonly review: SheetReview;
  readonly state: ReadState;
}

/** How the file is read, to be set right by the agent: text by its encoding and delimiter, a workbook by its worksheet. */
export function ReadingForm({ review, state }: ReadingFormProps) {
  const { format, sheets } = state.preview;
  const isText = format === 'text';
  // Once open it stays so: the field that has the focus is not folded away when the reading comes right.
  const [isOpen, setIsOpen] = useState(false);
  const isMisread =
    state.mapping.phoneColumns.length === 0 || state.reading.encoding !== undefined || state.refusal !== null;
  return (
    <>
      <details
        className="group rounded-lg border bg-surface"
        open={isOpen || isMisread}
        onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      >
        <summary className="flex cursor-pointer items-center gap-2 px-4 py-2.5 text-muted hover:text-foreground">
          <SlidersHorizontal aria-hidden="true" className="size-4" />
          <span className="font-medium">Reading options</span>
        </summary>
        <div className="grid gap-3 border-t p-4 sm:grid-cols-2 lg:grid-cols-4">
          <TitlesField review={review} state={state} />
          {isText && <TextReading review={review} state={state} />}
          {!isText && sheets.length > 1 && <WorksheetField review={review} state={state} />}
        </div>
      </details>
      {state.refusal && <Notice tone="error">{state.refusal}</Notice>}
    </>
  );
}

function TitlesField({ review, state: { preview, mapping } }: ReadingFormProps) {
  const lines = [...preview.headRows, ...preview.rows].slice(0, HEADER_CHOICES);
  return (
    <Field label="Column titles">
      {({ id }) => (
        <Select
          id={id}
          value={mapping.headerLine ?? ''}
          onChange={({ target }) => review.setHeaderLine(target.value === '' ? null : Number(target.value))}
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
  );
}

function TextReading({ review, state: { reading, detected, preview } }: ReadingFormProps) {
  const first = useRef<HTMLSelectElement>(null);
  const known = SHEET_ENCODINGS.some((encoding) => encoding === detected.encoding);
  const delimiter = reading.delimiter ?? detected.delimiter;
  const isCorrected = reading.encoding !== undefined || delimiter !== detected.delimiter;

  function readAsDetected() {
    review.setReading({ encoding: undefined, delimiter: undefined });
    // The button goes away; the keyboard stays here.
    first.current?.focus();
  }

  return (
    <>
      <Field
        label="Encoding"
        hint={detected.encoding && `Detected: ${encodingName(detected.encoding)}${sampleOf(preview)}`}
      >
        {({ id, describedBy }) => (
          <Select
            ref={first}
            id={id}
            aria-describedby={describedBy}
            value={reading.encoding ?? detected.encoding ?? ''}
            onChange={({ target: { value } }) =>
              review.setReading({
                encoding:
                  value === detected.encoding ? undefined : SHEET_ENCODINGS.find((it) => it === value),
              })
            }
          >
            {detected.encoding && !known && (
              <option value={detected.encoding}>{encodingName(detected.encoding)}</option>
            )}
            {SHEET_ENCODINGS.map((encoding) => (
              <option key={encoding} value={encoding}>
                {encodingChoice(encoding)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Columns are separated by"
        hint={detected.delimiter && `Detected: ${delimiterName(detected.delimiter)}`}
      >
        {({ id, describedBy }) => (
          <Select
            id={id}
            aria-describedby={describedBy}
            value={delimiter ?? ''}
            onChange={({ target: { value } }) =>
              review.setReading({ delimiter: SHEET_DELIMITERS.find((it) => it === value) })
            }
          >
            {SHEET_DELIMITERS.map((each) => (
              <option key={each} value={each}>
                {delimiterName(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {isCorrected && (
        <Button className="justify-self-start sm:mt-5.5" onClick={readAsDetected}>
          <RotateCcw />
          Read as detected
        </Button>
      )}
    </>
  );
}

/** A word with letters beyond ASCII, by which people see whether the encoding is right. */
function sampleOf({ rows }: SheetPreview): string {
  const word = rows
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => cell.split(/\s+/))
    .find((each) => /\P{ASCII}/u.test(each));
  return word ? ` (“${word.slice(0, 24)}”)` : '';
}

function WorksheetField({ review, state: { preview, reading } }: ReadingFormProps) {
  return (
    <Field label="Worksheet">
      {({ id }) => (
        <Select
          id={id}
          value={reading.sheetName ?? preview.sheetName ?? ''}
          onChange={({ target }) => review.setWorksheet(target.value)}
        >
          {preview.sheets.map(({ name, rows, hidden }) => (
            <option key={name} value={name}>
              {name} ({rows} rows{hidden ? ', hidden' : ''})
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
