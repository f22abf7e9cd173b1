/**
 * One rule about who may import whom. Files and packages are named by where they begin, so that a folder stands for
 * all that is in it: `apps/backend/src/services`, `apps/backend/src/app` (that file, written without its extension),
 * `npm:express`.
 */
export interface Rule {
  readonly name: string;
  /** What the one who broke it reads: the reason, and where the code belongs instead. */
  readonly why: string;
  /** The files it holds for. */
  readonly from: readonly string[];
  /** Files among `from` that it spares. */
  readonly spares?: readonly string[];
  /** Whether it spares tests (`*.test.ts`), too. */
  readonly sparesTests?: boolean;
  /** Whether `import type` stays allowed. */
  readonly sparesTypes?: boolean;
  /** What they may not import, or a question about one import where names do not say it. */
  readonly forbids: readonly string[] | ((edge: Edge) => boolean);
  /** What they may import all the same. */
  readonly allows?: readonly string[];
}

/** One import. */
export interface Edge {
  /** Importing file from the repository's root, without its extension. */
  readonly from: string;
  /** Imported file in the same form, or `npm:<specifier>`, or `node:<module>`. */
  readonly to: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** Whether `path` is `place` or lies in it. */
export function within(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

const isIn = (path: string, places: readonly string[] = []) => places.some((place) => within(path, place));

/** Whether an import breaks a rule. */
export function breaks(edge: Edge, rule: Rule): boolean {
  const { from, to, typeOnly } = edge;
  if (!isIn(from, rule.from) || isIn(from, rule.spares) || isIn(to, rule.allows)) return false;
  if (rule.sparesTypes && typeOnly) return false;
  if (rule.sparesTests && /\.(test|spec)$/.test(from)) return false;
  return typeof rule.forbids === 'function' ? rule.forbids(edge) : isIn(to, rule.forbids);
}
