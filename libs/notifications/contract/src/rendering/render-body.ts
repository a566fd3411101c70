import type { Language } from '@guildhall/kernel-contract';
import type { Block, Inline } from './content';
import { readPlaceholder } from './placeholders';
import type { ReadyValues } from './values';
import { inSentence } from './values';

/** A link whose address is a placeholder or written out; a placeholder; an address by itself. In this order at each place. */
const PIECES = /\[([^\][]+)\]\((\(\([^()]+\)\)|https?:\/\/[^\s()]+)\)|\(\(([^()]+)\)\)|https?:\/\/[^\s()<>]*[^\s()<>.,;:!?'"]/g;

/**
 * Reads a template's body and puts the values in. Values become words, never markup: they are put in after the template was read.
 * @internal
 */
export function renderBody(body: string, values: ReadyValues, language: Language): Block[] {
  const blocks: Block[] = [];
  let open: { kind: 'paragraph' | 'inset'; lines: string[] } | { kind: 'bullets' | 'numbers'; items: Inline[][] } | undefined;
  const close = (): void => {
    if (!open) return;
    if ('lines' in open) pushParagraph(blocks, open.kind, open.lines, values, language);
    else if (open.items.length) blocks.push({ kind: open.kind, items: open.items });
    open = undefined;
  };
  for (const line of body.replace(/\r\n?/g, '\n').split('\n').map((text) => text.trim())) {
    const heading = /^(#{1,2})\s*(.+)$/.exec(line);
    const item = /^(?:([*•-])|\d{1,2}\.)\s+(.+)$/.exec(line);
    if (!line) close();
    else if (/^-{3,}$|^\*{3,}$/.test(line)) { close(); blocks.push({ kind: 'rule' }); }
    else if (heading) {
      close();
      const children = inline(heading[2] ?? '', values, language);
      if (children.length) blocks.push({ kind: 'heading', level: heading[1] === '#' ? 1 : 2, children });
    } else if (item) {
      const kind = item[1] ? 'bullets' : 'numbers';
      if (!open || open.kind !== kind || !('items' in open)) { close(); open = { kind, items: [] }; }
      const alone = loneList(item[2] ?? '', values);
      const children = alone ? alone.map((words) => [{ kind: 'words' as const, words }]) : [inline(item[2] ?? '', values, language)];
      (open as { items: Inline[][] }).items.push(...children.filter((child) => child.length));
    } else {
      const isInset = line.startsWith('^');
      const kind = isInset ? 'inset' : 'paragraph';
      const text = isInset ? line.slice(1).trim() : line;
      if (!open || open.kind !== kind || !('lines' in open)) { close(); open = { kind, lines: [] }; }
      (open as { lines: string[] }).lines.push(text);
    }
  }
  close();
  return blocks;
}

/** A line that is nothing but a list: its items. */
function loneList(line: string, values: ReadyValues): readonly string[] | undefined {
  const alone = /^\(\(([^()]+)\)\)$/.exec(line.trim());
  const value = alone && values.get(readPlaceholder(alone[1] ?? '').key);
  return value?.kind === 'list' ? value.items : undefined;
}

function pushParagraph(blocks: Block[], kind: 'paragraph' | 'inset', lines: readonly string[], values: ReadyValues, language: Language): void {
  let children: Inline[] = [];
  const flush = (): void => {
    for (const part of splitAtBlankLines(children)) blocks.push({ kind, children: part });
    children = [];
  };
  for (const line of lines) {
    const items = loneList(line, values);
    if (items) {
      flush();
      if (items.length) blocks.push({ kind: 'bullets', items: items.map((words) => [{ kind: 'words', words }]) });
      continue;
    }
    const words = inline(line, values, language);
    if (!words.length) continue;
    if (children.length) children.push({ kind: 'break' });
    children.push(...words);
  }
  flush();
}

/** A blank line inside a value of several lines begins a new paragraph. */
function splitAtBlankLines(children: readonly Inline[]): Inline[][] {
  const parts: Inline[][] = [[]];
  children.forEach((child, index) => {
    const current = parts[parts.length - 1] as Inline[];
    if (child.kind !== 'break') current.push(child);
    else if (children[index - 1]?.kind === 'break') { if (current.length) parts.push([]); }
    else if (children[index + 1]?.kind !== 'break') current.push(child);
  });
  return parts.filter((part) => part.length);
}

function inline(text: string, values: ReadyValues, language: Language): Inline[] {
  const children: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(PIECES)) {
    pushWords(children, text.slice(from, match.index));
    from = match.index + match[0].length;
    const [whole, words, address, placeholder] = match;
    if (words !== undefined && address !== undefined) {
      const target = address.startsWith('((') ? fill(address, values, language) : address;
      const shown = fill(words, values, language);
      if (target) children.push({ kind: 'link', words: shown || target, address: target });
      else pushWords(children, shown);
    } else if (placeholder !== undefined) pushValue(children, placeholder, values, language);
    else children.push({ kind: 'link', words: whole, address: whole });
  }
  pushWords(children, text.slice(from));
  return children.some((child) => child.kind === 'link' || (child.kind === 'words' && child.words.trim())) ? children : [];
}

function pushValue(children: Inline[], placeholder: string, values: ReadyValues, language: Language): void {
  const { key, words, isCondition } = readPlaceholder(placeholder);
  const value = values.get(key);
  if (isCondition) {
    if (value?.kind === 'flag' && value.isYes) children.push(...inline(words, values, language));
    return;
  }
  if (!value) return;
  switch (value.kind) {
    case 'link': children.push({ kind: 'link', words: value.words, address: value.words }); break;
    case 'list': pushWords(children, inSentence(value.items, language)); break;
    case 'text': pushWords(children, value.words); break;
    case 'paragraphs':
      value.words.split('\n').forEach((line, index) => {
        if (index) children.push({ kind: 'break' });
        pushWords(children, line.trim());
      });
      break;
    case 'flag': break;
  }
}

function pushWords(children: Inline[], words: string): void {
  if (!words) return;
  const last = children.at(-1);
  if (last?.kind === 'words') children[children.length - 1] = { kind: 'words', words: last.words + words };
  else children.push({ kind: 'words', words });
}

/** Puts values into a text without Markdown: a subject, a heading, a text message, a link's words. @internal */
export function fill(text: string, values: ReadyValues, language: Language): string {
  return text.replace(/\(\(([^()]+)\)\)/g, (_, inside: string) => {
    const { key, words, isCondition } = readPlaceholder(inside);
    const value = values.get(key);
    if (!value) return '';
    switch (value.kind) {
      case 'flag': return isCondition && value.isYes ? words : '';
      case 'list': return inSentence(value.items, language);
      case 'text': case 'paragraphs': case 'link': return value.words;
    }
  });
}
