import type { Health } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';
import { AppError } from '../../errors/app-error';

const PING_TIMEOUT_MS = 2_000;

/** Liveness and readiness of this process. */
export class HealthService {
  #draining = false;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** From now on not ready: the process is about to stop. */
  drain(): void {
    this.#draining = true;
  }

  async show(): Promise<Health> {
    const connected = await this.#databaseAnswers();
    return {
      success: true,
      status: connected ? 'healthy' : 'degraded',
      db: connected ? 'connected' : 'disconnected',
      timestamp: this.clock.now().toISOString(),
    };
  }

  /** @throws AppError `unavailable` while the database is away or the process stops */
  async ready(): Promise<Health> {
    const health = await this.show();
    if (this.#draining) throw new AppError('unavailable', 'This server is stopping.');
    if (health.db === 'disconnected')
      throw new AppError('unavailable', 'The database is away.', { db: health.db });
    return health;
  }

  async #databaseAnswers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, PING_TIMEOUT_MS, false);
    });
    const ping = this.db.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    return Promise.race([ping, timeout]).finally(() => clearTimeout(timer));
  }
}
