import { expect, it } from 'vitest';
import { readingOf, spellCell } from './phone-cell';
import type { CountryCode } from './plan';

const reading = (country: CountryCode, ...cells: string[]) =>
  readingOf(cells.map((cell) => spellCell(cell, country)));

it.each([
  ['a column as Excel keeps it', 'DE', ['4917612345678', '493023125000', '4915112345678'], 'abroad'],
  ['one number with its code', 'DE', ['4917612345678'], 'abroad'],
  ['with the code beside such with 0', 'DE', ['4917612345678', '0176 12345678', '030 23125000'], 'abroad'],
  ['with the code beside such without 0', 'DE', ['4917612345678', '17612345678', '15112345678'], 'unsure'],
  ['Austrian numbers in Germany', 'DE', ['436641234567', '436641234568', '436641234569'], 'abroad'],
  ['a slip among good ones', 'US', ['2025550101', '2025550102', '2025550103', '20255501234'], 'home'],
  ['a slip alone', 'US', ['20255501234'], 'unsure'],
  ['British numbers in America', 'US', ['442079460958', '447700900123'], 'abroad'],
  ['French numbers in America', 'US', ['33199001234', '33199001235', '33199001236'], 'abroad'],
  ['as many of each', 'US', ['2025550101', '33199001234', '2025550102', '33199001235'], 'unsure'],
  ['Arkansas, which could be Norway', 'US', ['4795550101', '4795550102', '4795550103'], 'home'],
  ['the code and none', 'US', ['12025550101', '2025550102'], 'home'],
] as const)('%s', (_, country, cells, expected) => expect(reading(country, ...cells)).toBe(expected));
