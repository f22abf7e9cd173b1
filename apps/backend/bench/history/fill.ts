import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Connection } from 'mariadb';
import { partsOf, wordsOf } from '../../src/services/calls/contacts';
import { CALL_COLUMNS, type Cell, callsOf, contactOf, type Organization } from './made-up';

/** Rows of one piece of text. */
const PIECE = 1_000;

function* textOf(rows: Iterable<readonly Cell[]>): Generator<string> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(`${row.map((cell) => cell ?? '\\N').join('\t')}\n`);
    if (lines.length < PIECE) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** More than an organization has contacts. */
const CONTACTS = 2 ** 24;

/** In the order of their table: eleven times as many as contacts, which the server takes a minute to sort. */
function* partsInOrder(of: Organization): Generator<Cell[]> {
  const keys = numbers(of.contacts).flatMap((index) =>
    partsOf(contactOf(of, index).number).map((part) => part * CONTACTS + index),
  );
  for (const key of Float64Array.from(keys).sort())
    yield [of.id, Math.floor(key / CONTACTS), of.first.contact + (key % CONTACTS)];
}

/**
 * Fills a migrated database. A file that the server reads itself, into an empty table and without looking at keys, is
 * what it sorts first and builds its indexes from page by page.
 */
export class Filler {
  constructor(
    private readonly connection: Connection,
    private readonly dir: string,
    private readonly organizations: readonly Organization[],
  ) {}

  async fill(): Promise<void> {
    await this.connection.query('SET SESSION unique_checks = 0, foreign_key_checks = 0');
    await this.#people();
    await this.#sheets();
    await this.#contacts();
    await this.#load('call', CALL_COLUMNS, this.#each(callsOf), 'SET uuid = UNHEX(@uuid)');
    await this.#recordings();
    await this.connection.query('SET SESSION unique_checks = 1, foreign_key_checks = 1');
    // Its rows came in the order of the contacts, not of its key, and left pages half empty.
    await this.connection.query('OPTIMIZE TABLE contact_word');
    await this.connection.query(
      'ANALYZE TABLE `call`, contact, contact_word, contact_part, `lead`, recording, stored_file, agent_profile, user, sheet',
    );
  }

  async #people(): Promise<void> {
    const user = (agent: number) => `user-${agent}`;
    const agentsOf = ({ agents, first }: Organization) => numbers(agents).map((index) => first.agent + index);
    await this.#load(
      'organization',
      'id, name, slug',
      this.#each(({ id }) => [[id, `Organization ${id}`, `o${id}`]]),
    );
    await this.#load(
      'user',
      'id, organizationId, email, name, role, updatedAt',
      this.#each((of) =>
        agentsOf(of).map((id) => [user(id), of.id, `${id}@bench.test`, `Agent ${id}`, 'agent', '2026-01-01']),
      ),
    );
    await this.#load(
      'team',
      'id, organizationId, name',
      this.#each((of) => numbers(of.teams).map((index) => [of.first.team + index, of.id, `Team ${index}`])),
    );
    await this.#load(
      'agent_profile',
      'id, organizationId, userId, teamId, extension, sipUsername, updatedAt',
      this.#each((of) =>
        agentsOf(of).map((id, index) => [
          ...[
            id,
            of.id,
            user(id),
            of.first.team + (index % of.teams),
            1000 + index,
            `sip-${id}`,
            '2026-01-01',
          ],
        ]),
      ),
    );
  }

  /** Each sheet in a campaign of its own, with its leads. */
  async #sheets(): Promise<void> {
    const sheetsOf = ({ sheets, first }: Organization) => numbers(sheets).map((index) => first.sheet + index);
    await this.#load(
      'campaign',
      'id, organizationId, name, status, updatedAt',
      this.#each((of) => sheetsOf(of).map((id) => [id, of.id, `Campaign ${id}`, 'running', '2026-01-01'])),
    );
    await this.#load(
      'stored_file',
      'id, organizationId, `key`, sizeBytes',
      this.#each((of) => sheetsOf(of).map((id) => [id, of.id, `sheets/${id}`, 1_000_000])),
    );
    await this.#load(
      'sheet',
      'id, organizationId, @uuid, campaignId, uploadedById, fileId, name, fileName, format, status',
      this.#each((of) =>
        sheetsOf(of).map((id) => [
          ...[
            id,
            of.id,
            `00000000000070008000${id.toString(16).padStart(12, '0')}`,
            id,
            `user-${of.first.agent}`,
            id,
          ],
          ...[`Sheet ${id}`, 'leads.csv', 'csv', 'running'],
        ]),
      ),
      'SET uuid = UNHEX(@uuid)',
    );
    await this.#load(
      'lead',
      'id, organizationId, campaignId, sheetId, line, `rank`, phone, alternatePhones, name, data',
      this.#each(function* (of) {
        for (let index = 0; index < of.leads; index++) {
          const sheet = of.first.sheet + Math.floor((index * of.sheets) / of.leads);
          const { number, name } = contactOf(of, index);
          yield [of.first.contact + index, of.id, sheet, sheet, index, index, number, '[]', name, '{}'];
        }
      }),
    );
  }

  /** With the words and parts that the product makes of them. */
  async #contacts(): Promise<void> {
    const each = (cells: (of: Organization, id: number, contact: ReturnType<typeof contactOf>) => Cell[][]) =>
      this.#each(function* (of) {
        for (let index = 0; index < of.contacts; index++)
          yield* cells(of, of.first.contact + index, contactOf(of, index));
      });
    await this.#load(
      'contact',
      'id, organizationId, number, name',
      each((of, id, { number, name }) => [[id, of.id, number, name]]),
    );
    await this.#load(
      'contact_word',
      'organizationId, word, contactId',
      each((of, id, { name }) => wordsOf(name ?? '').map((word) => [of.id, word, id])),
    );
    await this.#load('contact_part', 'organizationId, part, contactId', this.#each(partsInOrder));
  }

  async #recordings(): Promise<void> {
    await this.connection.query('SET @file = (SELECT MAX(id) FROM stored_file)');
    await this.connection.query(
      `INSERT INTO recording (organizationId, callId, fileId, status, mimeType, durationMs, channels, createdAt)
       SELECT organizationId, id, @file := @file + 1, 'complete', 'audio/webm', talkMs, 2, endedAt FROM \`call\`
       WHERE recorded = 1 ORDER BY organizationId, id`,
    );
    await this.connection.query(
      `INSERT INTO stored_file (id, organizationId, \`key\`, sizeBytes)
       SELECT fileId, organizationId, CONCAT('recordings/', organizationId, '/', callId), durationMs * 6 FROM recording`,
    );
  }

  *#each(rowsOf: (organization: Organization) => Iterable<readonly Cell[]>): Generator<readonly Cell[]> {
    for (const organization of this.organizations) yield* rowsOf(organization);
  }

  async #load(table: string, columns: string, rows: Iterable<readonly Cell[]>, set = ''): Promise<void> {
    const [file, before] = [join(this.dir, `${table}.tsv`), performance.now()];
    await pipeline(Readable.from(textOf(rows)), createWriteStream(file));
    await this.connection.query(
      `LOAD DATA INFILE '${file}' INTO TABLE \`${table}\` CHARACTER SET utf8mb4 (${columns}) ${set}`,
    );
    await rm(file);
    const seconds = (performance.now() - before) / 1000;
    if (seconds > 1) console.log(`  ${table}: ${seconds.toFixed(0)} s`);
  }
}
