import { signAssessment } from '@guildhall/assurance-contract';
import { signNotice } from '@guildhall/catalogue-contract';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { chosen } from '../command';
import { COMMANDS } from '../commands';
import { InventedCouncil } from '../../test/invented-council';
import { InventedPublisher, type Packed } from '../../test/invented-publisher';
import { ListingCatalogue } from '../../test/listing-catalogue';
import { chosenVersion } from './chosen-version';
import { settingsIn } from './council-settings';
import { installedPackages } from './installed-packages';
import { installedDemands } from './kit-demands';
import { lookAtPublished, type PublishedLookedAt } from './look-at-published';
import { seenIn, type Seen } from './seen';

const NAME = '@westmarch/parking';
const ADVISORY = `Advisory, ${NAME} *: Anybody can read permits. (severity high)`;
let council: InventedCouncil;
let catalogues: readonly [ListingCatalogue, ListingCatalogue];
let seen: Seen;
beforeEach(async () => {
  council = new InventedCouncil();
  catalogues = [await ListingCatalogue.start('Westmarch'), await ListingCatalogue.start('Aldermoor')];
  council.write('guildhall.json', JSON.stringify({ catalogues: catalogues.map(({ followed }) => followed) }));
  council.has(NAME, { kind: 'module', id: 'parking' }, { version: '1.0.0' });
  seen = seenIn(council.folder);
});
afterEach(async () => {
  council.forget();
  await Promise.all(catalogues.map((one) => one.stop()));
});
const westmarch = new InventedPublisher('westmarch');
const list = (...into: readonly ListingCatalogue[]): void => {
  const packed: Packed = { file: '', facts: { name: NAME, version: '1.0.0', kind: 'module', owner: 'Westmarch Digital', reports: [] } as unknown as Packed['facts'], sha512: 'b'.repeat(128) };
  for (const one of into) {
    one.states.set('westmarch', westmarch.states);
    one.list(westmarch.signs(packed), packed.facts, packed.sha512);
  }
};
const warn = (one: ListingCatalogue): void => void one.notices.push(signNotice({ id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'advisory', severity: 'high', package: NAME, versions: '*', text: { en: 'Anybody can read permits.', cy: 'Gall unrhyw un ddarllen trwyddedau.' }, at: '2026-11-30T10:00:00Z' }, westmarch.lead.signer));
/** Looks, and remembers what was said. */
const look = async (own: readonly string[] = []): Promise<PublishedLookedAt & { readonly says: readonly string[] }> => {
  const found = await lookAtPublished(installedPackages(council.folder).filter(({ name }) => name === NAME), [], { own, settings: settingsIn(council.folder), seen, now: new Date('2026-11-30T12:00:00Z'), demands: installedDemands(council.folder, installedPackages(council.folder)) }, true);
  seen = { ...seen, ...found.seen };
  return { ...found, says: found.findings.map(({ weight, text }) => `${weight}: ${text}`) };
};
const SILENT = 'advice: The catalogue Aldermoor answers 503. What it said before counts, and what it would say now is not known.';

describe('while one of two catalogues does not answer', () => {
  it.each<readonly [string, () => void]>([
    ['a warning that only it has told', () => list(...catalogues)],
    ['a package that only it lists', () => list(catalogues[1])],
  ])('%s is not forgotten, and it is named', async (_what, make) => {
    make();
    warn(catalogues[1]);
    expect((await look()).says).toEqual([`mend: ${ADVISORY}`]);
    catalogues[1].isDown = true;
    expect((await look()).says).toEqual([SILENT, `mend: ${ADVISORY}`]);
    expect((await look()).says).toEqual([SILENT, `mend: ${ADVISORY}`]);
    catalogues[1].isDown = false;
    catalogues[1].notices.length = 0;
    expect((await look()).says).toEqual([]);
  });
  it('whoever chooses a version is told which', async () => {
    list(catalogues[0]);
    catalogues[1].isDown = true;
    expect(await chosenVersion({ name: NAME }, settingsIn(council.folder), [])).toEqual({ ok: true, value: { version: '1.0.0', versions: ['1.0.0'], unreached: ['The catalogue Aldermoor answers 503.'] } });
    expect(await chosenVersion({ name: '@westmarch/bins' }, settingsIn(council.folder), [])).toMatchObject({ ok: false, refusal: { message: 'No catalogue that this council follows lists @westmarch/bins. The catalogue Aldermoor answers 503. A package of that name in a registry may be anybody’s.' } });
  });
});

