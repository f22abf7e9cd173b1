import type { Health } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { Disk, DiskState } from '../../adapters/disk';
import { AppError } from '../../errors/app-error';

/** No part is waited for longer, and all are asked at once. */
const ANSWER_MS = 2_000;
/** Whoever asks meanwhile gets the same answer: it is public, and the parts have other work. */
const KEPT_MS = 1_000;

/** The parts that a process needs, each asked by its own protocol. Rejections count as no answer. */
export interface Parts {
  readonly database: () => Promise<unknown>;
  readonly redis: () => Promise<unknown>;
  /** Undefined when it is not known where the switch is. */
  readonly switch: ((signal: AbortSignal) => Promise<unknown>) | undefined;
  readonly disk: Disk;
}

type Findings = Omit<Health, 'success' | 'timestamp'>;

/** Liveness and readiness of this process, and how it sees the parts of the installation. */
export class HealthService {
  #draining = false;
  #findings: Promise<Findings> | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly clock: Clock,
  ) {}

  /** From now on not ready: the process is about to stop. */
  drain(): void {
    this.#draining = true;
  }

  async show(): Promise<Health> {
    const findings = await this.#recentFindings();
    return { success: true, ...findings, timestamp: this.clock.now().toISOString() };
  }

  /** @throws AppError `unavailable` while the database is away or the process stops: the rest it can do without */
  async ready(): Promise<Health> {
    const health = await this.show();
    if (this.#draining) throw new AppError('unavailable', 'This server is stopping.');
    if (health.db === 'disconnected')
      throw new AppError('unavailable', 'The database is away.', { db: health.db });
    return health;
  }

  #recentFindings(): Promise<Findings> {
    if (!this.#findings) {
      this.#findings = this.#look();
      setTimeout(() => {
        this.#findings = undefined;
      }, KEPT_MS).unref();
    }
    return this.#findings;
  }

  async #look(): Promise<Findings> {
    const { database, redis, switch: phones, disk } = this.parts;
    const [db, cache, sip, space] = await Promise.all([
      reach(database),
      reach(redis),
      phones ? reach(phones) : ('not-checked' as const),
      within(disk.state(), 'not-writable' satisfies DiskState),
    ]);
    const isWell = [db, cache, sip].every((state) => state !== 'disconnected') && space === 'fine';
    return { status: isWell ? 'healthy' : 'degraded', db, redis: cache, switch: sip, disk: space };
  }
}

function reach(ask: (signal: AbortSignal) => Promise<unknown>): Promise<'connected' | 'disconnected'> {
  const answer = ask(AbortSignal.timeout(ANSWER_MS)).then(
    () => 'connected' as const,
    () => 'disconnected' as const,
  );
  return within(answer, 'disconnected');
}

async function within<T>(answer: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, ANSWER_MS, late);
  });
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}
