import { describe, expect, it, vi } from 'vitest';
import { refused } from './dialer/fake-queue';
import { desk, numbers } from './test-desk';

describe('a call by hand', () => {
  it('has a row before its INVITE, is recorded, and is filed', async () => {
    const { clock, create, filed, invited, phone, progress, recorder, server, workstation } = desk();
    const callId = await workstation.dial('+12025550101');
    expect(phone.invites).toEqual([]);
    await invited(1);
    expect(create).toHaveBeenCalledWith({ callId, destination: '+12025550101' });
    phone.ring();
    expect(recorder.running).toBe(0);
    clock.advance(1_000);
    phone.answer();
    expect(workstation.getSnapshot()).toMatchObject({ recording: 'on', call: { name: 'connected' } });
    phone.remoteBye();
    expect(workstation.getSnapshot().recording).toBe('off');
    await vi.waitFor(() => expect(filed).toHaveLength(1));
    expect(filed[0]).toMatchObject({
      report: { callId, status: 'answered', hangupBy: 'remote', sipCallId: 'fake-sip-call' },
    });
    await vi.waitFor(() => expect(server.recordings.get(callId)).toBe('begin end'));
    expect(progress).toEqual(['ringing', 'answered']);
  });

  it('goes on when its recording fails, and says so', async () => {
    const { filed, invited, phone, recorder, workstation } = desk();
    await workstation.dial('+12025550101');
    await invited(1);
    phone.answer();
    recorder.hear(false);
    expect(workstation.getSnapshot()).toMatchObject({ recording: 'failed', call: { name: 'connected' } });
    recorder.hear(true);
    expect(workstation.getSnapshot().recording).toBe('on');
    phone.remoteBye();
    recorder.hear(false);
    expect(workstation.getSnapshot().recording).toBe('off');
    await vi.waitFor(() => expect(filed[0]?.report).toMatchObject({ status: 'answered' }));
  });

  it('that the server refuses sends no INVITE and files nothing', async () => {
    const { create, filed, phone, workstation } = desk();
    create.mockRejectedValueOnce(refused('forbidden', 403));
    await workstation.dial('+12025550101');
    await vi.waitFor(() => expect(workstation.getSnapshot().call.name).toBe('ended'));
    expect(workstation.getSnapshot().call).toMatchObject({ outcome: { status: 'failed' } });
    await workstation.dial('+12025550102');
    await vi.waitFor(() => expect(phone.invites).toHaveLength(1));
    phone.refuse({ code: 486 });
    await vi.waitFor(() => expect(filed.map(({ report }) => report.status)).toEqual(['busy']));
  });

  it('does not disturb the call in progress', async () => {
    const { filed, invited, phone, workstation } = desk();
    const callId = await workstation.dial('+12025550101');
    await invited(1);
    phone.answer();
    await expect(workstation.dial('+12025550102')).rejects.toMatchObject({ code: 'call-in-progress' });
    phone.remoteBye();
    await vi.waitFor(() => expect(filed.map(({ report }) => report.callId)).toEqual([callId]));
  });

  it('tells when the microphone is refused', async () => {
    const { devices, workstation } = desk();
    devices.getUserMedia.mockRejectedValue(Object.assign(new Error(), { name: 'NotAllowedError' }));
    await expect(workstation.dial('+12025550101')).rejects.toMatchObject({ problem: 'denied' });
    expect(workstation.getSnapshot().microphone).toMatchObject({ state: 'problem' });
  });
});

