import { expect, it } from 'vitest';
import { languagesOf, meansOf, wordsOf } from './titles';

it.each([
  ['phoneNumber_2', ['phone', 'number']],
  ['Téléphone portable', ['telephone', 'portable']],
  ['Мобильный тел.', ['мобильныи', 'тел']],
  ['GROSSE STRASSE', ['grosse', 'strasse']],
])('takes %j apart', (title, words) => expect(wordsOf(title)).toEqual(words));

it.each([
  ['portable', 'mobile', 'fr'],
  ['мобильныи', 'mobile', 'ru'],
  ['ddd', 'area', 'pt'],
  ['soyadi', 'last', 'tr'],
  ['휴대폰', 'mobile', 'ko'],
] as const)('knows what %j means', (word, meaning, language) => {
  const [folded = ''] = wordsOf(word);
  expect(meansOf(folded)).toContain(meaning);
  expect(languagesOf(folded)).toContain(language);
});
