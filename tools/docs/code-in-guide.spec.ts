import { codeIn } from './code-in-guide';

describe('the code in a guide', () => {
  it('is what stands in blocks that name a file, in their order; other blocks are words', () => {
    const guide = ['# Guide', '```ts file=src/a.ts', 'const a = 1;', '```', 'and', '```ts', 'nothing', '```', '```ts file=src/b.ts', 'const b = `x`;', '```', '```ts file=src/a.ts', 'const c = 3;', '```', ''].join('\n');
    expect([...codeIn(guide)]).toEqual([['src/a.ts', 'const a = 1;\nconst c = 3;\n'], ['src/b.ts', 'const b = `x`;\n']]);
  });
});
