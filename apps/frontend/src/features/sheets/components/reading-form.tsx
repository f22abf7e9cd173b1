'use client';

import { SHEET_DELIMITERS, SHEET_ENCODINGS } from '@outdial/contracts/leads/sheets';
import { RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { delimiterName, encodingChoice, encodingName } from '../reading-words';
import type { ReadState, SheetReview } from '../sheet-review';

interface ReadingFormProps {
  readonly review: SheetReview;
  readonly state: ReadState;
}

/** How the file is read, to be set right by the agent: text by its encoding and delimiter, a workbook by its worksheet. */
export function ReadingForm({ review, state }: ReadingFormProps) {
  const { format, sheets } = state.preview;
  if (format !== 'text' && sheets.length < 2) return null;
  return (
    <div className="grid gap-3 border-t pt-3">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
        {format === 'text' ? (
          <TextReading review={review} state={state} />
        ) : (
          <WorksheetField review={review} state={state} />
        )}
      </div>
      {state.refusal && <Notice tone="error">{state.refusal}</Notice>}
    </div>
  );
}

function TextReading({ review, state: { reading, detected } }: ReadingFormProps) {
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
      <Field label="Encoding" hint={detected.encoding && `Detected: ${encodingName(detected.encoding)}`}>
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
