import type { CallReport } from '@outdial/contracts';
import type { FilingServer, RecordedChunk, SentRecording } from './delivery';

/** An answer other than success. */
export const httpError = (status: number, message = `Error ${status}`) =>
  Object.assign(new Error(message), { status });

type Request = keyof FilingServer;

/** For tests: a server that answers as told, and otherwise takes everything. */
export class FakeFilingServer implements FilingServer {
  readonly reports: CallReport[] = [];
  /** Recordings of which all has come, as text. */
  readonly recordings = new Map<string, string>();
  /** Requests in the order in which they came. */
  readonly requests: string[] = [];
  /** What the next requests get instead. */
  readonly answers: Record<Request, (Error | 'never')[]> = {
    fileReport: [],
    sendChunk: [],
    completeRecording: [],
  };
  onReport: (report: CallReport) => void = () => {};
  /** Called before a chunk is taken; time passes here. */
  onChunk: (chunk: RecordedChunk) => void = () => {};
  readonly #chunks = new Map<string, Map<number, string>>();

  async fileReport(report: CallReport, signal: AbortSignal): Promise<void> {
    await this.#answer('fileReport', report.callId, signal);
    this.reports.push(report);
    this.onReport(report);
  }

  async sendChunk(chunk: RecordedChunk, signal: AbortSignal): Promise<void> {
    await this.#answer('sendChunk', `${chunk.callId}/${chunk.n}`, signal);
    if (chunk.sha256 !== (await sha256(chunk.bytes))) throw httpError(422);
    this.onChunk(chunk);
    const chunks = this.#chunks.get(chunk.callId) ?? new Map<number, string>();
    this.#chunks.set(chunk.callId, chunks.set(chunk.n, new TextDecoder().decode(chunk.bytes)));
  }

  async completeRecording({ callId, chunks, root }: SentRecording, signal: AbortSignal) {
    await this.#answer('completeRecording', callId, signal);
    const come = this.#chunks.get(callId) ?? new Map<number, string>();
    const all = Array.from({ length: chunks }, (_, n) => come.get(n));
    const missing = all.flatMap((chunk, n) => (chunk === undefined ? [{ from: n, to: n }] : []));
    if (missing.length > 0) return missing;
    const hashes = await Promise.all(all.map((chunk) => sha256(new TextEncoder().encode(chunk))));
    const bytes = Uint8Array.from(hashes.join('').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    if (root !== (await sha256(bytes))) throw httpError(409);
    this.recordings.set(callId, all.join(''));
    return [];
  }

  get ids(): string[] {
    return this.reports.map(({ callId }) => callId);
  }

  /** As a server that has lost them. */
  forgetChunks(callId: string): void {
    this.#chunks.delete(callId);
  }

  async #answer(request: Request, what: string, signal: AbortSignal): Promise<void> {
    this.requests.push(`${request} ${what}`);
    const answer = this.answers[request].shift();
    if (answer === 'never')
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    if (answer instanceof Error) throw answer;
  }
}

async function sha256(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
