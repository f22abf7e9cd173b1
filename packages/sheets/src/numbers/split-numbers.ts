import { LABEL, withoutLabels } from './cell-text';
import { digitsOf } from './spelling';

const SEPARATOR = /\s*(?::::|[;|\n]|,|\/+|&|\s(?:or|and|oder|und|ou|et|o|y|e|или|и|lub|veya)\s)\s*/iu;
/** Before a plus or an area code in brackets another number may begin. */
const NEXT_NUMBER = /\s+(?=\+\d|\(\d{2,5}\)\s*\d)|\uf8fe/u;
const LEAST_DIGITS = 7;

/** One of the numbers in a cell, without labels. */
export interface NumberText {
  readonly text: string;
  readonly isFax: boolean;
}

/** Cuts a cell into the numbers it lists; numbers that hold a separator themselves are seen to by the caller. */
export function splitNumbers(text: string): NumberText[] {
  const joined = text.replace(/[;,]\s*(?=ext|x\s*\d)/gi, ' ');
  return joined.split(SEPARATOR).flatMap((part) => {
    if (!/\d/.test(part)) return [];
    const { text: plain, isFax } = withoutLabels(part);
    return piecesOf(plain).map((piece) => ({ text: piece, isFax }));
  });
}

export function isList(text: string): boolean {
  return SEPARATOR.test(text);
}

function piecesOf(part: string): string[] {
  const cut: string[] = [];
  for (const piece of part.split(NEXT_NUMBER)) {
    const before = cut.at(-1);
    // What is too short for a number of its own belongs to the one before: `+1 (202) 555-0101`, `202 555 0101 (home)`.
    if (
      before !== undefined &&
      (digitsOf(before).length < LEAST_DIGITS || digitsOf(piece).length < LEAST_DIGITS)
    )
      cut[cut.length - 1] = `${before} ${piece}`;
    else cut.push(piece);
  }
  // "2025550101 2025550102": cut at spaces only where every piece is long enough to be a number
  return cut.flatMap((piece) => {
    const words = piece.replaceAll(LABEL, ' ').trim().split(/\s+/);
    const all = words.length > 1 && words.every((word) => digitsOf(word).length >= LEAST_DIGITS);
    return all ? words : [piece.replaceAll(LABEL, ' ').trim()];
  });
}