it.each<readonly [string, () => void, readonly string[]]>([
  ['by what was said of it', () => warn(catalogues[0]), [`mend: ${ADVISORY}`]],
  ['by what was taken', () => { seen = { ...seen, releases: { [NAME]: { '1.0.0': 'b'.repeat(128) } } }; }, []],
])('what was listed and is listed by nobody now is to be mended, %s', async (_how, make, said) => {
  list(...catalogues);
  make();
  expect((await look()).says).toEqual(said);
  for (const one of catalogues) one.forgets();
  const gone = `mend: ${NAME} 1.0.0 was listed when it was taken, and no catalogue that this app follows lists any of it now. Ask its publisher and the catalogues why, or take another: npx guildhall remove ${NAME}`;
  expect([...(await look([NAME])).says].sort()).toEqual([gone, ...said].sort());
  expect([...(await look([NAME])).says].sort()).toEqual([gone, ...said].sort());
});

describe('what was seen of logs and publishers', () => {
  const pinned = (): void => council.write('guildhall.json', JSON.stringify({ catalogues: catalogues.map(({ followed }) => followed), publishers: [{ id: 'westmarch', scopes: ['@westmarch'], key: westmarch.lead.x }] }));
  const stolen = new InventedPublisher('westmarch');
  it('is remembered: a theft that one tells today is not hidden tomorrow by another that is behind', async () => {
    council.write('guildhall.json', JSON.stringify({ catalogues: catalogues.map(({ followed }) => followed), publishers: [{ id: 'westmarch', scopes: ['@westmarch'], key: stolen.lead.x }] }));
    const packed = { file: '', facts: { name: NAME, version: '1.0.0', kind: 'module', owner: 'Westmarch Digital', reports: [] }, sha512: 'b'.repeat(128) } as unknown as Packed;
    for (const one of catalogues) { one.states.set('westmarch', [...stolen.states]); one.list(stolen.signs(packed), packed.facts, packed.sha512); }
    expect((await look()).says).toEqual([]);
    stolen.changes({ keys: stolen.state.keys.map((key) => ({ ...key, compromisedSince: '2026-11-30T08:00:00Z' })) });
    catalogues[1].states.set('westmarch', [...stolen.states]);
    const theft = [expect.stringMatching(/^mend: .* is not signed by a key that westmarch had/) as string];
    expect((await look()).says).toEqual(theft);
    catalogues[1].isDown = true;
    seen = { ...seen, warned: {} };
    expect((await look()).says).toEqual([SILENT, ...theft]);
  });
  it('is remembered of each log in its largest size, whatever was asked first', async () => {
    pinned();
    list(...catalogues);
    await look();
    const before = seen.checkpoints[catalogues[0].origin];
    expect(before).toContain('\n1\n');
    council.has('@westmarch/bins', { kind: 'module', id: 'bins' }, { version: '1.0.0' });
    list(catalogues[0]);
    await look();
    expect(seen.checkpoints[catalogues[0].origin]).toContain('\n2\n');
    catalogues[0].forgets();
    catalogues[0].tree.append(new Uint8Array(32));
    list(catalogues[0]);
    expect((await look()).says[0]).toContain('shows another log than this app saw before');
  });
});

it('a notice that a thief dates back is not believed of a catalogue that does not know of the theft', async () => {
  const publisher = new InventedPublisher('westmarch');
  const packed = { file: '', facts: { name: NAME, version: '1.0.0', kind: 'module', owner: 'Westmarch Digital', reports: [] }, sha512: 'b'.repeat(128) } as unknown as Packed;
  for (const one of catalogues) { one.states.set('westmarch', [...publisher.states]); one.list(publisher.signs(packed), packed.facts, packed.sha512); }
  catalogues[0].notices.push(signNotice({ id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'withdrawal', package: NAME, versions: '*', text: { en: 'Take ours instead.', cy: 'Cymerwch ein un ni.' }, at: '2026-11-30T09:30:00Z' }, publisher.lead.signer));
  const says = async (): Promise<readonly string[]> => (await look()).says.filter((one) => one.includes('Withdrawn'));
  expect(await says()).toHaveLength(1);
  publisher.changes({ keys: publisher.state.keys.map((key) => ({ ...key, ...(key.x === publisher.lead.x && { compromisedSince: '2026-11-30T11:00:00Z' }) })) });
  catalogues[1].states.set('westmarch', [...publisher.states]);
  expect(await says()).toEqual([]);
  catalogues[0].states.set('westmarch', [...publisher.states]);
  expect(await says()).toHaveLength(1);
});

