import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';
import type { Call } from '../../db/generated/client';
import { forOrganization } from '../../db/tenant';
import { endLostCall } from './lost-call';

/** A page tells every 15 s that its call lives; after this long without news the call is taken for lost. */
const SILENCE_MS = 90_000;
const BATCH = 500;

/** Closes what a dead browser left open. Its own report, should it still come, replaces what is written here. */
export class CallSweeper {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** @returns how many calls were closed */
  async sweep(): Promise<number> {
    const silentSince = new Date(this.clock.now().getTime() - SILENCE_MS);
    const calls = await this.db.call.findMany({
      where: { status: 'in-progress', seenAt: { lt: silentSince } },
      take: BATCH,
    });
    for (const call of calls) await this.close(call);
    return calls.length;
  }

  async close(call: Call): Promise<void> {
    await forOrganization(this.db, call.organizationId).$transaction((tx) => endLostCall(tx, call));
  }
}