describe('dialing a sheet', () => {
  it('claims no lead while the page is being left in a call', async () => {
    const { invited, phase, phone, queue, workstation } = desk();
    workstation.dialer.start('s1');
    await invited(1);
    phone.answer();
    phone.leavePage();
    expect(phase()).toMatchObject({ name: 'paused', reason: 'agent' });
    expect(queue.claims).toHaveLength(1);
  });

  it('goes through it by itself, one call at a time, and files each', async () => {
    const { filed, invited, phase, phone, workstation } = desk();
    workstation.dialer.start('s1');
    await invited(1);
    phone.refuse({ code: 486 });
    await invited(2);
    phone.ring();
    phone.answer();
    expect(phase().name).toBe('talking');
    phone.remoteBye();
    await invited(3);
    phone.refuse({ code: 404 });
    await vi.waitFor(() => expect(phase().name).toBe('finished'));
    expect(phone.invites.map(({ destination }) => destination)).toEqual(numbers);
    await vi.waitFor(() =>
      expect(filed.map(({ report }) => [report.leadId, report.status])).toEqual([
        ['lead-0', 'busy'],
        ['lead-1', 'answered'],
        ['lead-2', 'invalid-number'],
      ]),
    );
  });

  it('begins the next call in the same tick, and its INVITE waits for the claim alone', async () => {
    const { invited, phase, phone, queue, workstation } = desk();
    workstation.dialer.start('s1');
    await invited(1);
    let letThrough = () => {};
    queue.gate = new Promise((resolve) => {
      letThrough = resolve;
    });
    phone.refuse({ code: 486 });
    expect(workstation.getSnapshot().call).toMatchObject({ name: 'dialing', destination: numbers[1] });
    expect(phase()).toMatchObject({ name: 'dialing', lead: { id: 'lead-1' } });
    expect(phone.invites).toHaveLength(1);
    letThrough();
    await invited(2);
  });

  it('passes over a lead that another page has taken, and files nothing for it', async () => {
    const { filed, invited, phase, phone, queue, workstation } = desk();
    workstation.dialer.start('s1');
    await invited(1);
    queue.takeAway('lead-1');
    phone.refuse({ code: 486 });
    await invited(2);
    expect(phone.invites.map(({ destination }) => destination)).toEqual([numbers[0], numbers[2]]);
    phone.refuse({ code: 486 });
    await vi.waitFor(() => expect(phase().name).toBe('finished'));
    await vi.waitFor(() => expect(filed.map(({ report }) => report.leadId)).toEqual(['lead-0', 'lead-2']));
  });

  it('pauses when another page takes over, and takes the sheet back when resumed', async () => {
    const { invited, phase, phone, queue, workstation } = desk();
    workstation.dialer.start('s1');
    await invited(1);
    queue.takeOver('tab-2');
    phone.refuse({ code: 486 });
    await vi.waitFor(() => expect(phase()).toMatchObject({ name: 'paused', reason: 'taken-over' }));
    workstation.dialer.resume();
    await invited(2);
    expect(phone.invites[1]?.destination).toBe(numbers[1]);
  });

  it('pauses with the way out when the microphone is denied', async () => {
    const { devices, phase, workstation } = desk();
    devices.getUserMedia.mockRejectedValueOnce(Object.assign(new Error(), { name: 'NotAllowedError' }));
    workstation.dialer.start('s1');
    await vi.waitFor(() => expect(phase()).toMatchObject({ name: 'paused', reason: 'microphone' }));
    expect(phase()).toMatchObject({ message: expect.stringMatching(/blocked/) });
  });

  it('rings out after the set time and goes on', async () => {
    const { clock, filed, invited, phone, workstation } = desk();
    workstation.setRingTimeout(20_000);
    workstation.dialer.start('s1');
    await invited(1);
    phone.ring();
    clock.advance(20_000);
    await invited(2);
    await vi.waitFor(() =>
      expect(filed[0]?.report).toMatchObject({ status: 'no-answer', hangupBy: 'system', ringMs: 20_000 }),
    );
  });

  it('ends wrap-up on time also when timers were held up while the tab was hidden', async () => {
    const { clock, invited, page, phase, phone, workstation } = desk();
    workstation.dialer.setWrapUp(5_000);
    workstation.dialer.start('s1');
    await invited(1);
    phone.refuse({ code: 486 });
    expect(phase().name).toBe('wrapUp');
    clock.sleep(60_000);
    page.dispatchEvent(new Event('visibilitychange'));
    await invited(2);
  });

  it('keeps one reference until something changes', async () => {
    const { workstation } = desk();
    expect(workstation.getSnapshot()).toBe(workstation.getSnapshot());
    expect(workstation.dialer.getSnapshot()).toBe(workstation.dialer.getSnapshot());
  });
});