it('what a catalogue took off speaks for a package no more, whoever lists it still, and whoever has the package is told', async () => {
  const digest = { sha512: 'b'.repeat(128) };
  const assessor = new InventedPublisher('glanafon');
  const signed = (principle: string, result: 'met' | 'not-met') => signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest }], { standard: 'ncsc-csp', assessedOn: '2026-11-20', validUntil: '2027-10-31', findings: [{ principle, result, how: 'reviewed' }] }, assessor.lead.signer);
  const [good, bad] = [signed('7', 'met'), signed('8', 'not-met')];
  council.write('guildhall.json', JSON.stringify({ catalogues: catalogues.map(({ followed }) => followed), bodies: [{ id: 'glanafon', keys: assessor.state.keys }], assurance: { modules: { reviewedBy: 'peer' }, whenMissing: 'refuse' } }));
  list(...catalogues);
  catalogues[1].assessments.push(good);
  expect((await look()).says).toEqual([]);
  const off = (envelope: Envelope) => ({ kind: 'assessment' as const, digest: documentDigest(envelope), by: 'glanafon', because: 'Nobody of theirs was there.', at: '2026-11-30T11:00:00Z' });
  catalogues[0].removed.push(off(good));
  const told = `advice: An assessment of ${NAME} 1.0.0 by glanafon was taken off by Westmarch on 2026-11-30: Nobody of theirs was there.`;
  expect((await look()).says).toEqual([told, `mend: ${NAME} 1.0.0 has not been looked at by another body.`]);
  catalogues[1].assessments.push(bad);
  catalogues[0].removed.push(off(bad));
  expect((await look()).says).toEqual([told, told, `mend: ${NAME} 1.0.0 was found to lack something that it should meet.`]);
});

