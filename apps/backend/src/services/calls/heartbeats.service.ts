import type { HeartbeatAnswer } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';
import { uuidBytes, uuidText } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import type { Actor } from '../../work/actor';
import type { Units } from '../../work/units';
import type { LeadsService } from '../leads/leads.service';
import { callsSeen } from './live-calls';

/** How long heartbeats are gathered, to be written together: a floor of 500 sends 33 a second. */
const GATHER_MS = 1_000;

interface Beat {
  readonly agentId: number;
  readonly callId: string;
  readonly resolve: (answer: HeartbeatAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Pages tell that their call goes on: one write a second and organization, however many they are. */
export class HeartbeatsService {
  #beats = new Map<number, Beat[]>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly leads: LeadsService,
  ) {}

  /**
   * The agent's page is still in this call. Resolves when that is written.
   * @returns `unknown` for a call that is not the agent's
   */
  async beat(actor: Actor, callId: string): Promise<HeartbeatAnswer> {
    const { organizationId, agent } = actor;
    if (!agent || !actor.permissions.has('call:place')) return 'unknown';
    const beats = this.#beats.get(organizationId) ?? [];
    this.#beats.set(organizationId, beats);
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
    return new Promise((resolve, reject) => beats.push({ agentId: agent.id, callId, resolve, reject }));
  }

  /** Writes what was gathered now. Who waits for it hears of a failure. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const gathered = this.#beats;
    this.#beats = new Map();
    await Promise.all(
      [...gathered].map(([organizationId, beats]) =>
        this.#write(organizationId, beats).catch((error: unknown) => {
          for (const { reject } of beats) reject(error);
        }),
      ),
    );
  }

  async #write(organizationId: number, beats: readonly Beat[]): Promise<void> {
    const rows = await forOrganization(this.db, organizationId).call.findMany({
      where: { uuid: { in: beats.map(({ callId }) => uuidBytes(callId)) } },
      select: { id: true, uuid: true, agentId: true, sheetId: true },
    });
    const calls = new Map(rows.map((row) => [uuidText(row.uuid), row]));
    const answers = beats.map((beat) => {
      const call = calls.get(beat.callId);
      return { beat, call: call?.agentId === beat.agentId ? call : null };
    });
    const alive = answers.flatMap(({ call }) => call ?? []);
    if (alive.length > 0) await this.#seen(organizationId, alive);
    for (const { beat, call } of answers) beat.resolve(call ? 'noted' : 'unknown');
  }

  async #seen(organizationId: number, calls: readonly { id: bigint; sheetId: number | null }[]) {
    const now = this.clock.now();
    const sheetIds = calls.flatMap(({ sheetId }) => sheetId ?? []);
    const dialers = sheetIds.length > 0 ? [this.leads.dialersHeard(organizationId, sheetIds, now)] : [];
    const writer = { kind: 'system', name: 'heartbeats', organizationId } as const;
    const seen = callsSeen(
      organizationId,
      calls.map(({ id }) => id),
      now,
    );
    await this.units.quick(writer, [seen, ...dialers], []);
  }
}
