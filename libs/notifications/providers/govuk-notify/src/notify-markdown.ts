import type { Block, Inline, MessagePart } from '@guildhall/notifications-contract';

/**
 * A body in Notify's Markdown, as the value of `((body))`: Notify puts values in first and reads the Markdown after.
 * So what came from a value is escaped here: a name such as `[win](https://elsewhere.example)` stays words.
 * @param links as Markdown in an e-mail; written out in a letter, where nobody can press them
 */
export function notifyMarkdown(parts: readonly MessagePart[], links: 'markdown' | 'written-out'): string {
  return parts.map((part) => part.blocks.map((block) => blockText(block, links)).join('\n\n')).join('\n\n---\n\n');
}

function blockText(block: Block, links: 'markdown' | 'written-out'): string {
  switch (block.kind) {
    case 'heading': return `${block.level === 1 ? '#' : '##'} ${lines(block.children, links).join(' ')}`;
    case 'paragraph': return lines(block.children, links).join('\n');
    case 'inset': return lines(block.children, links).map((line) => `^ ${line}`).join('\n');
    case 'bullets': return block.items.map((item) => `* ${lines(item, links).join(' ')}`).join('\n');
    case 'numbers': return block.items.map((item, index) => `${index + 1}. ${lines(item, links).join(' ')}`).join('\n');
    case 'rule': return '---';
  }
}

function lines(children: readonly Inline[], links: 'markdown' | 'written-out'): string[] {
  const made = [''];
  for (const child of children) {
    if (child.kind === 'break') made.push('');
    else made[made.length - 1] += child.kind === 'words' ? escaped(child.words) : link(child, links);
  }
  return made.map((line) => atLineStart(line.trim())).filter(Boolean);
}

function link({ words, address }: { readonly words: string; readonly address: string }, links: 'markdown' | 'written-out'): string {
  const target = address.replace(/[\s<>[\]"\\]/g, encodeURIComponent).replace(/\(/g, '%28').replace(/\)/g, '%29');
  if (words === address) return target;
  return links === 'markdown' ? `[${escaped(words)}](${target})` : `${escaped(words)}: ${target}`;
}

/** The signs that begin a link, code or a table anywhere in a line. A backslash before them is Markdown's own escape. */
function escaped(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/[\\`[\]|]/g, '\\$&');
}

/** The signs that begin a heading, a list, a rule or a fence at the start of a line. Notify cannot escape `^` and `•`: an inset or a bullet does no harm. */
function atLineStart(line: string): string {
  return line.replace(/^[#*+\-_~>]/, '\\$&').replace(/^(\d{1,9})\./, '$1\\.');
}
