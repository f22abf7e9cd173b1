import { expect, it } from 'vitest';
import { mutantsOf } from './mutants';

const edits = (source: string) => mutantsOf('x.ts', source).map(({ edit }) => edit);

it('turns conditions, comparisons and logic round', () => {
  expect(edits('if (a < b && c) go = a ?? 1;')).toEqual([
    '`a < b && c` negated',
    '`a < b && c` with ||',
    '`a < b` with <=',
    '`a ?? 1` without what stands for nothing',
    '`1` one more',
  ]);
});

it('leaves out calls, throws and properties', () => {
  const source = "async () => { await unit.audit({ id }); throw new AppError('conflict', 'Words.'); }";
  expect(edits(source)).toEqual([
    '`await unit.audit({ id });` left out',
    '`id` left out',
    "`throw new AppError('conflict', 'Words.');` left out",
  ]);
});

it('leaves types, imports, keys and what is said to people alone', () => {
  expect(edits("import x from 'x'; type A = 'a'; const b: 1 | 2 = y as 'c'; new Error('d');")).toEqual(
    ["`new Error('d');` left out"].slice(1),
  );
  expect(edits("const a = { 'b-c': x };")).toEqual(["`'b-c': x` left out"]);
});

it('puts one fault into the file and leaves the rest of it', () => {
  const [mutant] = mutantsOf('x.ts', 'const a = 1;\nconst b = [a];\n');
  expect(mutant).toMatchObject({ line: 1, source: 'const a = 2;\nconst b = [a];\n' });
});
