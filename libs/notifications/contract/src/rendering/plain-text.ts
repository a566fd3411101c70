import type { Block, Inline, MessagePart } from './content';

/** The plain-text form of a body: what the text part of an e-mail, the account's log and a screen reader get. @public */
export function toPlainText(parts: readonly MessagePart[]): string {
  return parts.map((part) => part.blocks.map(blockText).join('\n\n')).join('\n\n---\n\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading': { const words = inlineText(block.children); return block.level === 1 ? `${words}\n${'-'.repeat(Math.min([...words].length, 65))}` : words; }
    case 'paragraph': return inlineText(block.children);
    case 'inset': return inlineText(block.children).replace(/^/gm, '  ');
    case 'bullets': return block.items.map((item) => `* ${inlineText(item)}`).join('\n');
    case 'numbers': return block.items.map((item, index) => `${index + 1}. ${inlineText(item)}`).join('\n');
    case 'rule': return '---';
  }
}

function inlineText(children: readonly Inline[]): string {
  return children.map((child) => {
    switch (child.kind) {
      case 'words': return child.words;
      case 'break': return '\n';
      case 'link': return child.words === child.address ? child.address : `${child.words}: ${child.address}`;
    }
  }).join('').trim();
}
