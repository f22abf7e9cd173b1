import type { CallDetail } from '@outdial/contracts';
import { expect } from '@playwright/test';
import { endpoints, type Session } from './outdial';

/** All calls in this session's scope, oldest first. */
export async function callsOf({ api }: Pick<Session, 'api'>) {
  const { items } = await api(endpoints.calls.list, { query: { limit: 100 } });
  return items.reverse();
}

/** The one call to this number, once it has ended and its recording, if it was answered, has arrived. */
export async function filedCall(session: Pick<Session, 'api'>, number: string): Promise<CallDetail> {
  let found: CallDetail | undefined;
  await expect
    .poll(
      async () => {
        const calls = (await callsOf(session)).filter(({ destination }) => destination === number);
        expect(calls.length, `calls to ${number}`).toBeLessThanOrEqual(1);
        const [call] = calls;
        if (!call || call.status === 'in-progress') return false;
        if (call.status === 'answered' && !call.recording) return false;
        found = await session.api(endpoints.calls.show, { params: { callId: call.id } });
        return true;
      },
      { message: `the call to ${number} is filed`, timeout: 15_000 },
    )
    .toBe(true);
  if (!found) throw new Error(`The call to ${number} was not filed.`);
  return found;
}

/** The stored audio, as bytes. */
export async function recordingBytes(session: Session, call: CallDetail): Promise<Buffer> {
  if (!call.recording) throw new Error(`The call to ${call.destination} has no recording.`);
  const response = await session.fetch(call.recording.url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
