import { generateKeyPairSync } from 'node:crypto';
import type { NamedKey } from '@guildhall/sharing-contract';
import { downgrade, factsDigest, factsOf, openNotice, openPublisher, proveRelease, readPackageFacts, signNotice, signPublisher, signRelease, type PackageFacts, type Publisher, type PublisherKey, type Release, type ReleaseToProve } from './index';

const now = new Date('2026-11-30T12:00:00Z');
interface Pair { readonly signer: NamedKey; readonly x: string }
const pair = (keyid: string): Pair => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { signer: { keyid, key: privateKey }, x: publicKey.export({ format: 'jwk' }).x ?? '' };
};
const [lead, second, stranger] = [pair('westmarch#lead'), pair('westmarch#second'), pair('westmarch#lead')];
const publisher: Publisher = {
  id: 'westmarch', name: { en: 'Westmarch Digital', cy: 'Digidol Westmarch' }, kind: 'regional-body', scopes: ['@westmarch'], contact: { email: 'packages@westmarch.example' }, linkedTo: [], serial: 1,
  keys: [{ keyid: 'westmarch#lead', x: lead.x, from: '2026-01-01T00:00:00Z', holder: 'lead-developer' }, { keyid: 'westmarch#second', x: second.x, from: '2026-01-01T00:00:00Z', holder: 'second-developer' }],
};
const packageJson = { name: '@westmarch/parking', version: '1.2.0', description: 'Parking permits.', license: 'MIT', guildhall: { kind: 'module', id: 'parking', owner: 'Westmarch Digital' } };
const facts = factsIn({ 'package.json': packageJson });
const SHA512 = 'a'.repeat(128);
const release: Release = { publisher: 'westmarch', package: '@westmarch/parking', version: '1.2.0', kind: 'module', facts: factsDigest(facts), components: 'b'.repeat(64), publishedAt: '2026-11-30T09:00:00Z', previous: '1.1.0' };

function factsIn(files: Readonly<Record<string, unknown>>): PackageFacts {
  const read = factsOf(new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))])));
  if (!read.ok) throw new Error(read.refusal.message);
  return read.value;
}
/** What becomes of a release that was signed and came, each with what is odd about it. */
function proved({ signed = {}, sha512 = SHA512, by = [lead.signer], came = {} }: { readonly signed?: Partial<Release>; readonly sha512?: string; readonly by?: readonly NamedKey[]; readonly came?: Partial<ReleaseToProve> } = {}): string {
  const outcome = proveRelease(signRelease({ ...release, ...signed }, sha512, by), { package: '@westmarch/parking', version: '1.2.0', sha512: SHA512, facts: release.facts, publisher, known: [], now, ...came });
  return outcome.ok ? 'proved' : outcome.refusal.message;
}

describe('what a package says of its permissions', () => {
  const titled = { 'parking.end-permits': { en: 'End permits early', cy: 'Dod â thrwyddedau i ben yn gynnar' } };
  const saying = (permissions: readonly string[], permissionTitles?: unknown): PackageFacts => factsIn({ 'package.json': { ...packageJson, guildhall: { ...packageJson.guildhall, permissions, permissionTitles } } });
  it('is kept in words in both languages, and is the same to everybody where it says ids alone', () => {
    const said = saying(['parking.see', 'parking.end-permits'], { ...titled, 'parking.tow': { en: 'Tow cars away', cy: 'Tynnu ceir i ffwrdd' } });
    expect([said.permissions, said.permissionTitles]).toEqual([['parking.see', 'parking.end-permits'], titled]);
    expect(readPackageFacts(said)).toEqual({ ok: true, value: said });
    expect([saying(['parking.see']).permissions, saying(['parking.see'])]).toEqual([['parking.see'], expect.not.objectContaining({ permissionTitles: expect.anything() as unknown })]);
  });
  it.each([[['parking.see']], [{ 'parking.see': 'See permits' }], [{ 'parking.see': { en: 'See permits' } }]])('is not taken as %j', (titles) => { expect(() => saying(['parking.see'], titles)).toThrow('This is not a package that can be listed'); });
});

