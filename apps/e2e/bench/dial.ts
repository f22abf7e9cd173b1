/** `npm run bench -- dial`: how much time Outdial's page adds to that of bare JsSIP. */
import { execFileSync } from 'node:child_process';
import type { Report } from '@outdial/stack/bench/report';
import jssip from 'jssip/package.json' with { type: 'json' };
import { BareDesk } from './dial/bare-desk';
import { type Desk, momentsOf } from './dial/desk';
import { take, talkingNumbers } from './dial/numbers';
import { OutdialDesk } from './dial/outdial-desk';
import { Rig } from './dial/rig';
import { comparison, merge, type Timings, timingsOf } from './dial/timings';
import { warmUp } from './dial/warm-up';

const ROUNDS = 4;
/** Of each kind of call, each page, each round. */
const CALLS = 8;
/** One round before those that count: scripts are compiled, connections are open. */
const WARM_UP_CALLS = 3;
/** Claims of another agent before that, through the API alone. */
const WARM_UP_CLAIMS = 300;

const METHOD = `
Two agents in two tabs of one Chromium, on the same running product with its switch, simulated carrier and database (a
commit reaches the disk before it is answered), take turns: ${ROUNDS} rounds of ${CALLS} calls by hand and ${CALLS + 1} calls by the dialer, first on
one page, then on the other. A round that does not count comes first, and ${WARM_UP_CLAIMS} claims of another agent, so that the
server is compiled and connected as one that has been up for an hour. Every call is answered at once, talks 1.2 s and is hung up
by a click.

- **Bare JsSIP** (\`apps/e2e/bench/dial/bare-page.ts\`) is the fastest page one would write by hand, on the same origin and
  through the same \`/sip\` proxy: one microphone stream for all calls, the INVITE at the first ICE candidate, the next
  number on JsSIP's \`ended\`. It keeps nothing and asks nobody.
- **Outdial** is the agent's workspace on a real sheet, wrap-up 0: each lead is claimed and its call row committed before
  the INVITE leaves, each call is recorded and uploaded; the run fails if one recording is missing. It makes up for that by
  making the connection of a call during the one before (docs/adr/0009), and by rendering when the INVITE is out.

The same script notes the moments in both pages: the click's own time stamp, \`WebSocket.send\` of the INVITE and of the
ACK that answers the 200, and the peer connection's state. Targets: median ≤ 1.5 ×, 95th percentile ≤ 2 × the bare page.
Repeat with \`npm run bench -- dial\` (about four minutes).
`;

async function playRound(desk: Desk, numbers: Iterator<string>, calls: number): Promise<Timings> {
  const moments = await momentsOf(desk.page, async () => {
    await desk.dialByHand(take(numbers, calls));
    await desk.dialByItself(calls + 1);
  });
  return timingsOf(moments);
}

async function compare(rig: Rig): Promise<string[][]> {
  await warmUp((await rig.seat('Warm Up')).session, take(talkingNumbers(), WARM_UP_CLAIMS));
  const numbers = talkingNumbers();
  const leads = take(numbers, 1 + (WARM_UP_CALLS + 1) + ROUNDS * (CALLS + 1));
  const bareSeat = await rig.seat('Bare Page');
  const outdialSeat = await rig.seat('Ada Lovelace');
  const bare = await BareDesk.open(bareSeat.context, rig.webUrl, numbers);
  const outdial = await OutdialDesk.open(outdialSeat.context, outdialSeat.session, leads);

  const timings = new Map<Desk, Timings[]>([
    [bare, []],
    [outdial, []],
  ]);
  for (let round = 0; round <= ROUNDS; round++)
    for (const [desk, rounds] of timings) {
      const timing = await playRound(desk, numbers, round === 0 ? WARM_UP_CALLS : CALLS);
      if (round > 0) rounds.push(timing);
      console.log(`  ${round === 0 ? 'warm-up' : `round ${round} of ${ROUNDS}`}: ${desk.name}`);
    }
  return comparison(merge(timings.get(bare) ?? []), merge(timings.get(outdial) ?? []));
}

/** Such as `5.6.3`, from what a program says of itself. */
function versionOf(program: string, flag: string): string {
  return /\d+\.\d+\.\d+/.exec(execFileSync(program, [flag], { encoding: 'utf8' }))?.[0] ?? 'unknown';
}

export async function measure(): Promise<Report> {
  const rig = await Rig.start();
  process.once('SIGINT', () => void rig.close().finally(() => process.exit(130)));
  try {
    const rows = await compare(rig);
    const versions = {
      Chromium: rig.browser.version(),
      JsSIP: jssip.version,
      Kamailio: versionOf('kamailio', '-v'),
      MariaDB: versionOf('mariadbd', '--version'),
    };
    return { title: 'Dialing', rows, method: METHOD, versions };
  } finally {
    await rig.close();
  }
}
