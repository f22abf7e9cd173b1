import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { importsOf } from './imports';
import { breaks, type Rule } from './rule';
import { findWorkspaces, stem, targetOf } from './target';

/** A forbidden import. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly rule: Rule;
}

const SOURCES = '{apps,packages,prisma,bin}/**/*.{ts,tsx,mts,js,jsx,mjs}';
const NOT_OURS = ['**/node_modules/**', '**/dist/**', '**/.next/**', '**/generated/**'];

/** Every import below `root` that breaks a rule, by file and line, and how many files were read. */
export function checkLayers(root: string, rules: readonly Rule[]): { findings: Finding[]; files: number } {
  const workspaces = findWorkspaces(root);
  const files = globSync(SOURCES, { cwd: root, ignore: NOT_OURS }).sort();
  const findings = files.flatMap((file) =>
    importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap(({ specifier, typeOnly, line }) => {
      const edge = { from: stem(file), to: targetOf(file, specifier, workspaces), typeOnly };
      return rules.filter((rule) => breaks(edge, rule)).map((rule) => ({ file, line, specifier, rule }));
    }),
  );
  return { findings, files: files.length };
}
