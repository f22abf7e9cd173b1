import { table } from '@outdial/stack/bench/report';
import type { Connection } from 'mariadb';

/** Of InnoDB, in bytes; the statistics count pages. */
const PAGE = 16_384;
/** Bytes a call: of its own secondary indexes, and with all that the search by number and name is made of. */
const TARGETS = { call: 350, all: 450 };

interface Size {
  readonly name: string;
  readonly key: string;
  readonly pages: number;
}

/** What the history's indexes take, in bytes a call, as Markdown. */
export async function sizesOf(connection: Connection, calls: number): Promise<string> {
  const sizes = await connection.query<Size[]>(
    `SELECT table_name AS name, index_name AS \`key\`, CAST(stat_value AS DOUBLE) AS pages FROM mysql.innodb_index_stats
     WHERE database_name = DATABASE() AND stat_name = 'size'`,
  );
  const bytes = (wanted: (size: Size) => boolean): number =>
    sizes.filter(wanted).reduce((sum, { pages }) => sum + pages * PAGE, 0) / calls;
  const own = bytes(({ name, key }) => name === 'call' && key !== 'PRIMARY');
  const [contact, word, part] = ['contact', 'contact_word', 'contact_part'].map((of) =>
    bytes(({ name }) => name === of),
  ) as [number, number, number];
  const all = own + contact + word + part;
  const against = (value: number, target: number) =>
    `${value.toFixed(0)} ${value <= target ? 'within' : 'above'} ${target}`;
  const each = sizes
    .filter(({ name, key }) => name === 'call' && key !== 'PRIMARY')
    .map(({ key, pages }): string[] => [`\`${key}\``, ((pages * PAGE) / calls).toFixed(0)]);
  return table([
    ['Index', 'bytes a call'],
    ...each,
    ['secondary indexes of `call`', against(own, TARGETS.call)],
    ['`contact`, rows and keys', contact.toFixed(0)],
    ['`contact_word`, rows and keys', word.toFixed(0)],
    ['`contact_part`, rows and keys', part.toFixed(0)],
    ['all together', against(all, TARGETS.all)],
  ]);
}
