import * as ts from 'typescript';
import { sourceOf, type Source } from './source';
import { themeBack, themeInto } from './theme';

const source = (text: string): Source => sourceOf(ts, text, 'council.config.ts');
const HARBOUR = { package: '@westmarch/theme-harbour', name: 'harbourTheme' };
const withTheme = (imports: string, property: string): string => `import { cases } from '@guildhall/cases';\n${imports}\nexport const a = defineCouncil('brackenfield', () => ({\n  council: {},\n  ${property}\n  modules: [cases()],\n}));\n`;

describe('a theme in a configuration', () => {
  it.each([
    ['one of the council’s own, named by what it is for', withTheme(`import { theme } from './theme';`, 'theme,'), withTheme(`import { harbourTheme as theme } from '@westmarch/theme-harbour';`, 'theme,')],
    ['one of another package', withTheme(`import { glanafonTheme } from '@guildhall/theme-glanafon';`, 'theme: glanafonTheme, // Ours.'), withTheme(`import { harbourTheme } from '@westmarch/theme-harbour';`, 'theme: harbourTheme, // Ours.')],
    ['one that is written out', withTheme('', 'theme: { id: \'own\', brand: \'#1d4f3a\' },'), withTheme('', 'theme: harbourTheme,').replace(`cases';\n`, `cases';\nimport { harbourTheme } from '@westmarch/theme-harbour';\n`)],
    ['one that is made', withTheme(`import { theme, tinted } from './theme';`, 'theme: tinted(theme, \'#1d4f3a\'),'), withTheme('', 'theme: harbourTheme,').replace(`cases';\n\n`, `cases';\nimport { harbourTheme } from '@westmarch/theme-harbour';\n`)],
  ])('stands in place of %s, and that comes back', (_of, text, expected) => {
    const { source: now, before } = themeInto(source(text), HARBOUR);
    expect(now.text).toBe(expected);
    expect(themeInto(now, HARBOUR)).toEqual({ source: now });
    if (!before) throw new Error('Nothing stood there.');
    const back = themeBack(now, HARBOUR.package, before).text;
    // What is imported comes back, if in another place.
    expect([back.split('\n').filter(Boolean).sort(), themeBack(source(back), HARBOUR.package, before).text]).toEqual([text.split('\n').filter(Boolean).sort(), back]);
  });
  it('comes back to the letter where one line changed', () => {
    const text = withTheme(`import { theme } from "./theme"`, 'theme,');
    const { source: now, before } = themeInto(source(text), HARBOUR);
    expect(before && themeBack(now, HARBOUR.package, before).text).toBe(text);
  });
  it('leaves what its place is imported with for something else', () => {
    const text = withTheme(`import { theme } from './theme';`, 'theme,').replace('council: {}', 'council: { colour: theme.brand }');
    const { source: now, before } = themeInto(source(text), HARBOUR);
    expect(now.text).toContain(`import { theme } from './theme';`);
    expect(now.text).toContain('  theme: harbourTheme,\n');
    expect(before && themeBack(now, HARBOUR.package, before).text).toBe(text);
  });
  it('is not written where there is no theme to be seen', () => { expect(() => themeInto(source(withTheme('', '...look,')), HARBOUR)).toThrow('does not write out the theme of “brackenfield”'); });
});
