import { parentPort } from 'node:worker_threads';
import { extractLeads, guessMapping, readSheet, rejectsCsv, SheetError } from '../src/index';

/** Reads a file down to its leads; says `sound`, or what was wrong with how it was read. */
function read(bytes: Uint8Array): string {
  try {
    const table = readSheet(bytes, 'x');
    const guess = guessMapping(table, { country: 'US' });
    const [first] = table.columns;
    const phoneColumns = guess.phoneColumns.length > 0 ? guess.phoneColumns : [first?.index ?? 0];
    const result = extractLeads(table, { ...guess, phoneColumns }, { country: 'US' });
    rejectsCsv(result);
    const { rows, taken, duplicates, rejected, notData } = result.counts;
    return rows === taken + duplicates + rejected + notData ? 'sound' : 'rows vanished';
  } catch (error) {
    return error instanceof SheetError ? 'sound' : String(error);
  }
}

parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(read(bytes)));
