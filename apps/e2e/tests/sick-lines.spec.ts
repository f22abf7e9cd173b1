import { writeFile } from 'node:fs/promises';
import { StereoAudio, toneLevel } from '../src/audio';
import { filedCall, recordingBytes } from '../src/calls';
import { type Desk, endpoints, expect } from '../src/fixtures';
import { ownProduct } from '../src/own-product';
import { CARRIER_HZ } from '../src/run';
import { csvFile, leadsEndingIn } from '../src/sheets';

/** Conversations whose media or signalling falls ill. */

const test = ownProduct('sick', { graceSeconds: 60 });

const LEADS = leadsEndingIn('81');

async function talk({ api, sheets, workspace }: Desk) {
  await api(endpoints.me.updateDialerSettings, { body: { wrapUpSeconds: 0, ringTimeoutSeconds: 30 } });
  await sheets.goto();
  await sheets.choose(csvFile(LEADS));
  await sheets.start();
  await workspace.expectTalkingTo(LEADS[0]?.name ?? '');
  await workspace.talkFor(2);
}

const said = ({ workspace }: Desk, words: string) =>
  expect(workspace.call.getByText(words, { exact: true })).toBeVisible({ timeout: 15_000 });

test('a media relay that dies is told of, and the sound comes back in the same call', async ({
  product,
  agent,
}, testInfo) => {
  test.setTimeout(120_000);
  const { workspace, session, sip } = agent;
  await talk(agent);
  product.part('rtpengine').crash();
  await said(agent, 'No sound');
  await said(agent, 'Talking');
  await workspace.talkFor(14);
  await workspace.press('Hang up');
  await workspace.expectDialer('finished');
  const call = await filedCall(session, LEADS[0]?.phone ?? '');
  expect(call).toMatchObject({ status: 'answered', fault: 'none', hangupBy: 'agent' });
  const file = testInfo.outputPath('call.webm');
  await writeFile(file, await recordingBytes(session, call));
  const { right, seconds } = await StereoAudio.decode(file);
  expect(toneLevel(right, CARRIER_HZ, { fromS: seconds - 1.5, toS: seconds - 0.5 })).toBeGreaterThan(-35);
  expect(sip.dialed).toHaveLength(2);
});

test('a carrier that dies is told of, and the call ends truthfully', async ({ product, agent }) => {
  test.setTimeout(120_000);
  const { workspace, session } = agent;
  await talk(agent);
  await product.part('carrier').kill();
  await said(agent, 'No sound');
  await workspace.expectDialer('paused', 60_000);
  const call = await filedCall(session, LEADS[0]?.phone ?? '');
  expect(call).toMatchObject({ status: 'answered', reached: 'answered', hangupBy: 'system' });
  expect(call.fault).not.toBe('none');
  await product.part('carrier').revive();
});

test('a hang-up without a phone server reaches the other side once that is back', async ({
  product,
  agent,
}) => {
  test.setTimeout(120_000);
  const { workspace, session } = agent;
  const conversations = async () =>
    Number(/ongoing: (\d+)/.exec(await product.stack.kamailio.kamcmd('dlg.stats_active'))?.[1]);
  await talk(agent);
  expect(await conversations()).toBe(1);
  const web = product.part('web');
  await web.kill();
  await workspace.press('Hang up');
  await workspace.expectDialer('paused');
  expect(await conversations()).toBe(1);
  await web.revive();
  // Long before the switch itself would end it.
  await expect.poll(conversations, { timeout: 30_000 }).toBe(0);
  await workspace.expectDialer('finished', 30_000);
  expect(await filedCall(session, LEADS[0]?.phone ?? '')).toMatchObject({
    status: 'answered',
    hangupBy: 'agent',
  });
});
