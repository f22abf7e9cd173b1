'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { workspaceOf } from '@/config/routes';
import { messageOf } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';
import { useWorkstation } from '@/lib/telephony/telephony-provider';
import { startDialing } from '@/lib/telephony/workstation';
import { takeInSheet } from '../api/sheets';
import type { SheetReview } from '../sheet-review';

/** Uploads and imports the reviewed sheet, goes to its workspace and dials at once. A double click does it once. */
export function useStartSheet(review: SheetReview) {
  const router = useRouter();
  const queries = useQueryClient();
  const workstation = useWorkstation();
  // One id for all tries, so that a lost answer and a second click end up with one sheet.
  const [id] = useState(() => uuid());
  const running = useRef(false);
  const [step, setStep] = useState<'uploading' | 'importing' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function start() {
    const state = review.getSnapshot();
    if (running.current || state.step !== 'read' || state.mapping.phoneColumn === null) return;
    running.current = true;
    setProblem(null);
    // The browser asks for the microphone while the click is fresh.
    void workstation?.prepare().catch(() => undefined);
    try {
      const { preview, country, reading } = state;
      const mapping = {
        ...state.mapping,
        phoneColumn: state.mapping.phoneColumn,
        sheetName: preview.sheetName ?? undefined,
        encoding: reading.encoding,
        delimiter: reading.delimiter,
      };
      await takeInSheet({ id, file: review.file, mapping, country }, setStep);
      void queries.invalidateQueries({ queryKey: queryKeys.sheets });
      if (workstation) void startDialing(workstation, id);
      router.push(workspaceOf(id));
    } catch (error) {
      setProblem(messageOf(error));
      setStep(null);
      running.current = false;
    }
  }

  return { start: () => void start(), step, problem };
}
