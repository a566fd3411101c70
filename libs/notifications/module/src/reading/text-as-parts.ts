import { mainLanguage, type Inline, type MessageLanguage, type MessagePart } from '@guildhall/notifications-contract';

const ADDRESS = /https?:\/\/[^\s()<>]*[^\s()<>.,;:!?'"]/g;

/** Plain text as a body: paragraphs, line breaks, and addresses that can be followed. A text has one language in the end: for both it is marked as the first. */
export function textAsParts(text: string, language: MessageLanguage): readonly MessagePart[] {
  const blocks = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim()).map((paragraph) => ({ kind: 'paragraph' as const, children: paragraph.split('\n').flatMap((line, index): Inline[] => [...(index ? [{ kind: 'break' as const }] : []), ...lineAsInline(line)]) }));
  return [{ language: mainLanguage(language), blocks }];
}

function lineAsInline(line: string): Inline[] {
  const children: Inline[] = [];
  let from = 0;
  for (const { 0: address, index } of line.matchAll(ADDRESS)) {
    if (index > from) children.push({ kind: 'words', words: line.slice(from, index) });
    children.push({ kind: 'link', words: address, address });
    from = index + address.length;
  }
  if (from < line.length) children.push({ kind: 'words', words: line.slice(from) });
  return children;
}
