import { endpoints, expect, test } from '../src/fixtures';
import { csvFile, leadsEndingIn } from '../src/sheets';
import { cookieOf, type Upgrade, upgradeSip } from '../src/sip-upgrade';
import { conversations, kamcmd } from '../src/switch';

/** Of one person; see the web server's `sip-door.ts`. */
const CONNECTIONS_PER_PERSON = 8;

/** TCP connections that the switch has open now. */
async function switchConnections(): Promise<number> {
  return Number(/opened_connections: (\d+)/.exec(await kamcmd('core.tcp_info'))?.[1] ?? Number.NaN);
}

test.describe('the way to the switch', () => {
  const held: Upgrade[] = [];
  test.afterEach(() => {
    for (const { close } of held.splice(0)) close();
  });

  test('is open to live sessions only, and the switch is not troubled by others', async ({
    agent: { session, api },
    outdial,
  }) => {
    const knock = async (headers?: Record<string, string>) => {
      const upgrade = await upgradeSip(outdial.run.webUrl, headers);
      held.push(upgrade);
      return upgrade;
    };
    const before = await switchConnections();
    const { name, value } = session.cookie;
    for (const cookie of [undefined, `${name}=forged`, `${name}=${value.slice(0, -8)}AAAAAAA%3D`]) {
      for (let tries = 0; tries < 20; tries++) {
        const refused = await knock(cookie ? { cookie } : {});
        expect(refused.status, `cookie: ${cookie}`).toBe(401);
        await refused.closed;
      }
    }
    // A request that is no WebSocket gets no connection either.
    const plain = await session.fetch('/sip', { method: 'POST', body: 'REGISTER' });
    expect([plain.status, plain.headers.get('server')]).toEqual([426, null]);
    expect(await switchConnections()).toBe(before);

    const welcome = await knock(cookieOf(session));
    expect([welcome.status, welcome.headers['sec-websocket-protocol']]).toEqual([101, 'sip']);
    const signedOutAt = performance.now();
    await api(endpoints.auth.signOut, {});
    await welcome.closed;
    // The switch would close a connection that nobody signs in on after ten seconds anyway.
    expect(performance.now() - signedOutAt).toBeLessThan(5_000);
    expect((await knock(cookieOf(session))).status).toBe(401);
  });

  test('ends with the session, and so does the conversation', async ({
    agent: { person, sheets, workspace },
    outdial,
  }) => {
    await sheets.goto();
    await sheets.choose(csvFile(leadsEndingIn('8')));
    await sheets.start();
    await workspace.expectCall('connected', 20_000);
    expect(await conversations()).toBe(1);
    const elsewhere = await outdial.signIn(person);
    await elsewhere.api(endpoints.auth.revokeOtherSessions, {});
    await expect.poll(conversations, { timeout: 5_000 }).toBe(0);
  });

  test('is not taken from an agent by a person who takes all they get, nor by a crowd of strangers', async ({
    agent: { sheets, dock },
    outdial,
  }) => {
    const { webUrl } = outdial.run;
    const organizationId = await outdial.organization('Greedy');
    const person = await outdial.person(organizationId, 'agent', 'Greedy');
    const greedy = await outdial.signIn(person);
    for (let count = 0; count < CONNECTIONS_PER_PERSON; count++)
      held.push(await upgradeSip(webUrl, cookieOf(greedy)));
    expect(held.map(({ status }) => status)).toEqual(Array(CONNECTIONS_PER_PERSON).fill(101));
    // Signing in again makes no difference.
    for (const session of [greedy, await outdial.signIn(person)]) {
      const over = await upgradeSip(webUrl, cookieOf(session));
      expect(over.status).toBe(429);
      await over.closed;
    }

    let hammering = true;
    const answers = new Set<number>();
    const hammer = async (headers: Record<string, string>) => {
      while (hammering) {
        const upgrade = await upgradeSip(webUrl, headers);
        answers.add(upgrade.status);
        if (upgrade.status === 101) held.push(upgrade);
      }
    };
    const hammers = [{}, {}, { cookie: 'outdial.session_token=forged' }, cookieOf(greedy)].map(hammer);
    try {
      await sheets.goto();
      await dock.expectReady();
      await dock.dial('*43');
      await dock.expectCall('connected');
    } finally {
      hammering = false;
      await Promise.all(hammers);
    }
    for (const status of answers) expect([101, 401, 429]).toContain(status);
    expect([...answers]).toEqual(expect.arrayContaining([401, 429]));
    // Nobody signed in on them.
    await Promise.all(held.map(({ closed }) => closed));
  });

  test('is tried again by a phone that was refused, until it is let in', async ({
    agent: { page, session, sheets, dock },
    outdial,
  }) => {
    for (let count = 0; count < CONNECTIONS_PER_PERSON; count++)
      held.push(await upgradeSip(outdial.run.webUrl, cookieOf(session)));
    expect(held.map(({ status }) => status)).toEqual(Array(CONNECTIONS_PER_PERSON).fill(101));
    const tries: string[] = [];
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).pathname === '/sip') socket.on('socketerror', (error) => tries.push(error));
    });
    await sheets.goto();
    await expect.poll(() => tries.length).toBeGreaterThan(0);
    expect(tries[0]).toContain('429');
    for (const { close } of held.splice(0)) close();
    await dock.expectReady(20_000);
  });
});
