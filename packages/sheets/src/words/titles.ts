import dictionary from './titles.json';

/**
 * What words of titles mean. `place` says which of somebody's numbers, `number` is filling, `nobody` makes a name one
 * of a thing, `stranger` a number somebody else's, `digits` a column of digits that are no telephone number.
 */
export type Meaning =
  | 'phone'
  | 'mobile'
  | 'place'
  | 'fax'
  | 'number'
  | 'area'
  | 'first'
  | 'last'
  | 'name'
  | 'company'
  | 'nobody'
  | 'stranger'
  | 'old'
  | 'digits'
  | 'other';

export type Language = keyof typeof dictionary;
type Words = Readonly<Partial<Record<Meaning, string>>>;

/** Parts of longer words: `homephone`, `Kundentelefon`. */
const STEMS: readonly (readonly [stem: string, meaning: Meaning])[] = [
  ['fax', 'fax'],
  ['mobil', 'mobile'],
  ['handy', 'mobile'],
  ['phone', 'phone'],
  ['telefon', 'phone'],
  ['telephon', 'phone'],
  ['rufnummer', 'phone'],
];
/** Written without spaces: a title is one long word. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/** No case, no accents, one form of each letter. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').replace(/ı/g, 'i').toLowerCase();
}

const meanings = new Map<string, Set<Meaning>>();
const languages = new Map<string, Set<Language>>();

for (const [language, words] of Object.entries(dictionary) as [Language, Words][])
  for (const [meaning, list] of Object.entries(words) as [Meaning, string][])
    for (const word of fold(list).split(' ')) {
      meanings.set(word, (meanings.get(word) ?? new Set()).add(meaning));
      languages.set(word, (languages.get(word) ?? new Set()).add(language));
    }
const unspaced = [...meanings.keys()].filter((word) => word.length >= 2 && UNSPACED.test(word));

/** What a word may mean, also as part of a longer one. */
export function meansOf(word: string): ReadonlySet<Meaning> {
  const exact = meanings.get(word);
  if (exact) return exact;
  const stem = STEMS.find(([part]) => word.includes(part));
  if (stem) return new Set([stem[1]]);
  if (!UNSPACED.test(word)) return new Set();
  return new Set(unspaced.filter((part) => word.includes(part)).flatMap((part) => [...meansOf(part)]));
}

/** The languages a word is a title's word in. */
export function languagesOf(word: string): ReadonlySet<Language> {
  return languages.get(word) ?? new Set();
}

/** `phoneNumber_2` → phone, number. */
export function wordsOf(title: string): string[] {
  const spaced = title.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return fold(spaced).match(/[\p{L}№]+/gu) ?? [];
}
