import { type Call, isRefused } from '@outdial/contracts';
import { AppError } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import type { SipServer } from './sip-server';
import { claimOf } from './switch-proofs';

/** Says which numbers may be dialed, and gives a call what the switch lets it out for. */
export class DialPermitsService {
  constructor(
    private readonly server: SipServer,
    private readonly refusedNumbers: string,
  ) {}

  /** @throws AppError `number-refused` */
  check(destination: string): void {
    if (isRefused(destination, this.refusedNumbers))
      throw new AppError(
        'number-refused',
        `${destination} is not dialed from here: emergency, premium-rate and satellite numbers are closed.`,
      );
  }

  /** @returns null where no switch asks for one */
  claimOf(actor: Actor, call: Call): string | null {
    if (this.server.kind === 'external' || call.status !== 'in-progress') return null;
    return claimOf(this.server.switchSecret, requireAgent(actor).sipUsername, call);
  }
}
