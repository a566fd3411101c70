import * as nunjucks from 'nunjucks';

/** A node of a parsed template, as far as the checks look at it. */
export interface TemplateNode {
  readonly typename: string;
  readonly lineno: number;
  readonly children?: readonly TemplateNode[];
  readonly value?: unknown;
  readonly name?: TemplateNode;
  readonly args?: TemplateNode;
  readonly key?: TemplateNode;
  readonly left?: TemplateNode;
  readonly right?: TemplateNode;
  readonly fields: readonly string[];
}

const { parser } = nunjucks as unknown as { parser: { parse(source: string, extensions: readonly never[], options: object): TemplateNode } };

/** Parses a template. @throws when it is malformed */
export function parseTemplate(source: string): TemplateNode {
  return parser.parse(source, [], { trimBlocks: true, lstripBlocks: true });
}

function isNode(value: unknown): value is TemplateNode {
  return typeof value === 'object' && value !== null && typeof (value as Partial<TemplateNode>).typename === 'string';
}

/** Visits every node in the order of the document. */
export function walk(node: TemplateNode, visit: (node: TemplateNode) => void): void {
  visit(node);
  for (const field of node.fields) {
    const value = (node as unknown as Readonly<Record<string, unknown>>)[field];
    for (const inner of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(inner)) walk(inner, visit);
  }
}

/** The text of a literal string. */
export function literal(node: TemplateNode | undefined): string | undefined {
  return node?.typename === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** The beginning of a text that is put together: `'a.' + b + '.c'` begins with `a.`. */
export function literalStart(node: TemplateNode | undefined): string | undefined {
  if (node?.typename === 'Add' || node?.typename === 'Concat') return literalStart(node.left);
  return literal(node);
}

/** Name of a called function, when it is a plain name. */
export function calledName(node: TemplateNode): string | undefined {
  return node.typename === 'FunCall' && node.name?.typename === 'Symbol' ? String(node.name.value) : undefined;
}
