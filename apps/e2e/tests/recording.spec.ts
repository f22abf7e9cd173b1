import { writeFile } from 'node:fs/promises';
import { probe, StereoAudio, toneLevel } from '../src/audio';
import { filedCall, recordingBytes } from '../src/calls';
import { expect, keepSoundAsItIs, test } from '../src/fixtures';
import { CARRIER_HZ, MICROPHONE_HZ } from '../src/run';
import { csvFile, leadsEndingIn } from '../src/sheets';

/** A tone that is there is louder than this, one that is not is quieter by the margin, in dB. */
const LOUD = -25;
const MARGIN = 25;

test.describe('a recording', () => {
  test.beforeEach(({ context }) => keepSoundAsItIs(context));

  test('has the agent on its left, the other party on its right, and the length of the talk', async ({
    agent: { page, dock, sheets, session },
  }, testInfo) => {
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550108');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('Recording')).toBeVisible();
    await expect(dock.call.getByText('0:04')).toBeVisible();
    await dock.call.getByRole('button', { name: 'Hang up' }).click();

    const call = await filedCall(session, '+12025550108');
    const file = testInfo.outputPath('call.webm');
    await writeFile(file, await recordingBytes(session, call));
    const { duration, streams } = await probe(file);
    expect(streams).toEqual([{ codec_name: 'opus', channels: 2 }]);
    expect(Math.abs(duration - (call.talkMs ?? 0) / 1000)).toBeLessThan(0.5);
    expect(Math.abs((call.recording?.durationMs ?? 0) - duration * 1000)).toBeLessThan(100);

    const audio = await StereoAudio.decode(file);
    expect(Math.abs(audio.seconds - duration)).toBeLessThan(0.2);
    const left = { own: toneLevel(audio.left, MICROPHONE_HZ), other: toneLevel(audio.left, CARRIER_HZ) };
    const right = { own: toneLevel(audio.right, CARRIER_HZ), other: toneLevel(audio.right, MICROPHONE_HZ) };
    expect(left.own, 'microphone on the left').toBeGreaterThan(LOUD);
    expect(right.own, 'far end on the right').toBeGreaterThan(LOUD);
    expect(left.own - left.other, 'left without the far end').toBeGreaterThan(MARGIN);
    expect(right.own - right.other, 'right without the microphone').toBeGreaterThan(MARGIN);
    await page.close();
  });

  test('is silent on the left while muted, and on both sides on hold', async ({
    agent: { dock, sheets, session },
  }, testInfo) => {
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550109');
    await dock.expectCall('connected');
    const mute = dock.call.getByRole('button', { name: 'Mute' });
    const hold = dock.call.getByRole('button', { name: 'Hold' });
    await mute.click();
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await expect(dock.call.getByText('0:03')).toBeVisible();
    await mute.click();
    await expect(mute).toHaveAttribute('aria-pressed', 'false');
    await expect(dock.call.getByText('0:05')).toBeVisible();
    await hold.click();
    await dock.expectCall('held');
    await expect(dock.call.getByText('0:08')).toBeVisible();
    await hold.click();
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:10')).toBeVisible();
    await dock.call.getByRole('button', { name: 'Hang up' }).click();

    const call = await filedCall(session, '+12025550109');
    const file = testInfo.outputPath('call.webm');
    await writeFile(file, await recordingBytes(session, call));
    const audio = await StereoAudio.decode(file);
    const microphone = (fromS: number, toS: number) => toneLevel(audio.left, MICROPHONE_HZ, { fromS, toS });
    const farEnd = (fromS: number, toS: number) => toneLevel(audio.right, CARRIER_HZ, { fromS, toS });
    expect(microphone(1, 2.5), 'muted').toBeLessThan(-60);
    expect(farEnd(1, 2.5), 'far end while muted').toBeGreaterThan(LOUD);
    expect(microphone(3.7, 4.8), 'after mute').toBeGreaterThan(LOUD);
    expect(microphone(6, 7.7), 'on hold').toBeLessThan(-60);
    expect(farEnd(6, 7.7), 'far end on hold').toBeLessThan(LOUD - MARGIN);
    expect(microphone(8.8, 9.8), 'after hold').toBeGreaterThan(LOUD);
    expect(farEnd(8.8, 9.8), 'far end after hold').toBeGreaterThan(LOUD);
  });

  test('of the echo number brings the own voice back: audio goes both ways', async ({
    agent: { dock, sheets, session },
  }, testInfo) => {
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('*43');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:03')).toBeVisible();
    for (const state of ['held', 'connected', 'held', 'connected'] as const) {
      await dock.call.getByRole('button', { name: 'Hold' }).click();
      await dock.expectCall(state);
    }
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    const call = await filedCall(session, '*43');
    const file = testInfo.outputPath('echo.webm');
    await writeFile(file, await recordingBytes(session, call));
    const audio = await StereoAudio.decode(file);
    expect(toneLevel(audio.left, MICROPHONE_HZ)).toBeGreaterThan(LOUD);
    expect(toneLevel(audio.right, MICROPHONE_HZ)).toBeGreaterThan(LOUD);
  });

  test('answers range requests, and nothing beyond its end', async ({
    agent: { workspace, sheets, session, page },
  }) => {
    await sheets.goto();
    await sheets.choose(csvFile(leadsEndingIn('6')));
    await sheets.start();
    await workspace.expectDialer('finished', 20_000);
    const [phone = ''] = leadsEndingIn('6').map((lead) => lead.phone);
    const call = await filedCall(session, phone);
    const whole = await recordingBytes(session, call);
    expect(whole.length).toBe(call.recording?.sizeBytes);
    const url = call.recording?.url ?? '';
    const part = await session.fetch(url, { headers: { range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
    const beyond = await session.fetch(url, { headers: { range: `bytes=${whole.length}-` } });
    expect(beyond.status).toBe(416);
    const download = await session.fetch(`${url}?download=1`);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="?.+\.webm/);
    await page.close();
  });
});
