import type { Node } from 'typescript';
import { afterComments, beginsLine, indentAt, newlineOf, type Edit, type Source } from './source';

/** Something in brackets with commas between: a list, an object, names that are imported, what a function is given. */
export interface Listed { readonly open: number; readonly close: number; readonly items: readonly Node[]; /** Where each comma begins: after each item, after the last only where one stands. */ readonly commas: readonly number[] }

/** @param node whose children are brackets with a list between them */
export function listed({ ts, file }: Source, node: Node): Listed {
  const children = node.getChildren(file);
  const at = children.findLastIndex(({ kind }) => kind === ts.SyntaxKind.SyntaxList);
  const [open, list, close] = [children[at - 1], children[at], children[at + 1]];
  if (!open || !list || !close) throw new TypeError('This has no brackets.');
  const parts = list.getChildren(file);
  return { open: open.getEnd(), close: close.getStart(file), items: parts.filter((_, index) => index % 2 === 0), commas: parts.filter((_, index) => index % 2 === 1).map((comma) => comma.getStart(file)) };
}

/** Puts something into a list before the item of this number, or at its end, in the way in which the list is written. */
export function inserting(source: Source, list: Listed, index: number, text: string): readonly Edit[] {
  const { items, commas, open, close } = list;
  const newline = newlineOf(source);
  const next = items[index];
  if (next) {
    const at = next.getStart(source.file);
    return [{ at, until: at, text: `${text},${beginsLine(source, at) ? newline + indentAt(source, at) : ' '}` }];
  }
  const last = items.at(-1);
  const before = last ? last.getEnd() : open;
  const isTall = source.text.slice(before, close).includes('\n');
  if (!last) {
    const after = afterComments(source, open);
    return [isTall ? { at: after, until: after, text: `${newline}${indentAt(source, beginsLine(source, close) ? close : open - 1)}  ${text},` } : { at: open, until: open, text: spaced(source, open, text) }];
  }
  const comma = commas[items.length - 1];
  const indent = isTall ? newline + indentAt(source, last.getStart(source.file)) : ' ';
  if (comma !== undefined) {
    const after = afterComments(source, comma + 1);
    return [{ at: after, until: after, text: `${indent}${text},` }];
  }
  const after = afterComments(source, before);
  return after === before ? [{ at: before, until: before, text: `,${indent}${text}` }] : [{ at: before, until: before, text: ',' }, { at: after, until: after, text: `${indent}${text}` }];
}

/** An empty pair of braces takes spaces, as objects have them. */
function spaced({ text }: Source, open: number, inner: string): string { return text[open - 1] === '{' ? ` ${inner} ` : inner; }

/** Takes an item out of a list, and its comma; what was put in by {@link inserting} is gone without a trace. */
export function removing(source: Source, list: Listed, index: number): readonly Edit[] {
  const { text } = source;
  const { items, commas, open } = list;
  const item = items[index];
  if (!item) return [];
  const at = item.getStart(source.file);
  const comma = commas[index];
  if (index < items.length - 1 && comma !== undefined) {
    const rest = beginsLine(source, at) ? /^[ \t]*(\r?\n[ \t]*)?/ : /^[ \t]*/;
    return [{ at, until: comma + 1 + (rest.exec(text.slice(comma + 1))?.[0].length ?? 0), text: '' }];
  }
  const until = comma === undefined ? item.getEnd() : comma + 1;
  const from = index === 0 ? Math.max(open, at - spacesBefore(text, at)) : at - spacesBefore(text, at);
  const previous = commas[index - 1];
  const removal = { at: from, until, text: '' };
  if (comma !== undefined || previous === undefined) return [removal];
  return previous + 1 >= from ? [{ ...removal, at: previous }] : [{ at: previous, until: previous + 1, text: '' }, removal];
}

function spacesBefore(text: string, at: number): number { return /\s*$/.exec(text.slice(0, at))?.[0].length ?? 0; }
