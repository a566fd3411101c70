import { factsOf } from '@guildhall/catalogue-contract';
import { exampleFiles } from '@guildhall/catalogue-contract/testing';
import { describedIn, differences, readPubliccode } from './publiccode';
import { publiccodeOf } from './publiccode-of';

const FILE = `publiccodeYmlVersion: "0.4"
name: Parking Permits
landingURL: https://parking.westmarch.example
categories: [parking, 12]
legal:
  license: EUPL-1.2
maintenance:
  type: contract
  contractors:
    - name: Heron and Pike
      until: 2027-03-31
      website: https://heron-and-pike.example
  contacts:
    - name: The parking team
      email: parking@westmarch.example
unknown: { to: us }
`;

describe('a stranger’s publiccode.yml', () => {
  it('says who looks after it, under which contract until when, and whom to write to', () => {
    expect(readPubliccode(FILE)).toMatchObject({ ok: true, value: {
      name: 'Parking Permits', landingURL: 'https://parking.westmarch.example', categories: ['parking', '12'], legal: { license: 'EUPL-1.2' },
      maintenance: { type: 'contract', contractors: [{ name: 'Heron and Pike', until: '2027-03-31', website: 'https://heron-and-pike.example' }], contacts: [{ name: 'The parking team', email: 'parking@westmarch.example' }] },
    } });
  });

  it.each([
    ['in the reader’s language where it says it', 'cy', `${FILE}description:\n  cy:\n    shortDescription: Trwyddedau parcio.\n  en: { shortDescription: Another. }\n`, { text: 'Trwyddedau parcio.', language: 'cy' }],
    ['in English, as its package.json does', 'en', `${FILE}description: { en: { shortDescription: Another. } }\n`, { text: 'Parking permits.', language: 'en' }],
    ['in English where it leaves it empty', 'cy', `${FILE}description: { cy: { shortDescription: "" } }\n`, { text: 'Parking permits.', language: 'en' }],
    ['in English where it describes nothing', 'cy', FILE, { text: 'Parking permits.', language: 'en' }],
  ] as const)('says what it is %s', (_how, language, file, described) => {
    const read = readPubliccode(file);
    expect(read.ok && describedIn(language, { description: 'Parking permits.' }, read.value)).toEqual(described);
  });

  it.each([
    ['no YAML', 'a: [', /at line 1/], ['no publiccode.yml', '- a', /publiccode\.yml/], ['something that stands for something else', `${FILE}a: &a [1]\nb: *a\n`, /alias/i],
    ['an address that runs', FILE.replace('https://parking.westmarch.example', 'javascript:alert(1)'), /landingURL/], ['a day that is none', FILE.replace('2027-03-31', 'soon'), /until/], ['too much', `${FILE}${'# more\n'.repeat(3000)}`, /20000 characters/],
    ['too deep', `publiccodeYmlVersion: ${'['.repeat(15_000)}`, /\.$/],
  ])('is refused where it is %s, with the reason', (_what, given, because) => {
    const read = readPubliccode(given);
    expect(read).toMatchObject({ ok: false, refusal: { reason: 'malformed', message: expect.stringMatching(because) as string } });
  });

  it('cannot change what is not its own', () => {
    readPubliccode(`${FILE}__proto__:\n  polluted: yes\n`);
    expect(({} as { readonly polluted?: string }).polluted).toBeUndefined();
  });

  it('is held against package.json by its name and licence', () => {
    expect(differences({ name: 'Parking permits', legal: { license: 'mit' } }, { name: '@westmarch/parking-permits', licence: 'MIT' })).toEqual([]);
    expect(differences({ name: '@westmarch/parking-permits' }, { name: '@westmarch/parking-permits', licence: 'MIT' })).toEqual([]);
    expect(differences({ name: 'Bin day', legal: { license: 'EUPL-1.2' } }, { name: '@westmarch/parking-permits', licence: 'MIT' })).toEqual([{ field: 'name', here: '@westmarch/parking-permits', there: 'Bin day' }, { field: 'licence', here: 'MIT', there: 'EUPL-1.2' }]);
  });
});

it('is made from what is signed of a package that brings none, and can be read again', () => {
  const facts = factsOf(new Map(Object.entries(exampleFiles('@westmarch/parking', '1.0.0')).map(([path, text]) => [path, new Uint8Array(Buffer.from(text))])));
  if (!facts.ok) throw new Error(facts.refusal.message);
  const made = publiccodeOf(facts.value, { publishedAt: '2026-11-02T09:00:00Z' }, { name: { en: 'Westmarch: digital', cy: 'Westmarch' }, kind: 'regional-body', contact: { email: 'packages@westmarch.example' } });
  expect(made).toContain('releaseDate: 2026-11-02');
  const read = readPubliccode(made);
  expect(read).toMatchObject({ ok: true, value: { name: '@westmarch/parking', legal: { license: 'MIT' }, maintenance: { type: 'internal', contacts: [{ name: 'Westmarch: digital', email: 'packages@westmarch.example' }] } } });
  if (read.ok) expect(differences(read.value, facts.value)).toEqual([]);
});
