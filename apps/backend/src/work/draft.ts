import type { EventName, EventPayload } from '@outdial/contracts';
import type { News } from '../adapters/bus';
import type { Prisma } from '../db/generated/client';
import type { TenantTransaction } from '../db/tenant';
import type { Worker } from './actor';
import type { JobName, Jobs } from './jobs';
import { requestContext } from './request-context';

/** What was changed, for the audit log: the fields before and after, secrets left out. */
export interface Change {
  /** Noun and past tense, like `user.sip-account-changed`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
}

/** Whom an event is about: the person, and the team that person was in. Nobody for the organization's own. */
export interface About {
  readonly userId?: string;
  readonly teamId?: number | null;
}

export interface OutboxRow {
  readonly name: EventName;
  readonly userId: string | null;
  readonly teamId: number | null;
  readonly payload: object;
}

export const outboxRow = <N extends EventName>(
  name: N,
  { userId = undefined, teamId = null }: About,
  payload: EventPayload<N>,
): OutboxRow => ({ name, userId: userId ?? null, teamId, payload });

/** What a service gets to change data with. Everything it notes here is written in the same transaction. */
export interface Unit {
  readonly tx: TenantTransaction;
  readonly actor: Worker;
  readonly now: Date;
  audit(change: Change): void;
  event<N extends EventName>(name: N, about: About, payload: EventPayload<N>): void;
  /** @param key tells repetition: of all jobs with one key only the first is done */
  job<N extends JobName>(name: N, key: string, payload: Jobs[N]): void;
  /** For what must not happen unless the change has. Runs once, whatever it throws is only logged. */
  afterCommit(hook: () => void): void;
}

const json = (value: object): Prisma.InputJsonObject => value as Prisma.InputJsonObject;
const text = (fields: Change['before']): string | null => (fields ? JSON.stringify(fields) : null);

/** One try at a unit of work: collects what goes with the change, and writes it at the end. */
export class Draft implements Unit {
  readonly #changes: Change[] = [];
  readonly #events: OutboxRow[] = [];
  readonly #jobs: Prisma.JobRequestCreateManyInput[] = [];
  readonly hooks: (() => void)[] = [];

  constructor(
    readonly tx: TenantTransaction,
    readonly actor: Worker,
    readonly now: Date,
  ) {}

  readonly audit = (change: Change): void => void this.#changes.push(change);

  readonly event = <N extends EventName>(name: N, about: About, payload: EventPayload<N>): void =>
    void this.#events.push(outboxRow(name, about, payload));

  readonly job = <N extends JobName>(kind: N, key: string, payload: Jobs[N]): void => {
    const { organizationId } = this.actor;
    this.#jobs.push({ organizationId, kind, key, payload: json(payload), createdAt: this.now });
  };

  readonly afterCommit = (hook: () => void): void => void this.hooks.push(hook);

  /** What there is for the relay. */
  get news(): News[] {
    const all: [News, readonly unknown[]][] = [
      ['facts', this.#events],
      ['jobs', this.#jobs],
      ['audit', this.#changes],
    ];
    return all.filter(([, rows]) => rows.length > 0).map(([news]) => news);
  }

  async write(): Promise<void> {
    const { organizationId } = this.actor;
    for (const change of this.#changes) await this.#writeAudit(change);
    if (this.#events.length > 0)
      await this.tx.outbox.createMany({
        data: this.#events.map((row) => ({ ...row, payload: json(row.payload), organizationId })),
      });
    if (this.#jobs.length > 0)
      await this.tx.jobRequest.createMany({ data: this.#jobs, skipDuplicates: true });
  }

  async #writeAudit({ action, subject, before, after }: Change): Promise<void> {
    const { actor } = this;
    const context = requestContext();
    const { id } = await this.tx.auditEntry.create({
      data: {
        organizationId: actor.organizationId,
        at: this.now,
        actorKind: actor.kind,
        actorId: actor.kind === 'user' ? actor.userId : actor.name,
        actorName: actor.name,
        action,
        subjectKind: subject.kind,
        subjectId: subject.id,
        before: text(before),
        after: text(after),
        address: context?.address ?? null,
        requestId: context?.requestId ?? null,
      },
      select: { id: true },
    });
    await this.tx.$executeRaw`INSERT INTO audit_unsealed (entryId) VALUES (${id})`;
  }
}
