import { analyse } from 'chardet';
import { decodeAs } from './decode';
import letters from './words/letters.json';

/** Encodings that are tried on text that is not UTF-8, each with the letters that its languages write. */
const CANDIDATES: readonly (readonly [encoding: string, alphabet: keyof typeof letters])[] = [
  ['windows-1252', 'windows-1252'],
  ['windows-1250', 'windows-1250'],
  ['windows-1251', 'cyrillic'],
  ['windows-1253', 'greek'],
  ['windows-1254', 'windows-1254'],
  ['windows-1255', 'hebrew'],
  ['windows-1256', 'arabic'],
  ['windows-1257', 'windows-1257'],
  ['windows-874', 'thai'],
  ['koi8-r', 'cyrillic'],
  ['koi8-u', 'cyrillic'],
  ['iso-8859-5', 'cyrillic'],
  ['ibm866', 'cyrillic'],
  ['x-mac-cyrillic', 'cyrillic'],
  ['macintosh', 'windows-1252'],
];
const EAST_ASIAN = ['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'] as const;
/** So many letters beyond ASCII are looked at. */
const ENOUGH = 20_000;
/** A language's own letters must make up so much of those beyond ASCII. */
const MOSTLY = 0.85;
const MISSED = -2;
/** Of two that fit, Western is likelier: lists of people from everywhere are written in it. */
const WESTERN_FIRST = 0.06;
const SIGN = /[£¿§©®°«»™]/;

interface Alphabet {
  readonly own: ReadonlySet<string>;
  readonly weight: number;
}

const alphabets = new Map<string, readonly Alphabet[]>(
  Object.entries(letters).map(([name, byLanguage]) => [name, alphabetOf(byLanguage)]),
);

/** Each language's letters, and those of all together for a list of people from everywhere. */
function alphabetOf(byLanguage: Readonly<Record<string, string>>): readonly Alphabet[] {
  const { signs = '', ...languages } = byLanguage;
  const own = Object.values(languages).map((each) => ({ own: new Set([...each, ...signs]), weight: 1 }));
  // Icelandic has the bytes of Turkish and Baltic letters: alone it may be meant, among others it is not.
  const { is: _, ...common } = byLanguage;
  return [...own, { own: new Set(Object.values(common).join('')), weight: 0.95 }];
}

/**
 * What bytes that are not UTF-8 are written in: each encoding's text is compared with the letters of the languages
 * it is used for. The order of candidates decides between equals.
 */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = wordsBeyondAscii(bytes);
  if (sample.length === 0) return 'windows-1252';
  let best = { encoding: 'windows-1252', score: Number.NEGATIVE_INFINITY };
  for (const [encoding, name] of CANDIDATES) {
    const { text } = decodeAs(sample, encoding);
    const score = Math.max(
      ...(alphabets.get(name) ?? []).map(({ own, weight }) => weight * plausibility(text, own)),
    );
    const likeliness = score + (encoding === 'windows-1252' ? WESTERN_FIRST : 0);
    if (likeliness > best.score + 1e-9) best = { encoding, score: likeliness };
  }
  const east = guessEastAsian(sample, bytes);
  return east && best.score < MOSTLY ? east : best.encoding;
}

/** The words with a byte beyond ASCII, up to `ENOUGH`, cut at spaces and separators so that nothing is cut through. */
function wordsBeyondAscii(bytes: Uint8Array): Uint8Array {
  const found: number[] = [];
  let start = 0;
  let isBeyond = false;
  for (let at = 0; at <= bytes.length && found.length < ENOUGH; at++) {
    const byte = bytes[at];
    const isEnd =
      byte === undefined || byte === 0x20 || byte === 0x2c || byte === 0x3b || byte === 0x09 || byte < 0x0e;
    if (!isEnd) {
      if (byte >= 0x80) isBeyond = true;
      continue;
    }
    if (isBeyond) for (let i = start; i < at; i++) found.push(bytes[i] ?? 0);
    if (isBeyond) found.push(0x20);
    start = at + 1;
    isBeyond = false;
  }
  return Uint8Array.from(found);
}

/** Share of the characters beyond ASCII that a language writes, less what no text does: `иВАН`, `Ðèè`. */
function plausibility(text: string, alphabet: ReadonlySet<string>): number {
  let beyond = 0;
  let score = 0;
  let before = '';
  for (const character of text) {
    if (character > '\x7f') {
      beyond++;
      if (alphabet.has(character)) score++;
      else if (!/\p{L}/u.test(character)) score += MISSED;
      // A capital inside a word of small letters, as where two encodings have them the other way round.
      if (/\p{Lu}/u.test(character) && /\p{Ll}/u.test(before)) score -= 1.5;
      // Two scripts in one word.
      const isOther = /\p{L}/u.test(character) && !/\p{Script=Latin}/u.test(character);
      if (isOther && /[a-z]/i.test(before)) score -= 0.5;
    } else if (/\p{Lu}/u.test(character) && /\p{Ll}/u.test(before)) score -= 0.5;
    // `£ukasz`, `Gra¿yna`
    if (SIGN.test(before) && /\p{L}/u.test(character)) score -= 1;
    if (SIGN.test(character) && /\p{L}/u.test(before)) score -= 1;
    before = character;
  }
  // Of a cased script some names begin with a capital; Hebrew has the bytes of small Cyrillic letters.
  const isAllSmall = beyond > 4 && /[α-ωа-я]/.test(text) && !/[Α-ΩА-Я]/.test(text);
  return beyond === 0 ? 0 : score / beyond - (isAllSmall ? 0.1 : 0);
}

/** The East Asian encoding that decodes the words without a fault into the commonest characters. */
function guessEastAsian(sample: Uint8Array, bytes: Uint8Array): string | null {
  const likely = new Map(
    analyse(bytes.subarray(0, ENOUGH)).map(({ name, confidence }) => [name.toLowerCase(), confidence]),
  );
  let best: { encoding: string; score: number } | null = null;
  for (const encoding of EAST_ASIAN) {
    const text = decodeStrictly(sample, encoding);
    if (text === null) continue;
    const score = commonness(text) + (likely.get(encoding) ?? 0) / 200;
    if (score > (best?.score ?? 0.6)) best = { encoding, score };
  }
  return best?.encoding ?? null;
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Surnames, places and grammar that turn up in any list. */
const COMMON = new Set(
  '王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫马馬朱胡林郭何高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蔡潘田董于明文小大华華国國建伟偉市区區省县縣路号號北上海南京东東西中新客户戶公司有限电電话話山川本村井木佐藤鈴高橋伊渡辺加中吉野清松原子郎太一美花都府道町部營営業会社株式臺台湾灣',
);

function commonness(text: string): number {
  let beyond = 0;
  let score = 0;
  for (const character of text) {
    if (character <= '\x7f') continue;
    beyond++;
    if (/\p{sc=Hangul}/u.test(character)) score += 0.9;
    else if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(character))
      score += /[\uff61-\uff9f]/.test(character) ? 0.2 : 1;
    else if (COMMON.has(character)) score += 1.4;
    else if (/\p{sc=Han}/u.test(character)) score += 0.6;
    else if (/\p{L}/u.test(character)) score -= 0.5;
  }
  return beyond === 0 ? 0 : score / beyond;
}
