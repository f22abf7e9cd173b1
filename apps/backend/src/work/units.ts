import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlError } from 'mariadb';
import pRetry from 'p-retry';
import type { Clock } from '../adapters/clock';
import type { Poke } from '../adapters/poke';
import type { Logger } from '../config/logger';
import type { Db, Driver } from '../db/client';
import { isDeadlock } from '../db/errors';
import { tenantTransaction } from '../db/tenant';
import type { Worker } from './actor';
import { Draft, type OutboxRow, type Unit } from './draft';

export type { Unit } from './draft';

/** A statement of a quick unit. Its SQL names the organization itself; values are sent apart. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** Many rows of values instead of one; sent in the driver's bulk form. */
  readonly rows?: readonly unknown[][];
  /** How many rows it must change; another number takes the whole unit back. Any number when left out. */
  readonly mustChange?: number;
}

/** A statement of a quick unit changed another number of rows than it must: nothing was changed. */
export class UnitRefusedError extends Error {
  override readonly name = 'UnitRefusedError';
  constructor(readonly statement: Statement) {
    super('A statement changed fewer rows than it must; the unit of work was taken back.');
  }
}

/** As often as MySQL's manual asks for: a transaction that lost a deadlock is simply run again. */
const RETRIES = { retries: 3, minTimeout: 10, maxTimeout: 200, randomize: true } as const;

const OUTBOX = 'INSERT INTO outbox (organizationId, name, userId, teamId, payload) VALUES (?, ?, ?, ?, ?)';

/**
 * The one way in which services change data. The change, its audit entry, its events and its jobs stand or fall
 * together; what follows from them (sockets, the queue) is relayed after the commit, at least once.
 */
export class Units {
  readonly #current = new AsyncLocalStorage<Draft>();

  constructor(
    private readonly db: Db,
    private readonly driver: Driver,
    private readonly clock: Clock,
    private readonly poke: Poke,
    private readonly logger: Logger,
  ) {}

  /**
   * Runs `work` in a transaction of the actor's organization, again if a deadlock took it back. Inside another unit it
   * joins that one. Await everything that `work` begins.
   * @throws Error when a unit of another organization is under way
   */
  async run<T>(actor: Worker, work: (unit: Unit) => Promise<T>): Promise<T> {
    const outer = this.#current.getStore();
    if (outer) {
      if (outer.actor.organizationId === actor.organizationId) return work(outer);
      throw new Error('A unit of work of another organization is under way.');
    }
    const attempt = () => this.#once(actor, work);
    const { result, draft } = await pRetry(attempt, {
      ...RETRIES,
      shouldRetry: ({ error }) => isDeadlock(error),
    });
    this.#tell(draft);
    return result;
  }

  /**
   * The same in as few trips to the database as can be, for what an agent waits for: statements and events go out
   * together, then the commit.
   * @returns how many rows each statement changed
   * @throws UnitRefusedError when one changed another number than it must; nothing was changed then
   */
  async quick(
    actor: Worker,
    statements: readonly Statement[],
    events: readonly OutboxRow[],
  ): Promise<readonly number[]> {
    const news = events.map(({ name, userId, teamId, payload }) => ({
      sql: OUTBOX,
      values: [actor.organizationId, name, userId, teamId, JSON.stringify(payload)],
    }));
    const changed = await pRetry(() => this.#pipeline([...statements, ...news]), {
      ...RETRIES,
      shouldRetry: ({ error }) => isDeadlock(error),
    });
    if (events.length > 0) this.poke.now(['facts']);
    return changed.slice(0, statements.length);
  }

  #once<T>(actor: Worker, work: (unit: Unit) => Promise<T>): Promise<{ result: T; draft: Draft }> {
    return tenantTransaction(this.db, actor.organizationId, async (tx) => {
      const draft = new Draft(tx, actor, this.clock.now());
      const result = await this.#current.run(draft, () => work(draft));
      await draft.write();
      return { result, draft };
    });
  }

  async #pipeline(statements: readonly Statement[]): Promise<number[]> {
    const connection = await this.driver.connection();
    try {
      const begun = connection.query('START TRANSACTION');
      const answers = await Promise.allSettled([
        begun,
        ...statements.map(({ sql, values, rows }) =>
          rows ? connection.batch(sql, [...rows]) : connection.query(sql, [...values]),
        ),
      ]);
      const failed = answers.find((answer) => answer.status === 'rejected');
      if (failed) throw failed.reason as SqlError;
      const changed = answers
        .slice(1)
        .map((answer) => (answer as PromiseFulfilledResult<{ affectedRows: number }>).value.affectedRows);
      const refused = statements.find(
        ({ mustChange }, index) => mustChange !== undefined && changed[index] !== mustChange,
      );
      if (refused) throw new UnitRefusedError(refused);
      await connection.query('COMMIT');
      return changed;
    } catch (error) {
      // On a connection that broke there is nothing to take back.
      await connection.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await connection.release();
    }
  }

  #tell(draft: Draft): void {
    if (draft.news.length > 0) this.poke.now(draft.news);
    for (const hook of draft.hooks) {
      try {
        hook();
      } catch (error) {
        this.logger.error({ err: error }, 'what was to follow a change has failed');
      }
    }
  }
}
