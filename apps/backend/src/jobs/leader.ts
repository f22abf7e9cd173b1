import type { Connection } from 'mariadb';
import type { Logger } from '../config/logger';

/** Longest wait for the lock before the connection is looked at again, in s. */
const WAIT_SECONDS = 30;
const RECONNECT_MS = 500;

/**
 * One of several processes leads: it holds a lock of the database on a connection of its own, which ends with the
 * process. The next takes over as soon as that is noticed.
 */
export class Leader {
  #connection: Connection | null = null;
  #closed = false;

  constructor(
    private readonly name: string,
    private readonly connect: () => Promise<Connection>,
    private readonly logger: Logger,
  ) {}

  /** Leads once it is this process's turn, over and over, until closed. `lead` ends when `isLeading` says no. */
  async run(lead: (isLeading: () => boolean) => Promise<void>): Promise<void> {
    while (!this.#closed) {
      try {
        const connection = await this.connect();
        this.#connection = connection;
        let isLeading = true;
        connection.on('end', () => {
          isLeading = false;
        });
        connection.on('error', () => {
          isLeading = false;
        });
        if (await this.#isElected(connection)) await lead(() => isLeading && !this.#closed);
      } catch (error) {
        if (!this.#closed) this.logger.warn({ err: error, lock: this.name }, 'lost the lead; trying again');
      } finally {
        this.#connection?.destroy();
        this.#connection = null;
      }
      if (!this.#closed) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }

  close(): void {
    this.#closed = true;
    this.#connection?.destroy();
  }

  async #isElected(connection: Connection): Promise<boolean> {
    while (!this.#closed) {
      const [row] = await connection.query<{ got: bigint | number | null }[]>(
        'SELECT GET_LOCK(?, ?) AS got',
        [this.name, WAIT_SECONDS],
      );
      if (Number(row?.got) === 1) return true;
    }
    return false;
  }
}