it.each([
  ['2027-10-31', []],
  ['2026-12-20', [`advice: What was found of ${NAME} 1.0.0 is good until 2026-12-20.`]],
  ['2026-11-29', [`mend: What was found of ${NAME} 1.0.0 was good until 2026-11-29, and nobody has looked at it since.`]],
] as const)('assurance that a policy demands, and that is good until %s, is spoken of on 30 November as what it is', async (validUntil, says) => {
  const assessor = new InventedPublisher('glanafon');
  council.write('guildhall.json', JSON.stringify({ catalogues: catalogues.map(({ followed }) => followed), bodies: [{ id: 'glanafon', keys: assessor.state.keys }], assurance: { modules: { reviewedBy: 'peer' }, whenMissing: 'refuse' } }));
  list(...catalogues);
  catalogues[0].assessments.push(signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512: 'b'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-01-20', validUntil, findings: [{ principle: '7', result: 'met', how: 'reviewed' }] }, assessor.lead.signer));
  expect((await look()).says).toEqual(says);
});

describe('what came along with another package', () => {
  it('is looked at as what the app names itself, wherever it lies', async () => {
    council.has(NAME, { kind: 'module', id: 'parking' }, { version: '1.0.0', at: `node_modules/@guildhall/cases/node_modules/${NAME}` }).has(NAME, { kind: 'module', id: 'parking' }, { version: '0.9.0' });
    list(...catalogues);
    warn(catalogues[0]);
    const doctor = async (...argv: readonly string[]): Promise<string> => (await chosen(['doctor', '--without-app', ...argv], COMMANDS, council.world())).out;
    expect(await doctor()).toContain(`MEND  ${ADVISORY}`);
    expect(await doctor('--offline')).toContain(`MEND  ${ADVISORY}`);
    expect(await doctor()).not.toContain('guildhall upgrade');
  });
  it('is not advised to be taken out by itself when nobody lists it any more: what brought it is', async () => {
    seen = { ...seen, releases: { [NAME]: { '1.0.0': 'b'.repeat(128) } } };
    expect((await look()).says).toEqual([`mend: ${NAME} 1.0.0 was listed when it was taken, and no catalogue that this app follows lists any of it now. Ask its publisher and the catalogues why, or upgrade or remove the package that brought it, which this names: npm explain ${NAME}`]);
  });
  it('does not make a line longer than anybody reads', async () => {
    for (let number = 10; number < 40; number += 1) council.has(`@westmarch/part-${number}`, { kind: 'contract', id: `part-${number}` });
    const { findings } = await lookAtPublished(installedPackages(council.folder), [], { own: [], settings: settingsIn(council.folder), seen, now: new Date('2026-11-30T12:00:00Z') }, true);
    expect(findings).toEqual([{ weight: 'advice', subject: 'catalogues', text: expect.stringMatching(/@westmarch\/part-26 and 13 more: nobody/) as string }]);
  });
  it.each([['2026-11-30', 'advice'], ['2026-11-29', 'mend']])('that it is looked after until %s only is %s on 30 November', async (until, weight) => {
    list(...catalogues);
    catalogues[0].notices.push(signNotice({ id: 'westmarch-2026-2', publisher: 'westmarch', kind: 'deprecation', package: NAME, versions: '*', text: { en: 'Take parking 2.', cy: 'Cymerwch parking 2.' }, until, at: '2026-11-01T10:00:00Z' }, westmarch.lead.signer));
    expect((await look()).says).toEqual([`${weight}: Deprecated, ${NAME} *: Take parking 2. (looked after until ${until})`]);
  });
  it('of a version that was copied is said of the copy, wherever the package itself has gone, and also when nobody answers', async () => {
    list(...catalogues);
    const copies = [{ folder: 'src/parking', from: NAME, version: '1.0.0' }];
    const lookAtCopy = async (): Promise<readonly string[]> => {
      const found = await lookAtPublished([], copies, { own: [], settings: settingsIn(council.folder), seen, now: new Date('2026-11-30T12:00:00Z') }, true);
      seen = { ...seen, ...found.seen };
      return found.findings.filter(({ subject }) => subject === 'src/parking').map(({ weight, text }) => `${weight}: ${text}`);
    };
    expect(await lookAtCopy()).toEqual([]);
    warn(catalogues[0]);
    const said = [`mend: src/parking is a copy of ${NAME} 1.0.0. ${ADVISORY}`];
    expect(await lookAtCopy()).toEqual(said);
    for (const one of catalogues) one.isDown = true;
    expect(await lookAtCopy()).toEqual(said);
  });
});

it('who passed an older kit than the contract has that is installed is named with how many cases came since, and is to be mended only where the policy demands the present one', async () => {
  const [kit, contract] = ['parking.zones', '@westmarch/parking-contract'];
  const provider = { kind: 'provider', owner: 'Westmarch Digital', provides: { [kit]: '0.1.0' }, reports: [{ kit, contract: 'parking', version: '0.1.0', implementation: NAME, results: [{ id: 'PAR-001', title: 'it parks', result: 'passed' }] }] };
  const packed = { file: '', facts: { name: NAME, version: '1.0.0', ...provider }, sha512: 'b'.repeat(128) } as unknown as Packed;
  council.has(NAME, { kind: 'provider', id: 'parking.zones' }, { version: '1.0.0' }).has(contract, { kind: 'contract', id: 'parking' }).has('@strangers/contract', { kind: 'contract', id: 'strangers' });
  council.write(`node_modules/${contract}/kits.json`, JSON.stringify({ [kit]: ['PAR-001'], [`${kit}@0.1.1`]: ['PAR-002', 'PAR-003'] }));
  council.write('node_modules/@strangers/contract/kits.json', JSON.stringify({ [kit]: ['PAR-999'] }));
  for (const one of catalogues) { one.states.set('westmarch', westmarch.states); one.list(westmarch.signs(packed), packed.facts, packed.sha512); }
  const under = async (modules: string): Promise<readonly string[]> => {
    council.write('guildhall.json', JSON.stringify({ catalogues: catalogues.map(({ followed }) => followed), assurance: `modules: ${modules}; otherwise: refuse` }));
    return (await look()).says;
  };
  expect(await under('kit passed')).toEqual([`advice: ${NAME} 1.0.0 passed ${kit} of 0.1.0; the present one has 2 more cases.`]);
  expect(await under('present kit passed')).toEqual([`mend: ${NAME} 1.0.0 passed ${kit} of 0.1.0, which did not have PAR-002, PAR-003 yet.`]);
});
