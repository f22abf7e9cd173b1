import { MAX_SHEET_CELLS } from '../limits';
import { tooManyCells } from '../sheet-size';

const TAG = /<(?:[\w-]+:)?(table-row|table-cell|行|数据)\b([^<>]*)>/gu;
const REPEAT = /((?:rows|columns)-repeated\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>/]+)/g;
/** More rows than any spreadsheet has; `1e9` and what is no number would be obeyed, too. */
const PLAIN_COUNT = /^["']?\d{1,7}["']?$/;

/** A document's content without what makes the reader repeat cells endlessly. @throws SheetError `file-too-large` */
export function repairedOds(content: Uint8Array): Uint8Array {
  const xml = new TextDecoder().decode(content);
  const sound = xml
    .replace(REPEAT, (whole, name: string, count: string) => (PLAIN_COUNT.test(count) ? whole : `${name}"1"`))
    .replace(/\s[^\s=<>]*行号\s*=\s*("[^"]*"|'[^']*')/gu, '');
  refuseRepeatBomb(sound);
  return sound === xml ? content : new TextEncoder().encode(sound);
}

/** ODS can say "this cell, a million times, in a million rows" in a hundred bytes. */
function refuseRepeatBomb(xml: string): void {
  let rowRepeat = 1;
  let cells = 0;
  for (const [, tag, attributes = ''] of xml.matchAll(TAG)) {
    if (tag === 'table-row' || tag === '行') rowRepeat = repeats(attributes, 'rows');
    else if (!attributes.endsWith('/')) cells += rowRepeat * repeats(attributes, 'columns');
    if (cells > MAX_SHEET_CELLS) throw tooManyCells();
  }
}

function repeats(attributes: string, what: 'rows' | 'columns'): number {
  if (!attributes.includes('-repeated')) return 1;
  const counts = attributes.matchAll(new RegExp(`${what}-repeated\\s*=\\s*["']?(\\d+)`, 'g'));
  return Math.max(1, ...[...counts].map(([, count]) => Number(count)));
}

/** Names of the sheets that are hidden: SheetJS does not tell. */
export function hiddenInOds(content: Uint8Array): Set<string> {
  const xml = new TextDecoder().decode(content);
  const styles = new Set<string>();
  for (const [, name = '', inner = ''] of xml.matchAll(
    /<style:style\b[^<>]*?style:name="([^"]*)"[^<>]*>([\s\S]*?)<\/style:style>/g,
  ))
    if (/table:display="false"/.test(inner)) styles.add(name);
  const hidden = new Set<string>();
  if (styles.size === 0) return hidden;
  for (const [, attributes = ''] of xml.matchAll(/<table:table\s([^<>]*)>/g)) {
    const style = /table:style-name="([^"]*)"/.exec(attributes)?.[1];
    const name = /table:name="([^"]*)"/.exec(attributes)?.[1];
    if (name && style && styles.has(style)) hidden.add(name);
  }
  return hidden;
}
