import fc from 'fast-check';
import type { Block, Inline } from '@guildhall/notifications-contract';
import { notifyMarkdown } from './notify-markdown';
import { htmlWords, plainWords } from './simulator';

const words = (text: string): Inline => ({ kind: 'words', words: text });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });
const made = (...blocks: Block[]): string => notifyMarkdown([{ language: 'en', blocks }], 'markdown');

describe('a body for Notify', () => {
  it('has every kind of block, and the languages one below the other', () => {
    const blocks: Block[] = [
      { kind: 'heading', level: 1, children: [words('Your bins')] }, paragraph(words('First line'), { kind: 'break' }, words('second')), { kind: 'bullets', items: [[words('paper')], [words('glass')]] },
      { kind: 'numbers', items: [[words('one')], [words('two')]] }, { kind: 'inset', children: [words('Friday')] }, { kind: 'rule' }, { kind: 'heading', level: 2, children: [words('Pay')] },
      paragraph(words('See '), { kind: 'link', words: 'your account', address: 'https://testham.example/account?a=(1)' }, words('.')),
    ];
    expect(notifyMarkdown([{ language: 'cy', blocks }, { language: 'en', blocks: [paragraph(words('English'))] }], 'markdown')).toBe([
      '# Your bins', 'First line\nsecond', '* paper\n* glass', '1. one\n2. two', '^ Friday', '---', '## Pay', 'See [your account](https://testham.example/account?a=%281%29).', '---', 'English',
    ].join('\n\n'));
  });
  it('writes links out in a letter', () => {
    expect(notifyMarkdown([{ language: 'en', blocks: [paragraph({ kind: 'link', words: 'Pay', address: 'https://testham.example/pay' })] }], 'written-out')).toBe('Pay: https://testham.example/pay');
  });
  it.each([['[win](https://elsewhere.example)'], ['# Not a heading'], ['* not a list'], ['- nor this'], ['1. nor that'], ['---'], ['> said'], ['`code`'], ['~~~'], ['a | b'], ['back\\slash'], ['\\[x](https://elsewhere.example)'], ['((body))']])('leaves what came from a value as words: %s', (value) => {
    const html = htmlWords(made(paragraph(words(value))));
    expect(html).not.toMatch(/<(?:h1|h2|ul|ol|li|hr|blockquote)/);
    expect(html).not.toMatch(/<a [^>]*>win/);
    expect(plainWords(made(paragraph(words(value))))).toBe(value);
  });
  it('arrives as it was written, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }).map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '' && !/^\^|https?:/.test(text)), (text) => {
      expect(plainWords(made(paragraph(words(text))))).toBe(text);
      expect(htmlWords(made(paragraph(words(text))))).toMatch(/^<p>[^\0]*<\/p>$/);
    }));
  });
});
