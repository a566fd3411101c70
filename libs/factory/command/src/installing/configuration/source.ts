import type { CallExpression, Diagnostic, Expression, Identifier, Node, SourceFile } from 'typescript';
import { CannotDo } from '../../command';
import type { Compiler } from './compiler';

/** A file of TypeScript as it is now. Whoever changes it makes a new one of the text that comes of it. */
export interface Source { readonly ts: Compiler; readonly name: string; readonly text: string; readonly file: SourceFile }
/** What is to stand in place of what stands there, by offsets in the text. */
export interface Edit { readonly at: number; readonly until: number; readonly text: string }

/** @throws CannotDo when it is no TypeScript: what is half written is not edited */
export function sourceOf(ts: Compiler, text: string, name: string): Source {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  // The parser keeps them, and the compiler's own tools read them there: a whole compilation for them takes a hundred times as long.
  const [wrong] = (file as { readonly parseDiagnostics?: readonly Diagnostic[] }).parseDiagnostics ?? [];
  if (wrong) throw new CannotDo(`${name}, line ${file.getLineAndCharacterOfPosition(wrong.start ?? 0).line + 1}, does not compile: ${ts.flattenDiagnosticMessageText(wrong.messageText, ' ')}`);
  return { ts, name, text, file };
}

/** The text with these edits, of which none reaches into another. */
export function edited({ ts, name, text }: Source, edits: readonly Edit[]): Source {
  const changed = [...edits].sort((one, other) => other.at - one.at || other.until - one.until).reduce((so, { at, until, text: instead }) => so.slice(0, at) + instead + so.slice(until), text);
  return sourceOf(ts, changed, name);
}

export function newlineOf({ text }: Source): string { return text.includes('\r\n') ? '\r\n' : '\n'; }
export function lineStart({ text }: Source, at: number): number { return text.lastIndexOf('\n', at - 1) + 1; }
/** Whether nothing but spaces stands before it on its line. */
export function beginsLine(source: Source, at: number): boolean { return source.text.slice(lineStart(source, at), at).trim() === ''; }
/** The spaces with which the line begins in which this stands. */
export function indentAt(source: Source, at: number): string { return /^[ \t]*/.exec(source.text.slice(lineStart(source, at)))?.[0] ?? ''; }
/** The number of its line, as editors count. */
export function lineOf({ file }: Source, node: Node): number { return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1; }
/** Where comments end that follow on the same line. */
export function afterComments({ ts, text }: Source, at: number): number { return ts.getTrailingCommentRanges(text, at)?.at(-1)?.end ?? at; }

/** Every node of one kind, as they stand. */
export function all<Kind extends Node>({ ts, file }: Source, is: (node: Node) => node is Kind, within: Node = file): readonly Kind[] {
  const found: Kind[] = [];
  const visit = (node: Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(within);
  return found;
}

/** What is called there by a plain name. */
export function calls(source: Source, name: string): readonly CallExpression[] {
  return all(source, source.ts.isCallExpression).filter(({ expression }) => source.ts.isIdentifier(expression) && expression.text === name);
}

/** The expression without what is around it for the compiler or the eye. */
export function bare({ ts }: Source, expression: Expression): Expression {
  let inner = expression;
  while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner) || ts.isNonNullExpression(inner)) inner = inner.expression;
  return inner;
}

/** Where a name is used for what it stands for: not where it is imported, and not as the name of something else's part. */
export function usesOf(source: Source, name: string): readonly Identifier[] {
  const { ts } = source;
  return all(source, ts.isIdentifier).filter((node) => {
    const { parent } = node;
    if (node.text !== name || ts.isImportSpecifier(parent) || ts.isImportClause(parent)) return false;
    return !((ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node) || (ts.isPropertySignature(parent) && parent.name === node) || (ts.isQualifiedName(parent) && parent.right === node));
  });
}