describe('a release', () => {
  it('is proved by its bytes, its facts and a key of its publisher', () => { expect(proved()).toBe('proved'); });
  it.each<readonly [string, Parameters<typeof proved>[0], string]>([
    ['its bytes were changed on the way', { came: { sha512: 'c'.repeat(128) } }, '@westmarch/parking 1.2.0 is not the package that westmarch signed: its bytes are others.'],
    ['the statement is of another version', { signed: { version: '1.1.0' } }, 'The statement is for @westmarch/parking 1.1.0, and not for @westmarch/parking 1.2.0.'],
    ['the statement is of another package', { signed: { package: '@westmarch/bins' } }, 'The statement is for @westmarch/bins 1.2.0, and not for @westmarch/parking 1.2.0.'],
    ['somebody else has signed under the name of its key', { by: [stranger.signer] }, '@westmarch/parking 1.2.0 is not signed by a key that westmarch had at 2026-11-30T09:00:00Z.'],
    ['it is of a year that there was not', { signed: { publishedAt: '0000-01-01T00:00:00Z' } }, 'This is not a release: predicate.publishedAt is not an instant like 2026-11-01T12:30:00Z.'],
    ['npm could not order its version', { signed: { version: '1.0.0-01' }, came: { version: '1.0.0-01' } }, '"1.0.0-01" is no version that npm knows (SemVer 2.0.0).'],
    ['its publisher does not own the name', { came: { publisher: { ...publisher, scopes: ['@elsewhere'] } } }, 'westmarch does not publish under the name @westmarch/parking.'],
    ['it says another publisher', { signed: { publisher: 'brackenfield' } }, 'The statement is by brackenfield, and not by westmarch.'],
    ['the key was stolen before', { came: { publisher: { ...publisher, keys: publisher.keys.map((key) => ({ ...key, compromisedSince: '2026-11-01T00:00:00Z' })) } } }, '@westmarch/parking 1.2.0 is not signed by a key that westmarch had at 2026-11-30T09:00:00Z.'],
    ['the key was stolen since, and no log had it before', { came: { publisher: { ...publisher, keys: publisher.keys.map((key) => ({ ...key, compromisedSince: '2026-11-30T10:00:00Z' })) } } }, '@westmarch/parking 1.2.0 is not signed by a key that westmarch had at 2026-11-30T09:00:00Z.'],
    ['the key had ended', { came: { publisher: { ...publisher, keys: publisher.keys.map((key) => ({ ...key, until: '2026-11-29T00:00:00Z' })) } } }, '@westmarch/parking 1.2.0 is not signed by a key that westmarch had at 2026-11-30T09:00:00Z.'],
    ['it is from the future', { signed: { publishedAt: '2026-11-30T13:00:00Z' } }, '@westmarch/parking 1.2.0 is not signed by a key that westmarch had at 2026-11-30T13:00:00Z.'],
    ['its files say something else than what was signed', { came: { facts: factsDigest({ ...facts, permissions: ['everything'] }) } }, '@westmarch/parking 1.2.0 does not say of itself what westmarch signed.'],
    ['the version was published before with other bytes', { came: { known: [{ version: '1.2.0', sha512: 'd'.repeat(128) }] } }, '@westmarch/parking 1.2.0 was published before with other bytes. A version is published once.'],
    ['it is a contract, and one person signed', { signed: { kind: 'contract' } }, '@westmarch/parking 1.2.0 is a contract, and a contract is signed by two people.'],
    ['it is a contract, and one person signed twice', { signed: { kind: 'contract' }, by: [lead.signer, lead.signer] }, '@westmarch/parking 1.2.0 is a contract, and a contract is signed by two people.'],
  ])('is refused when %s', (_when, odd, sentence) => { expect(proved(odd)).toBe(sentence); });
  it('stands when its key was stolen after a log had it', () => {
    expect(proved({ came: { loggedAt: new Date('2026-11-30T09:01:00Z'), publisher: { ...publisher, keys: publisher.keys.map((key) => ({ ...key, compromisedSince: '2026-11-30T10:00:00Z' })) } } })).toBe('proved');
  });
  it('of a contract is proved when two people signed', () => { expect(proved({ signed: { kind: 'contract' }, by: [lead.signer, second.signer] })).toBe('proved'); });
  it('does not take the place of a newer one unasked', () => {
    expect(downgrade('@westmarch/parking', '1.2.0', '1.1.0')).toMatchObject({ reason: 'older' });
    expect([downgrade('@westmarch/parking', undefined, '1.1.0'), downgrade('@westmarch/parking', '1.1.0', '1.2.0'), downgrade('@westmarch/parking', '1.2.0', '1.2.0')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('a publisher', () => {
  const open = (changes: Partial<Publisher>, by: NamedKey, before?: Publisher): string => {
    const opened = openPublisher(signPublisher({ ...publisher, ...changes }, [by]), before, now);
    return opened.ok ? 'taken' : opened.refusal.reason;
  };
  it('comes first by a key of its own, and later by a key that it had before', () => {
    expect(open({}, lead.signer)).toBe('taken');
    expect(open({ serial: 2, keys: [{ keyid: 'westmarch#new', x: stranger.x, from: '2026-11-30T00:00:00Z', holder: 'lead-developer' }] }, lead.signer, publisher)).toBe('taken');
  });
  it('is refused when it names a key twice, which would be two people with one key', () => {
    const [first, other] = publisher.keys as [PublisherKey, PublisherKey];
    const respelt = `${first.x.slice(0, -1)}${String.fromCharCode(first.x.charCodeAt(42) + 1)}`;
    expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(first.x, 'base64url'));
    for (const second of [{ ...other, x: first.x }, { ...other, x: respelt }, { ...other, keyid: first.keyid }]) expect(open({ keys: [first, second] }, lead.signer)).toBe('malformed');
  });
  it('is not replaced by a stranger, by something older, or by another', () => {
    expect(open({ serial: 2, keys: [{ keyid: 'westmarch#lead', x: stranger.x, from: '2026-01-01T00:00:00Z', holder: 'lead-developer' }] }, stranger.signer, publisher)).toBe('not-signed');
    expect(open({ serial: 1 }, lead.signer, publisher)).toBe('not-newer');
    expect(open({ id: 'brackenfield', serial: 2 }, lead.signer, publisher)).toBe('another');
  });
});

describe('a notice', () => {
  const notice = { id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'deprecation', package: '@westmarch/parking', versions: '<2.0.0', text: { en: 'Take version 2.', cy: 'Cymerwch fersiwn 2.' }, at: '2026-11-30T10:00:00Z' } as const;
  it('is its publisher’s alone to give', () => {
    expect(openNotice(signNotice(notice, lead.signer), publisher)).toMatchObject({ ok: true });
    expect(openNotice(signNotice(notice, stranger.signer), publisher)).toMatchObject({ ok: false, refusal: { reason: 'not-signed' } });
    expect(openNotice(signNotice({ ...notice, package: '@brackenfield/parking' }, lead.signer), publisher)).toMatchObject({ ok: false, refusal: { reason: 'not-its-package' } });
  });
});

describe('a notice that a log had', () => {
  it('after its key was stolen is not believed, whatever day it names, nor one of a day to come', () => {
    const [first, other] = publisher.keys as [PublisherKey, PublisherKey];
    const stolen = { ...publisher, keys: [{ ...first, compromisedSince: '2026-11-30T10:30:00Z' }, other] };
    const told = signNotice({ id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'withdrawal', package: '@westmarch/parking', versions: '*', text: { en: 'Do not run it.', cy: 'Peidiwch.' }, at: '2026-11-30T10:00:00Z' }, lead.signer);
    expect([stolen, publisher].map((state) => ['2026-11-30T10:20:00Z', '2026-11-30T11:00:00Z', '2026-11-30T09:00:00Z'].map((at) => openNotice(told, state, new Date(at)).ok))).toEqual([[true, false, false], [true, true, false]]);
  });
});

describe('what a package says of itself', () => {
  it('is the same however often it is read, and refused where it is missing or odd', () => {
    expect(factsDigest(factsIn({ 'package.json': packageJson, 'README.md': '# Parking' }))).toBe(factsDigest(factsIn({ 'README.md': '# Parking', 'package.json': packageJson })));
    expect(factsIn({ 'package.json': { ...packageJson, scripts: { postinstall: 'node steal.js', test: 'jest' } } }).installScripts).toEqual(['postinstall']);
    for (const wrong of [{}, { 'package.json': 'no JSON' }, { 'package.json': { ...packageJson, guildhall: undefined } }, { 'package.json': { ...packageJson, name: '../parking' } }, { 'package.json': { ...packageJson, guildhall: { ...packageJson.guildhall, conformance: ['missing.json'] } } }, { 'package.json': { ...packageJson, dependencies: { 'a\0b': '1.0.0' } } }, { 'package.json': JSON.stringify({ ...packageJson, more: 0 }).replace(/0}$/, `${'['.repeat(50_000)}${']'.repeat(50_000)}}`) }]) {
      expect(() => factsIn(wrong)).toThrow(/This is not/);
    }
  });
  it('can be signed however its README ends where it is cut, and needs no more than the length of what nobody reads', () => {
    expect(factsIn({ 'package.json': packageJson, 'README.md': `${'a'.repeat(49_999)}🅿` }).readme).toBe('a'.repeat(49_999));
    const files = new Map<string, Uint8Array | { readonly byteLength: number }>([['package.json', Buffer.from(JSON.stringify(packageJson))], ['dist/index.js', { byteLength: 1000 }]]);
    expect(factsOf(files)).toMatchObject({ value: { files: 2, bytes: 1000 + JSON.stringify(packageJson).length } });
  });
});
