import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { endpoints, type Session } from '../../src/outdial';
import { csvFile } from '../../src/sheets';

/**
 * Claims leads through the API until it runs as one does that has been up for an hour: Node compiles what runs often,
 * and the first few dozen claims take four times as long as the hundredth.
 * @returns milliseconds of each claim
 */
export async function warmUp({ api }: Session, numbers: readonly string[]): Promise<number[]> {
  const { buffer, name } = csvFile(numbers.map((phone, index) => ({ name: `Warm ${index}`, phone })));
  const file = new Blob([buffer], { type: 'text/csv' });
  const sheet = await api(endpoints.uploads.create, { body: { id: randomUUID() }, file, fileName: name });
  const params = { sheetId: sheet.id };
  await api(endpoints.sheets.import, {
    params,
    body: { mapping: { headerLine: 1, phoneColumns: [1], nameColumns: [0] } },
  });
  while ((await api(endpoints.sheets.show, { params })).counts === null) await setTimeout(100);
  const dialerSessionId = randomUUID();
  const took: number[] = [];
  let queue = await api(endpoints.queue.open, { params, body: { dialerSessionId, takeOver: false } });
  while (queue.upcoming.length > 0) {
    for (const { id: leadId, phone: destination } of queue.upcoming) {
      const before = performance.now();
      await api(endpoints.calls.create, {
        body: { id: randomUUID(), leadId, destination, dialerSessionId },
      });
      took.push(performance.now() - before);
    }
    queue = await api(endpoints.queue.show, { params, query: { dialerSessionId } });
  }
  return took;
}
