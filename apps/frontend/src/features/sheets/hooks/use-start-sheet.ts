'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { workspaceOf } from '@/config/routes';
import { messageOf } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';
import { intakeOf } from '@/lib/sheet-intake';
import { useWorkstation } from '@/lib/telephony/telephony-provider';
import { startDialing } from '@/lib/telephony/workstation';
import { importSheet, uploadSheet, useSheet } from '../api/sheets';
import type { SheetReview } from '../sheet-review';

/** `asking`: the server has not said yet that it will take the sheet in. */
type Step = 'uploading' | 'asking' | 'importing';

/**
 * Uploads the reviewed sheet, has it taken in, goes to its workspace and dials at once. A double click does it once.
 *
 * @param storedAs the sheet's id when the server has the file already
 * @param without earlier sheets whose numbers are left out
 */
export function useStartSheet(review: SheetReview, storedAs: string | null, without: readonly string[]) {
  const router = useRouter();
  const queries = useQueryClient();
  const workstation = useWorkstation();
  // One id for all tries, so that a lost answer and a second click end up with one sheet.
  const [id] = useState(() => storedAs ?? uuid());
  const isStored = useRef(storedAs !== null);
  const running = useRef(false);
  const [step, setStep] = useState<Step | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const sheet = useSheet(id, step === 'importing').data;
  const intake = step === 'importing' && sheet ? intakeOf(sheet) : undefined;

  function giveUp(message: string) {
    setProblem(message);
    setStep(null);
    running.current = false;
  }

  async function start() {
    const state = review.getSnapshot();
    if (running.current || state.step !== 'read' || state.mapping.phoneColumns.length === 0) return;
    running.current = true;
    setProblem(null);
    setStep(isStored.current ? 'asking' : 'uploading');
    // The browser asks for the microphone while the click is fresh.
    void workstation?.prepare().catch(() => undefined);
    try {
      const { preview, reading } = state;
      const mapping = {
        ...state.mapping,
        sheetName: preview.sheetName ?? undefined,
        encoding: reading.encoding,
        delimiter: reading.delimiter,
        without: [...without],
      };
      if (!isStored.current) await uploadSheet(id, review.file);
      isStored.current = true;
      setStep('asking');
      await importSheet(id, mapping);
      // What is known of the sheet may be an earlier failure.
      await queries.resetQueries({ queryKey: queryKeys.sheet(id) });
      setStep('importing');
    } catch (error) {
      giveUp(messageOf(error));
    }
  }

  const onIntake = useEffectEvent(() => {
    if (intake?.state === 'failed') giveUp(intake.message);
    if (intake !== null) return;
    void queries.invalidateQueries({ queryKey: queryKeys.sheets });
    if (workstation) void startDialing(workstation, id);
    router.push(workspaceOf(id));
  });
  const news = intake === null ? 'taken-in' : intake?.state;
  useEffect(() => {
    if (news === 'taken-in' || news === 'failed') onIntake();
  }, [news]);

  return { start: () => void start(), step, intake: intake ?? null, problem };
}
