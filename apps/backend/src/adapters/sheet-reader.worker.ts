import { readFileSync } from 'node:fs';
import { extractLeads, readSheet, SheetError, sniffSheet } from '@outdial/sheets';
import type { SheetTask, SheetTaskResult } from './sheet-reader';

export default function run(task: SheetTask): SheetTaskResult {
  try {
    const bytes = new Uint8Array(readFileSync(task.path));
    if (task.kind === 'sniff') return { kind: 'done', answer: sniffSheet(bytes) };
    const table = readSheet(bytes, task.fileName, task.options);
    return { kind: 'done', answer: extractLeads(table, task.mapping, { country: task.country }) };
  } catch (error) {
    if (error instanceof SheetError) return { kind: 'unreadable', code: error.code, message: error.message };
    throw error;
  }
}
