import { createSocket } from 'node:dgram';
import { callsOf } from '../src/calls';
import { type Desk, endpoints, expect } from '../src/fixtures';
import { ownProduct } from '../src/own-product';
import { csvFile, leadsEndingIn } from '../src/sheets';

/** Our own parts break while a sheet is dialed: no lead is used up, none dialed twice, and dialing goes on. */

const test = ownProduct('own-faults');

/** One that rings until it is skipped, and nine that are busy. */
const LEADS = leadsEndingIn('2111111111');
const [first] = LEADS.map(({ phone }) => phone);

/** Dials the sheet; its first customer's telephone rings. */
async function startDialing({ api, sheets, workspace }: Desk) {
  await api(endpoints.me.updateDialerSettings, { body: { wrapUpSeconds: 0, ringTimeoutSeconds: 60 } });
  await sheets.goto();
  await sheets.choose(csvFile(LEADS));
  await sheets.start();
  await workspace.expectCall('ringing');
}

/** Lets the first customer be, and waits for the end of the sheet. */
async function finish({ workspace }: Desk) {
  await workspace.expectCall('ringing', 60_000);
  await workspace.press('Skip');
  await workspace.expectDialer('finished', 60_000);
}

/** Each lead has had one call that counts. */
async function expectAllCalledOnce({ api, workspace, session }: Desk) {
  const where = { params: { sheetId: workspace.sheetId }, query: {} };
  await expect
    .poll(async () => (await api(endpoints.queue.show, where)).counts, { timeout: 20_000 })
    .toMatchObject({ total: 10, remaining: 0, done: 10, byStatus: { busy: 9, cancelled: 1 } });
  const counted = (await callsOf(session)).filter(({ fault }) => fault === 'none');
  expect(counted.map(({ destination, attempt }) => `${destination} ${attempt}`).sort()).toEqual(
    LEADS.map(({ phone }) => `${phone} 1`).sort(),
  );
}

test('the switch dies while it rings: the lead waits again, and is dialed by itself', async ({
  product,
  agent,
}) => {
  test.setTimeout(120_000);
  await startDialing(agent);
  product.part('kamailio').crash();
  await expect(agent.workspace.call.getByText(/goes on by itself/)).toBeVisible({ timeout: 20_000 });
  await finish(agent);
  expect(agent.sip.dialed.filter((number) => number === first)).toHaveLength(2);
  await expectAllCalledOnce(agent);
});

test('the API is frozen when a call is to be made: it is asked until it answers, and nobody is dialed twice', async ({
  product,
  agent,
}) => {
  test.setTimeout(120_000);
  await startDialing(agent);
  product.part('api').freeze();
  await agent.workspace.press('Skip');
  await agent.workspace.expectDialer('finished', 90_000);
  expect(agent.sip.dialed).toEqual(LEADS.map(({ phone }) => phone));
  await expectAllCalledOnce(agent);
});

test('the media relay is away: nobody is called, and dialing goes on by itself', async ({
  product,
  agent,
}) => {
  test.setTimeout(120_000);
  await startDialing(agent);
  const relay = product.part('rtpengine');
  await relay.kill();
  await agent.workspace.press('Skip');
  await agent.workspace.expectDialer('paused', 20_000);
  await relay.revive();
  await agent.workspace.expectDialer('finished', 60_000);
  await expectAllCalledOnce(agent);
});

test('the carrier is away, then refuses: dialing pauses the third time, and goes on with one key', async ({
  product,
  agent,
}) => {
  test.setTimeout(180_000);
  const { workspace } = agent;
  const carrier = product.part('carrier');
  const port = Number(product.stack.carrier.address.split(':')[1]);
  await startDialing(agent);
  await carrier.kill();
  await workspace.press('Skip');
  await expect(workspace.call.getByText(/carrier failed three calls in a row/)).toBeVisible({
    timeout: 40_000,
  });

  // A trunk without a free line, on the carrier's port.
  const trunk = createSocket('udp4');
  trunk.on('message', (message, from) => {
    const request = message.toString();
    if (!request.startsWith('INVITE ')) return;
    const kept = request.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
    const answer = ['SIP/2.0 503 Service Unavailable', ...kept, 'Content-Length: 0', '', ''].join('\r\n');
    trunk.send(answer.replace(/^(To: .*)$/m, '$1;tag=trunk'), from.port, from.address);
  });
  await new Promise<void>((resolve) => trunk.bind(port, '127.0.0.1', resolve));
  await workspace.button('Resume').click();
  await workspace.expectDialer('paused', 20_000);
  await expect(workspace.call.getByText(/no free line/).first()).toBeVisible();
  await new Promise<void>((resolve) => trunk.close(() => resolve()));

  await carrier.revive();
  await workspace.button('Resume').click();
  await workspace.expectDialer('finished', 60_000);
  await expectAllCalledOnce(agent);
});

test('a socket that swallows what is said is found and replaced', async ({ agent }) => {
  test.setTimeout(120_000);
  const { page, workspace } = agent;
  let swallow = false;
  let connections = 0;
  await page.routeWebSocket(/\/sip$/, (socket) => {
    connections += 1;
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (!swallow) server.send(message);
    });
  });
  await startDialing(agent);
  swallow = true;
  const before = connections;
  await expect.poll(() => connections, { timeout: 20_000 }).toBeGreaterThan(before);
  await workspace.expectDialer('paused', 10_000);
  swallow = false;
  await finish(agent);
  await expectAllCalledOnce(agent);
});
