import type { Clock } from '../../adapters/clock';
import type { Logger } from '../../config/logger';
import type { Db } from '../../db/client';
import type { FilesService } from './files.service';

const DAY_MS = 24 * 60 * 60_000;
/** A page that was away for longer asks for everything anew. */
const FACTS_KEPT_MS = DAY_MS;
/** Done jobs are kept for the operator to look at. */
const JOBS_KEPT_MS = 7 * DAY_MS;
const BATCH = 5_000;

/** What grows is cut back, and what may have gone apart is compared. */
export class HousekeepingService {
  constructor(
    private readonly db: Db,
    private readonly files: FilesService,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Deletes told facts and done jobs that are kept long enough. @returns how many */
  async forget(): Promise<number> {
    const now = this.clock.now().getTime();
    const facts = new Date(now - FACTS_KEPT_MS);
    const jobs = new Date(now - JOBS_KEPT_MS);
    return (
      (await inBatches(
        () =>
          this.db
            .$executeRaw`DELETE FROM outbox WHERE seq IS NOT NULL AND createdAt < ${facts} LIMIT ${BATCH}`,
      )) +
      (await inBatches(
        () => this.db.$executeRaw`DELETE FROM job_request WHERE doneAt < ${jobs} LIMIT ${BATCH}`,
      ))
    );
  }

  /** Says what is stored and not listed, and what is listed and not stored. Nothing is removed. */
  async compareFiles(): Promise<void> {
    const { unlisted, missing } = await this.files.orphans(this.clock.now());
    if (unlisted.length + missing.length === 0) return;
    this.logger.warn(
      {
        unlisted: unlisted.length,
        missing: missing.length,
        examples: [...unlisted, ...missing].slice(0, 20),
      },
      'stored files and the list of them differ',
    );
  }
}

async function inBatches(remove: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const count = await remove();
    total += count;
    if (count < BATCH) return total;
  }
}
