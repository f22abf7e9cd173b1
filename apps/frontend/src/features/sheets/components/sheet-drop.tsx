'use client';

import { MAX_SHEET_BYTES } from '@outdial/contracts/leads/uploads';
import { FileUp, Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ErrorCode, type FileRejection, useDropzone } from 'react-dropzone';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/hooks/use-hydrated';
import { cn } from '@/lib/cn';

const ACCEPT = {
  'text/csv': ['.csv', '.tsv', '.txt'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/vnd.ms-excel': ['.xls'],
  'application/vnd.oasis.opendocument.spreadsheet': ['.ods'],
};

function wordsOf({ file, errors }: FileRejection): string {
  switch (errors[0]?.code) {
    case ErrorCode.FileTooLarge:
      return `${file.name} is larger than 20 MB. Split it into smaller sheets.`;
    case ErrorCode.TooManyFiles:
      return 'Upload one sheet at a time.';
    default:
      return `${file.name} is not a sheet. Use CSV, TSV, XLSX, XLS or ODS.`;
  }
}

/** Takes a sheet by click, key or drop. */
export function SheetDrop({ onFile }: { onFile: (file: File) => void }) {
  const hydrated = useHydrated();
  const [problem, setProblem] = useState<string | null>(null);
  const { getRootProps, getInputProps, inputRef, open, isDragActive } = useDropzone({
    accept: ACCEPT,
    maxFiles: 1,
    maxSize: MAX_SHEET_BYTES,
    multiple: false,
    noClick: true,
    noKeyboard: true,
    onDrop: ([file], [rejection]) => {
      setProblem(rejection ? wordsOf(rejection) : null);
      if (file) onFile(file);
    },
  });
  // A file that was chosen before the page came to life is chosen now.
  useEffect(() => {
    if (inputRef.current?.files?.length)
      inputRef.current.dispatchEvent(new Event('change', { bubbles: true }));
  }, [inputRef]);

  return (
    <section aria-label="New sheet" className="grid gap-2">
      <div
        {...getRootProps({ role: 'presentation', tabIndex: -1 })}
        className={cn(
          'flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-dashed border-border-strong bg-surface px-5 py-5 transition-colors',
          isDragActive && 'border-accent bg-hover',
        )}
      >
        <input
          {...getInputProps({ 'aria-label': 'Upload sheet', hidden: true, style: { display: 'none' } })}
        />
        <FileUp aria-hidden="true" className="size-8 shrink-0 stroke-[1.25] text-muted" />
        <div className="min-w-48 flex-1">
          <p className="font-medium">
            {isDragActive ? 'Drop the sheet here' : 'Drop a sheet of leads here, or choose one'}
          </p>
          <p className="text-xs text-muted">CSV, TSV, XLSX, XLS or ODS. Up to 20 MB and 100,000 rows.</p>
        </div>
        <Button variant="primary" disabled={!hydrated} onClick={open}>
          <Upload />
          Upload sheet
        </Button>
      </div>
      {problem && <Notice tone="error">{problem}</Notice>}
    </section>
  );
}
