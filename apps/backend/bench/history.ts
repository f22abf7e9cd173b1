/** `npm run bench -- history [--rows N]`: what the history's filters cost beside the best SQL for the same rows. */
import { parseArgs } from 'node:util';
import { ROLE_PERMISSIONS } from '@outdial/contracts';
import { type Summary, summarize } from '@outdial/stack/bench/figures';
import type { Report } from '@outdial/stack/bench/report';
import type { Connection } from 'mariadb';
import { connect, createDb, type Db } from '../src/db/client';
import { uuidText } from '../src/db/public-ids';
import { forOrganization } from '../src/db/tenant';
import { CallHistoryService } from '../src/services/calls/call-history.service';
import { callIdsOf } from '../src/services/calls/call-search';
import { searchContacts } from '../src/services/calls/contact-search';
import { LeadsService } from '../src/services/leads/leads.service';
import type { Actor } from '../src/work/actor';
import type { Scope } from '../src/work/scope';
import { startEngines } from './engines';
import { examplesOf } from './history/examples';
import { Filler } from './history/fill';
import { type Filter, filtersOf, LIMIT } from './history/filters';
import { organizationsOf } from './history/made-up';
import { sizesOf } from './history/sizes';

const REPEATS = 25;
/** Of each way, before those that count. */
const WARM_UP = 5;
/** A server of this size holds a million calls in memory, and ten million in part. */
const BUFFER_POOL_BYTES = 2 ** 30;

function rowsAsked(): number {
  const { values } = parseArgs({ options: { rows: { type: 'string' } }, strict: false });
  const rows = Number(values.rows ?? 1_000_000);
  if (!Number.isInteger(rows) || rows < 100_000)
    throw new Error('--rows wants a whole number from 100000 on.');
  return rows;
}

/** The rows of a page as the product shows them, in one statement. */
const pageOf = (ids: string): string => `SELECT STRAIGHT_JOIN c.*, u.name AS agentName, l.name AS leadName,
  s.uuid AS sheetUuid, s.name AS sheetName, r.status AS recordingStatus, r.mimeType, r.durationMs AS recordingMs,
  f.sizeBytes FROM (${ids}) AS page JOIN \`call\` c ON c.organizationId = 1 AND c.id = page.id
  JOIN agent_profile a ON a.organizationId = 1 AND a.id = c.agentId
  JOIN user u ON u.organizationId = 1 AND u.id = a.userId
  LEFT JOIN \`lead\` l ON l.organizationId = 1 AND l.id = c.leadId
  LEFT JOIN sheet s ON s.organizationId = 1 AND s.id = c.sheetId
  LEFT JOIN recording r ON r.organizationId = 1 AND r.callId = c.id
  LEFT JOIN stored_file f ON f.organizationId = 1 AND f.id = r.fileId ORDER BY c.id DESC`;

/** One way to a page. @returns the calls it found, as text */
type Way = () => Promise<string>;

/** Each in its turn, so that a busy moment hits all alike. @throws Error unless all find the same calls */
async function takeTurns(ways: readonly Way[], name: string): Promise<number[][]> {
  const times = ways.map((): number[] => []);
  for (let repeat = -WARM_UP; repeat < REPEATS; repeat++) {
    const pages = new Set<string>();
    for (const [index, way] of ways.entries()) {
      const { ms, page } = await timed(way);
      pages.add(page);
      if (repeat >= 0) times[index]?.push(ms);
    }
    if (pages.size !== 1)
      throw new Error(`The page of calls filtered by ${name} is not the one of the plain SQL.`);
  }
  return times;
}

async function timed(way: Way): Promise<{ ms: number; page: string }> {
  const before = performance.now();
  const page = await way();
  return { ms: performance.now() - before, page };
}

const actorWith = (scope: Scope): Actor => ({
  ...{ kind: 'user', organizationId: 1, userId: 'user-1', sessionId: '', name: '', role: 'manager' },
  ...{ permissions: new Set(ROLE_PERMISSIONS.manager), agent: null, scope, mustChoosePassword: false },
});

/** The newest first: a page's ids may come in any order. */
const idsOf = (rows: readonly { id: bigint }[]): string =>
  rows
    .map(({ id }) => id)
    .sort((a, b) => Number(b - a))
    .join();

/** The best of the first kind of way beside the product's. */
interface Comparison {
  readonly plain: Summary;
  readonly outdial: Summary;
}

class Bench {
  readonly #history: CallHistoryService;

  constructor(
    private readonly connection: Connection,
    private readonly db: Db,
  ) {
    this.#history = new CallHistoryService(db, new LeadsService(db));
  }

