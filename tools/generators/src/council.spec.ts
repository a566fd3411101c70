import { readFileSync } from 'node:fs';
import path from 'node:path';
import { problemsOfTheme } from '@guildhall/ui';
import { paletteOf, problemsOfBrand } from './colour';
import { council, type CouncilOptions } from './council';
import { EMPTY } from './generator';

const right: CouncilOptions = { name: 'Marshborough District Council', slug: 'marshborough', gss: 'E07000997', languages: ['en', 'cy'], brand: '#1d4f3a', id: '019db6a2-6c00-7c3e-a1b4-5d2f8e9a0b17' };

describe('a generator', () => {
  it.each<[string, Partial<CouncilOptions>, string]>([
    ['a name that is none', { name: ' ' }, 'The name of the council has 3 to 100 letters'],
    ['a slug with capitals', { slug: 'Marsh' }, 'The slug is "Marsh": it must be lower-case letters, digits and single hyphens'],
    ['a slug of one letter', { slug: 'x' }, 'The slug is "x"'],
    ['a slug that leads out of the folder', { slug: '../x' }, 'The slug is "../x"'],
    ['a code of something else than a council', { gss: '12345' }, 'The GSS code is "12345": it is one of E, W, S and N and eight digits'],
    ['a language that pages do not have', { languages: ['en', 'fr'] }, 'The languages are "en,fr": they are en, cy, or both'],
    ['no language', { languages: [] }, 'The languages are ""'],
    ['a colour in words', { brand: 'green' }, 'The brand colour is "green": write it as six hexadecimal digits'],
    ['a colour on which nobody reads white words', { brand: '#ffdd00' }, 'White words on #ffdd00, and links in it, have a contrast of 1.3 to 1'],
    ['an id that is no UUID', { id: '1' }, 'The id is "1": it is a UUID in lower case'],
  ])('refuses %s with a sentence', (_what, wrong, sentence) => {
    const made = council({ ...right, ...wrong }, EMPTY);
    expect(made.ok ? [] : made.problems).toEqual([expect.stringContaining(sentence)]);
  });
  it('says everything that is wrong at once', () => {
    const made = council({ ...right, slug: '', brand: '' }, EMPTY);
    expect(made.ok ? [] : made.problems).toHaveLength(2);
  });
  it('overwrites nothing, and names what is in the way', () => {
    const made = council(right, { ...EMPTY, read: (file) => (file === 'marshborough/src/main.ts' ? '// ours' : undefined) });
    expect(made).toEqual({ ok: false, problems: ['marshborough/src/main.ts is there already, and nothing is overwritten. Move it away, or choose another name.'] });
  });
  it('is a pure function: the same options make the same files', () => { expect(council(right, EMPTY)).toEqual(council(right, EMPTY)); });
  it('lets a name be what it is, in code too', () => {
    const made = council({ ...right, name: 'St Mary\'s \\ Town Council' }, EMPTY);
    expect(made.ok && made.files['marshborough/src/council.config.ts']).toContain(String.raw`name: 'St Mary\'s \\ Town Council'`);
  });
  it('puts a council of Wales into Wales', () => {
    const made = council({ ...right, gss: 'W06000998' }, EMPTY);
    expect(made.ok && made.files['marshborough/src/council.config.ts']).toContain(`nation: 'wales'`);
  });
});

describe('a brand colour that is taken', () => {
  const shades = ['00', '33', '66', '99', 'cc', 'ff'];
  const colours = shades.flatMap((red) => shades.flatMap((green) => shades.map((blue) => `#${red}${green}${blue}`)));
  const taken = colours.filter((brand) => problemsOfBrand(brand).length === 0);
  it('makes a look that the kernel takes too, and on which errors and hints can be read', () => {
    expect(taken.length).toBeGreaterThan(50);
    const emblemSvg = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
    for (const brand of taken) expect(problemsOfTheme({ id: 'x', ...paletteOf(brand), fontStack: 'serif', emblemSvg, faviconSvg: emblemSvg })).toEqual([]);
  });
});

describe('what generated packages are built with', () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(__dirname, '../../..', file), 'utf8')) as { devDependencies: Record<string, string>; dependencies: Record<string, string> };
  it('is what this repository is built with', () => {
    const { devDependencies } = read('tools/generators/package.json');
    const [root, app] = [read('package.json').devDependencies, read('apps/riverbourne/package.json').dependencies];
    const others = Object.entries(devDependencies).filter(([name]) => !name.startsWith('@guildhall/') && name !== 'class-validator');
    expect(Object.fromEntries(others)).toEqual(Object.fromEntries(others.map(([name]) => [name, app[name] ?? root[name]])));
  });
});
