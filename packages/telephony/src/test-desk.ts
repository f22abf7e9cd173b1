import 'fake-indexeddb/auto';
import type { CallReport } from '@outdial/contracts';
import { afterEach, expect, vi } from 'vitest';
import { FakePhone } from './call/fake-phone';
import { Microphone } from './call/microphone';
import { FakeQueue } from './dialer/fake-queue';
import { makeLead } from './dialer/test-data';
import { FakeClock } from './fake-clock';
import { FakeFilingServer } from './outbox/fake-filing-server';
import { PageLocks } from './outbox/locks';
import { Outbox } from './outbox/outbox';
import { IdbOutboxStorage } from './outbox/outbox-storage';
import { FakeRecorder } from './recorder/fake-recorder';
import { Workstation } from './workstation';

function makeStream(): MediaStream {
  const track = Object.assign(new EventTarget(), { label: 'Headset', stop: () => {} });
  return { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
}

export const numbers = ['+12025550101', '+12025550102', '+12025550103'];

/** A workstation with a telephone, a recorder and a queue that the test plays. */
export function desk(leads = numbers.map((phone, index) => makeLead(`lead-${index}`, phone))) {
  const name = `desk-${Math.random()}`;
  const clock = new FakeClock();
  const phone = new FakePhone(clock);
  const devices = Object.assign(new EventTarget(), { getUserMedia: vi.fn(async () => makeStream()) });
  const recorder = new FakeRecorder();
  const queue = new FakeQueue('s1', leads);
  const server = new FakeFilingServer();
  const filed: { report: CallReport }[] = [];
  server.onReport = (report) => {
    queue.filed(report);
    filed.push({ report });
  };
  const progress: string[] = [];
  const create = vi.fn(async () => null);
  const page = new EventTarget();
  const workstation = new Workstation({
    phone,
    microphone: new Microphone({ devices }),
    recorder,
    outbox: new Outbox({
      userId: 'ada',
      storage: new IdbOutboxStorage(name),
      locks: new PageLocks(),
      channel: new BroadcastChannel(name),
      network: new EventTarget(),
      clock,
      settleMs: 0,
      server,
    }),
    calls: { create, progress: async ({ phase }) => void progress.push(phase), heartbeat: async () => {} },
    queue,
    sessionId: 'tab-1',
    clock,
    page,
  });
  workstation.start();
  phone.remoteStream = makeStream();
  open.push(workstation);
  const phase = () => workstation.dialer.getSnapshot().phase;
  const invited = (count: number) => vi.waitFor(() => expect(phone.invites).toHaveLength(count));
  return {
    clock,
    create,
    devices,
    filed,
    invited,
    page,
    phase,
    phone,
    progress,
    queue,
    recorder,
    server,
    workstation,
  };
}

const open: Workstation[] = [];
afterEach(() => {
  for (const workstation of open.splice(0)) workstation.close();
});