  async rowOf(filter: Filter): Promise<string[]> {
    const actor = actorWith(filter.scope ?? { kind: 'organization' });
    const [page, ids] = [await this.#pages(actor, filter), await this.#ids(actor, filter)];
    const ratio = ({ plain, outdial }: Comparison, of: keyof Summary) => (outdial[of] / plain[of]).toFixed(2);
    const ms = ({ plain, outdial }: Comparison, ...of: (keyof Summary)[]) =>
      [plain, outdial].flatMap((side) => of.map((figure) => side[figure].toFixed(1)));
    const row = [
      ...[filter.name, ...ms(page, 'median', 'p95'), ratio(page, 'median'), ratio(page, 'p95')],
      ...[...ms(ids, 'median'), ratio(ids, 'median')],
    ];
    console.log(`  ${row.join('  ')}`);
    return row;
  }

  #pages(actor: Actor, { name, filter, byHand }: Filter): Promise<Comparison> {
    const { beforeId, ...rest } = filter;
    const cursor = beforeId ? Buffer.from(JSON.stringify([beforeId])).toString('base64url') : undefined;
    const asked = { ...rest, cursor };
    const page = (calls: readonly { id: string }[]) => calls.map(({ id }) => id).join();
    return this.#compare(
      name,
      async () => page((await this.#history.list(actor, { ...asked, limit: LIMIT })).items),
      byHand.map((ids) => async () => {
        const rows = await this.connection.query<{ uuid: Uint8Array }[]>(pageOf(ids));
        return page(rows.map(({ uuid }) => ({ id: uuidText(uuid) })));
      }),
    );
  }

  /** The part that a filter is about: which calls, without their rows. */
  #ids({ organizationId, scope }: Actor, { name, filter, byHand, sheetId }: Filter): Promise<Comparison> {
    const beforeId = filter.beforeId ?? null;
    const reader = forOrganization(this.db, organizationId);
    return this.#compare(
      name,
      async () => {
        const contacts = await searchContacts(reader, organizationId, filter);
        const query = {
          organizationId,
          scope,
          filter,
          sheetId: sheetId ?? null,
          contacts,
          beforeId,
          limit: LIMIT,
        };
        const { sql, values } = await callIdsOf(reader, query);
        const rows = await reader.$queryRawUnsafe<{ id: bigint }[]>(sql, ...values);
        return idsOf(rows);
      },
      byHand.map((sql) => async () => {
        return idsOf(await this.connection.query<{ id: bigint }[]>(sql));
      }),
    );
  }

  async #compare(name: string, outdial: Way, plain: readonly Way[]): Promise<Comparison> {
    const [own = [], ...others] = await takeTurns([outdial, ...plain], name);
    const [best] = others.map(summarize).sort((a, b) => a.median - b.median);
    if (!best) throw new Error(`There is nothing to compare ${name} with.`);
    return { plain: best, outdial: summarize(own) };
  }
}

const methodOf = (rows: number, sizes: string): string => `
${rows.toLocaleString('en')} calls of two years in ten organizations, made up in the same way at every run; the largest has half of
them, 200 agents and 60 sheets. A quarter as many contacts, recordings for nine in ten answered calls, no cache but the
database's (buffer pool of 1 GB). A page is ${LIMIT} calls with their agent, lead, sheet and recording, asked for ${REPEATS} times
after ${WARM_UP} that do not count; both sides take turns, and the run fails unless they give the same calls.

- **Outdial** is \`CallHistoryService.list\` as the API calls it: whom a number or name means, what drives, the ids, and
  the rows in one more statement, mapped to the contract.
- **SQL** is one statement written by hand for the filter, indexes forced, rows and all; where two are good (by an index,
  from the newest on) the quicker one counts.

The last three columns are medians of the same without the rows: whom and what drives, and the ids.

What the indexes take, loaded in order or after OPTIMIZE, by \`mysql.innodb_index_stats\`:

${sizes}

Repeat with \`npm run bench -- history\` (three to seven minutes); \`--rows 10000000\` for ten million.
`;

export async function measure(): Promise<Report> {
  const rows = rowsAsked();
  const { stack, dir } = await startEngines(['database']);
  const connection = await connect(stack.databaseUrl);
  const db = createDb(stack.databaseUrl, 10);
  try {
    for (const variable of ['innodb_buffer_pool_size', 'innodb_log_file_size'])
      await connection.query(`SET GLOBAL ${variable} = ${BUFFER_POOL_BYTES}`);
    await new Filler(connection, dir, organizationsOf(rows)).fill();
    const bench = new Bench(connection, db);
    const head =
      'ms, page of|SQL median|p95|Outdial median|p95|ratio of medians|ratio of p95|ids: SQL|Outdial|ratio'.split(
        '|',
      );
    const body: string[][] = [];
    for (const filter of filtersOf(await examplesOf(connection, 1))) body.push(await bench.rowOf(filter));
    const [server] = await connection.query<{ version: string }[]>('SELECT VERSION() AS version');
    return {
      title: 'Filtering the history',
      rows: [head, ...body],
      method: methodOf(rows, await sizesOf(connection, rows)),
      versions: { MariaDB: server?.version.split('-')[0] ?? 'unknown' },
    };
  } finally {
    await db.$disconnect();
    await connection.end();
    await stack.close();
  }
}
