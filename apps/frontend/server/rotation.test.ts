import { expect, it } from 'vitest';
import { Rotation } from './rotation';

it('gives every address its turn, and every request all of them', () => {
  const rotation = new Rotation(['a', 'b', 'c']);
  expect([rotation.inTurn(), rotation.inTurn(), rotation.inTurn(), rotation.inTurn()]).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
    ['a', 'b', 'c'],
  ]);
});

it('asks one that could not be reached last for a second', () => {
  let now = 0;
  const rotation = new Rotation(['a', 'b'], () => now);
  rotation.rest('a');
  expect([rotation.inTurn(), rotation.inTurn()]).toEqual([
    ['b', 'a'],
    ['b', 'a'],
  ]);
  now = 999;
  expect(rotation.inTurn()).toEqual(['b', 'a']);
  now = 1_000;
  expect([rotation.inTurn(), rotation.inTurn()]).toEqual([
    ['b', 'a'],
    ['a', 'b'],
  ]);
});

it('asks a single address whatever happened', () => {
  const rotation = new Rotation(['a']);
  rotation.rest('a');
  expect([rotation.inTurn(), rotation.inTurn()]).toEqual([['a'], ['a']]);
});
