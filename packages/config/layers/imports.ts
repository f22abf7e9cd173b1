import { parseSync, Visitor } from 'oxc-parser';

/** An import as it is written. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** From 1. */
  readonly line: number;
}

interface Kinds {
  readonly exportKind?: string;
  readonly importKind?: string | null;
}

/** Whether each single name is marked `type`; `import {} from` has none and is an import for its effects. */
const allTypes = (names: readonly Kinds[]) =>
  names.length > 0 && names.every(({ importKind, exportKind }) => (importKind ?? exportKind) === 'type');

/**
 * Every import and re-export of a file: `import`, `export … from`, `import()`, `import('…').Type`, `require()`,
 * `import x = require()`. Specifiers that are put together at run time are not seen.
 * @throws SyntaxError when the file cannot be read as TypeScript
 */
export function importsOf(file: string, source: string): Import[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const found: Import[] = [];
  const add = (literal: { start: number; value?: unknown }, typeOnly: boolean) => {
    if (typeof literal.value !== 'string') return;
    const line = source.slice(0, literal.start).split('\n').length;
    found.push({ specifier: literal.value, typeOnly, line });
  };
  const addExpression = (expression: { type: string; start: number } | undefined) => {
    if (expression?.type === 'Literal') add(expression, false);
    if (expression?.type === 'TemplateLiteral')
      add({ ...expression, value: wholeTemplate(expression) }, false);
  };
  new Visitor({
    ImportDeclaration: ({ source: from, importKind, specifiers }) =>
      add(from, importKind === 'type' || allTypes(specifiers as readonly Kinds[])),
    ExportAllDeclaration: ({ source: from, exportKind }) => add(from, exportKind === 'type'),
    ExportNamedDeclaration: ({ source: from, exportKind, specifiers }) => {
      if (from) add(from, exportKind === 'type' || allTypes(specifiers));
    },
    ImportExpression: ({ source: from }) => addExpression(from),
    TSImportType: ({ source: from }) => add(from, true),
    TSExternalModuleReference: ({ expression }) => add(expression, false),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === 'Identifier' && callee.name === 'require') addExpression(first);
    },
  }).visit(program);
  return found;
}

/** The text of a template without holes. */
function wholeTemplate(expression: object): string | undefined {
  const { quasis } = expression as { quasis: readonly { value: { cooked: string | null } }[] };
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? undefined) : undefined;
}
