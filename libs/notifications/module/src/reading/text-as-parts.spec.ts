import { textAsParts } from './text-as-parts';

describe('a plain text shown as a body', () => {
  it('has paragraphs, line breaks and addresses that can be followed', () => {
    expect(textAsParts('Hello.\nSee https://a.example/x?y=1.\n\n\nBye', 'en')).toEqual([{ language: 'en', blocks: [
      { kind: 'paragraph', children: [{ kind: 'words', words: 'Hello.' }, { kind: 'break' }, { kind: 'words', words: 'See ' }, { kind: 'link', words: 'https://a.example/x?y=1', address: 'https://a.example/x?y=1' }, { kind: 'words', words: '.' }] },
      { kind: 'paragraph', children: [{ kind: 'words', words: 'Bye' }] },
    ] }]);
  });
  it('makes a link of nothing but http and https', () => {
    expect(textAsParts('javascript:alert(1) data:text/html,x', 'cy')).toEqual([{ language: 'cy', blocks: [{ kind: 'paragraph', children: [{ kind: 'words', words: 'javascript:alert(1) data:text/html,x' }] }] }]);
  });
});
