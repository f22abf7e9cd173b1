import type { Outdial } from './outdial';

/** Tables that the worker writes by itself. */
const BACKGROUND = [
  'outbox',
  'job_request',
  'audit_seal',
  'event_stream',
  'call_change',
  'call_day',
  'call_day_count',
  'call_calendar',
];

interface Column {
  readonly table: string;
  readonly columns: string;
}

/** All that an organization has in the database, to see that nobody else reads or changes it. */
export class RowsOf {
  #tables: readonly Column[] | null = null;

  constructor(
    private readonly outdial: Outdial,
    private readonly organizationId: number,
  ) {}

  /** By table how many rows there are, and a digest of all their columns. */
  async digest(): Promise<unknown> {
    const parts = (await this.#all()).map(
      ({ table, columns }) => `SELECT '${table}' AS name, COUNT(*) AS count,
        COALESCE(BIT_XOR(CAST(CONV(LEFT(MD5(CONCAT_WS('|', ${columns})), 15), 16, 10) AS UNSIGNED)), 0) AS digest
        FROM \`${table}\` WHERE organizationId = ${this.organizationId}`,
    );
    return this.outdial.db.$queryRawUnsafe(parts.join(' UNION ALL '));
  }

  /** What an answer says of the organization's people and sheets; the asked id itself may be said back. */
  async namedIn(answer: unknown, asked: string): Promise<string[]> {
    const { organizationId } = this;
    const select = { id: true, name: true, email: true };
    const users = await this.outdial.db.user.findMany({ where: { organizationId }, select });
    const text = JSON.stringify(answer) ?? '';
    return users
      .flatMap(({ id, name, email }) => [id, name, email])
      .filter((word) => word !== asked && text.includes(word));
  }

  async #all(): Promise<readonly Column[]> {
    this.#tables ??= (
      await this.outdial.db.$queryRawUnsafe<Column[]>(`SELECT TABLE_NAME AS \`table\`,
        GROUP_CONCAT(CONCAT('COALESCE(\`', COLUMN_NAME, '\`, "-")') ORDER BY ORDINAL_POSITION) AS columns
        FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() GROUP BY TABLE_NAME
        HAVING SUM(COLUMN_NAME = 'organizationId') > 0`)
    ).filter(({ table }) => !BACKGROUND.includes(table));
    return this.#tables;
  }
}
