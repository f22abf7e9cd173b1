import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { type BookType, utils, write } from 'xlsx';

/** What one file may take of a thread, as in the page and on the server. */
const LIMITS = { timeMs: 20_000, memoryMb: 1024 };

const PEOPLE = [
  ['Name', 'Phone', 'Mobile', 'Since', 'Note'],
  ['Zoë Müller', '(202) 555-0101', '+1 202 555 0111', 45_000, 'a "quoted", note'],
  ['Łukasz Wiśniewski', 12025550102, '', 45_001, 'two\nlines'],
  ['Иван Петров', '202-555-0103 x7', 'n/a', 45_002, '=1+1'],
  ['李小龙', '2025550104', '2025550114', 45_003, '😜'],
];

/** Sound files of every format, to be damaged. */
function seeds(): Uint8Array[] {
  const sheet = utils.aoa_to_sheet(PEOPLE);
  const book = utils.book_new(sheet, 'Leads');
  const workbooks = (['xlsx', 'xlsb', 'xls', 'biff5', 'ods'] as BookType[]).flatMap((bookType) =>
    [true, false].map((compression) => new Uint8Array(write(book, { type: 'array', bookType, compression }))),
  );
  const text = PEOPLE.map((row) =>
    row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(';'),
  ).join('\r\n');
  return [
    ...workbooks,
    ...['utf-8', 'utf-16le', 'windows-1252', 'gb18030'].map(
      (encoding) => new Uint8Array(iconv.encode(text, encoding)),
    ),
  ];
}

/** Files made from sound ones: bytes flipped, pieces cut out, doubled, or put in from another. */
export function mutatedFiles(count: number, seed: number): Uint8Array[] {
  const sound = seeds();
  const change = fc.record({
    kind: fc.constantFrom('flip', 'flip', 'flip', 'cut', 'double', 'insert', 'end'),
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    length: fc.integer({ min: 1, max: 400 }),
    byte: fc.nat(255),
    from: fc.nat(sound.length - 1),
  });
  const file = fc
    .tuple(fc.constantFrom(...sound), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([start, changes]) => {
      let bytes: Uint8Array = start.slice();
      for (const { kind, at, length, byte, from } of changes) {
        const place = Math.floor(at * bytes.length);
        if (kind === 'flip') bytes[place] = byte;
        else if (kind === 'cut') bytes = joined(bytes.subarray(0, place), bytes.subarray(place + length));
        else if (kind === 'end') bytes = bytes.slice(0, place);
        else {
          const source = kind === 'double' ? bytes : (sound[from] ?? bytes);
          bytes = joined(
            bytes.subarray(0, place),
            source.subarray(place, place + length),
            bytes.subarray(place),
          );
        }
      }
      return bytes;
    });
  return fc.sample(file, { numRuns: count, seed });
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export interface Fault {
  readonly index: number;
  readonly what: string;
}

/** Reads files one after another in a thread with limits; what hangs, explodes or throws is a fault. */
export async function faultsOf(files: readonly Uint8Array[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  let worker = start();
  for (const [index, bytes] of files.entries()) {
    const what = await outcomeOf(worker, bytes);
    if (what === 'sound') continue;
    faults.push({ index, what });
    await worker.terminate();
    worker = start();
  }
  await worker.terminate();
  return faults;
}

function start(): Worker {
  return new Worker(new URL('./fuzz-worker.mjs', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.memoryMb },
  });
}

function outcomeOf(worker: Worker, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done('took too long'), LIMITS.timeMs);
    const onMessage = (answer: string) => done(answer);
    const onError = (error: Error) => done(String(error));
    function done(what: string): void {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      resolve(what);
    }
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(bytes);
  });
}
