import { createPrivateKey } from 'node:crypto';
import { openPublications, openTrustList, keysAt, starterGuideline, type BodyKey, type Envelope, type TrustList } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import type { Said, World } from './command';
import { trustListCommand } from './trust-list-command';

const now = new Date('2026-11-22T13:00:00Z');
const files = new Map<string, string>();
const world: World = { read: (file) => (files.has(file) ? Promise.resolve(Buffer.from(files.get(file) ?? '')) : Promise.reject(new Error('ENOENT'))), fetch: () => Promise.reject(new Error('No network.')), now };
const run = (line: string): Promise<Said> => trustListCommand(line.split(' '), world);
const kept = async (file: string, line: string): Promise<Said> => { const came = await run(line); files.set(file, came.out); return came; };
const change = (file: string, changes: Partial<TrustList>, into: string): void => void files.set(into, JSON.stringify({ ...(JSON.parse(files.get(file) ?? '{}') as object), ...changes }));

let issuer: BodyKey;
beforeAll(async () => {
  const { signer: _signer, ...body } = bodyNamed('riverbourne', 'Riverbourne Borough Council');
  files.set('riverbourne.json', JSON.stringify(body));
  const made = await kept('key.pem', 'key --keyid north-region#2026-1');
  issuer = JSON.parse(made.err ?? '') as BodyKey;
  files.set('issuer.json', JSON.stringify({ id: 'north-region', name: { en: 'North', cy: 'North' }, keys: [issuer] }));
  await kept('list.json', 'new --id north --by north-region --body riverbourne.json');
  await kept('signed.json', 'sign list.json --key key.pem --keyid north-region#2026-1');
});

describe('trust-list', () => {
  it('makes a key of which only the public part is told', () => {
    expect(createPrivateKey(files.get('key.pem') ?? '').asymmetricKeyType).toBe('ed25519');
    expect(issuer).toEqual({ keyid: 'north-region#2026-1', x: expect.stringMatching(/^[\w-]{43}$/), from: '2026-11-22T13:00:00Z' });
  });
  it('signs a list that those who follow it take', () => {
    expect(openTrustList(JSON.parse(files.get('signed.json') ?? '') as Envelope, keysAt({ keys: [issuer] }, now))).toMatchObject({ ok: true, value: { id: 'north', serial: 1, issued: '2026-11-22T13:00:00Z', expires: '2026-12-22T13:00:00Z', members: [{ id: 'riverbourne' }] } });
  });
  it('follows on from the list before, with the next number', async () => {
    const { out } = await run('sign list.json --key key.pem --keyid north-region#2026-1 --previous signed.json --days 60');
    expect(openTrustList(JSON.parse(out) as Envelope, keysAt({ keys: [issuer] }, now))).toMatchObject({ ok: true, value: { serial: 2, expires: '2027-01-21T13:00:00Z' } });
  });
  it('shows what a list says, when its issuer has signed it', async () => {
    const shown = await run('show signed.json --issuer issuer.json');
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/^The list north of north-region, number 1, issued 2026-11-22T13:00:00Z\. It is in force: until 2026-12-22T13:00:00Z\.\nmember {4}riverbourne {2}Riverbourne Borough Council/);
    expect(await trustListCommand(['show', 'signed.json', '--issuer', 'issuer.json'], { ...world, now: new Date('2026-12-23T00:00:00Z') })).toMatchObject({ code: 1, out: expect.stringContaining('It has ended: until') });
    files.set('mallory.json', JSON.stringify({ keys: bodyNamed('north-region', 'Mallory').keys }));
    expect(await run('show signed.json --issuer mallory.json')).toMatchObject({ code: 2, err: expect.stringContaining('not signed by whoever issues it') });
  });
  it('signs what is published beside the list the same way, shows it, and takes no guideline of somebody else', async () => {
    const published = { id: 'north', by: 'north-region', serial: 1, issued: '2026-11-22T13:00:00Z', expires: '2026-12-22T13:00:00Z', guidelines: [starterGuideline('north-region')], attributes: [], purposes: [], models: [] };
    files.set('publications.json', JSON.stringify(published));
    await kept('published.json', 'sign publications.json --key key.pem --keyid north-region#2026-1');
    const { out } = await run('sign publications.json --key key.pem --keyid north-region#2026-1 --previous published.json');
    expect(openPublications(JSON.parse(out) as Envelope, keysAt({ keys: [issuer] }, now))).toMatchObject({ ok: true, value: { serial: 2 } });
    expect(await run('show published.json --issuer issuer.json')).toMatchObject({ code: 0, out: expect.stringMatching(/^What north-region publishes beside the list north, number 1, .*\nguideline /) });
    files.set('publications.json', JSON.stringify({ ...published, guidelines: [starterGuideline('riverbourne')] }));
    expect(await run('sign publications.json --key key.pem --keyid north-region#2026-1')).toMatchObject({ code: 2, err: expect.stringContaining('is by riverbourne, not by north-region') });
    // What was a list before is no publication now.
    files.set('publications.json', JSON.stringify(published));
    expect(await run('sign publications.json --key key.pem --keyid north-region#2026-1 --previous signed.json')).toMatchObject({ code: 2 });
  });
  it.each<readonly [string, Partial<TrustList> | undefined, string, string]>([
    ['a member twice', { members: [member(), member()] }, '', 'riverbourne is on the list twice'], ['a member with somebody else’s key', { members: [{ ...member(), id: 'glanafon' }] }, '', 'is no key of glanafon'], ['an end that is over', { expires: '2026-11-01T00:00:00Z' }, '', 'so nobody would take it'],
    ['something that lists have not', { more: 1 } as never, '', 'is not known here'], ['somebody else’s key', undefined, '--keyid riverbourne#2026-1', 'is no key of north-region'], ['no key', undefined, '--key list.json', 'is no private key'], ['a list before that is another', { id: 'south' }, '--previous signed.json', 'is the list north'],
  ])('does not sign %s', async (_what, changes, more, words) => {
    change('list.json', changes ?? {}, 'wrong.json');
    expect(await run(`sign wrong.json --key key.pem --keyid north-region#2026-1 ${more}`.trim())).toEqual({ code: 2, out: '', err: expect.stringContaining(words) });
  });
});

function member() { const { signer: _signer, ...body } = bodyNamed('riverbourne', 'Riverbourne'); return body; }
