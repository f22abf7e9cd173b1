import { parseSync } from 'oxc-parser';

/** One small fault put into a file on purpose. A test should notice it. */
export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What was done, in words. */
  readonly edit: string;
  /** The whole file with the fault in it. */
  readonly source: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

interface Edit {
  readonly at: Node;
  readonly to: string;
  readonly what: string;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
};

/** TypeScript that leaves an expression behind. */
const TRANSPARENT = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);
const SKIPPED = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'ImportExpression']);

/** What is said to people, or to the log: its words are no behaviour. */
const SAYS = /^(AppError|Error|AggregateError|notFound|info|warn|error|debug)$/;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const nodesOf = (value: unknown): Node[] =>
  (Array.isArray(value) ? value : [value]).filter((child) => isNode(child));

function childrenOf(node: Node): Node[] {
  if (SKIPPED.has(node.type)) return [];
  if (TRANSPARENT.has(node.type)) return nodesOf(node.expression);
  if (node.type.startsWith('TS')) return [];
  if (isMessenger(node)) return nodesOf(node.arguments).filter(({ type }) => !isText(type));
  return Object.values(node).flatMap(nodesOf);
}

const isText = (type: string) => ['Literal', 'TemplateLiteral'].includes(type);

function isMessenger({ type, callee }: Node): boolean {
  if (type !== 'NewExpression' && type !== 'CallExpression') return false;
  const { name, property } = callee as { name?: string; property?: { name?: string } };
  return SAYS.test(name ?? property?.name ?? '');
}

function editsOf(node: Node, text: (node: Node) => string): Edit[] {
  const part = (name: string) => node[name] as Node;
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
      return [{ at: part('test'), to: `!(${text(part('test'))})`, what: 'negated' }];
    case 'BinaryExpression':
      return comparison(node, text);
    case 'LogicalExpression':
      return logic(node, text);
    case 'ExpressionStatement':
      return isCall(part('expression')) ? [{ at: node, to: ';', what: 'left out' }] : [];
    case 'ThrowStatement':
      return [{ at: node, to: ';', what: 'left out' }];
    case 'Literal':
      return literal(node);
    case 'ArrayExpression':
      return nodesOf(node.elements).length > 0 ? [{ at: node, to: '[]', what: 'emptied' }] : [];
    case 'ObjectExpression':
      return nodesOf(node.properties).map((property) => ({ at: property, to: '...{}', what: 'left out' }));
    default:
      return [];
  }
}

const isCall = ({ type, argument }: Node): boolean =>
  type === 'CallExpression' || (type === 'AwaitExpression' && (argument as Node).type === 'CallExpression');

function comparison(node: Node, text: (node: Node) => string): Edit[] {
  const { operator, left, right } = node as unknown as { operator: string; left: Node; right: Node };
  const other = COMPARISONS[operator];
  if (!other) return [];
  return [{ at: node, to: `${text(left)} ${other} ${text(right)}`, what: `with ${other}` }];
}

function logic(node: Node, text: (node: Node) => string): Edit[] {
  const { operator, left, right } = node as unknown as { operator: string; left: Node; right: Node };
  if (operator === '??') return [{ at: node, to: text(left), what: 'without what stands for nothing' }];
  const other = operator === '&&' ? '||' : '&&';
  return [{ at: node, to: `(${text(left)}) ${other} (${text(right)})`, what: `with ${other}` }];
}

function literal({ value, ...node }: Node): Edit[] {
  const at = node as Node;
  if (typeof value === 'boolean') return [{ at, to: String(!value), what: 'turned round' }];
  if (typeof value === 'number') return [{ at, to: String(value + 1), what: 'one more' }];
  return typeof value === 'string' && value !== '' ? [{ at, to: "''", what: 'emptied' }] : [];
}

/** A quoted key is no value; neither is a directive. */
const isName = (node: Node, parent: Node): boolean =>
  (parent.type === 'Property' && parent.key === node && !parent.computed) || 'directive' in parent;

/** Every fault that is put into a file, in the file's order. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const found: Mutant[] = [];
  const text = ({ start, end }: Node) => source.slice(start, end);
  const visit = (node: Node, parent: Node) => {
    if (!isName(node, parent))
      for (const { at, to, what } of editsOf(node, text)) {
        const mutated = source.slice(0, at.start) + to + source.slice(at.end);
        const line = source.slice(0, at.start).split('\n').length;
        found.push({ file, line, edit: `${short(text(at))} ${what}`, source: mutated });
      }
    for (const child of childrenOf(node)) visit(child, node);
  };
  const program = parseSync(file, source).program as unknown as Node;
  visit(program, program);
  return found.filter((mutant) => parseSync(file, mutant.source).errors.length === 0);
}

function short(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``;
}
