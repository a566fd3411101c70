import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import path from 'node:path';
import { readNotice, readRelease, type ReleaseStatement } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { CatalogueStub } from '../../libs/factory/command/test/catalogue-stub';
import { parking } from '../../libs/factory/command/test/parking';
import { BEGIN, BY_LEAD, Terminal } from '../../libs/factory/command/test/typed';
import { npmrc, startRegistry } from './registry.mjs';
import type { Said } from '../../libs/factory/command/src/command';

let registry: { url: string; stop(): Promise<void> };
let storage: Terminal;
let terminal: Terminal;
let catalogue: CatalogueStub;
beforeAll(async () => {
  storage = await Terminal.open();
  registry = await startRegistry(path.join(storage.folder, 'registry'));
});
afterAll(async () => {
  await registry.stop();
  await storage.close();
});
beforeEach(async () => {
  terminal = await Terminal.open();
  catalogue = await CatalogueStub.start(() => terminal.now);
  await terminal.write({ '.npmrc': npmrc(registry.url), 'guildhall.json': { publisher: 'publisher.json', catalogues: [catalogue.origin] } });
  terminal.env = { ...terminal.env, npm_config_userconfig: path.join(terminal.folder, '.npmrc'), npm_config_cache: path.join(storage.folder, 'cache') };
  await done(BEGIN);
});
afterEach(async () => {
  await catalogue.stop();
  await terminal.close();
});

/** The registry is not asked what was before. */
const FIRST = ['--previous', 'none'];
const done = async (argv: readonly string[]): Promise<Said> => { const said = await terminal.type(argv); expect(said).toMatchObject({ code: 0 }); return said; };
const at = (file: string): string => path.join(terminal.folder, file);
const brought = async (folder: string, more: Parameters<typeof parking>[0] = {}): Promise<void> => { await terminal.write(Object.fromEntries(Object.entries(parking(more)).map(([file, content]) => [`${folder}/${file}`, content]))); };
const releaseOf = async (folder: string, base: string): Promise<{ readonly file: string; readonly envelope: Envelope; readonly statement: ReleaseStatement }> => {
  const file = at(`${folder}/.guildhall/releases/${base}.release.json`);
  const envelope = JSON.parse(await readFile(file, 'utf8')) as Envelope;
  const read = readRelease(envelope);
  if (!read.ok) throw new Error(read.refusal.message);
  return { file, envelope, statement: read.value };
};
const second = async (): Promise<readonly string[]> => {
  const { out } = await done(['key', 'second.pem', '--keyid', 'westmarch#second', '--holder', 'second-developer']);
  await done(['publisher', 'add', '--public', JSON.stringify(JSON.parse(out)), ...BY_LEAD]);
  return ['--key', 'second.pem', '--keyid', 'westmarch#second'];
};

describe('a release, signed and published', () => {
  it('is in the registry byte by byte as it was signed, and in the catalogue with what it is made of', async () => {
    await brought('bins', { name: '@westmarch/bins' });
    await done(['sign', 'bins', ...BY_LEAD, '--changes', 'The first.']);
    expect((await done(['publish', 'bins'])).out).toBe(`@westmarch/bins 1.0.0 is published.\n${catalogue.origin} lists @westmarch/bins 1.0.0.\n`);
    const { statement } = await releaseOf('bins', 'westmarch-bins-1.0.0');
    const { dist } = ((await (await fetch(`${registry.url}@westmarch%2fbins`)).json()) as { versions: Record<string, { dist: { integrity: string } }> }).versions['1.0.0'] as { dist: { integrity: string } };
    expect(Buffer.from(dist.integrity.replace('sha512-', ''), 'base64').toString('hex')).toBe(statement.subject[0].digest.sha512);
    expect(statement.predicate).toMatchObject({ publisher: 'westmarch', kind: 'service-pack', previous: null, changes: 'The first.' });
    expect(catalogue.publisher).toMatchObject({ id: 'westmarch', serial: 1 });
    expect(JSON.parse(catalogue.releases[0]?.components ?? '')).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { name: '@westmarch/bins', version: '1.0.0', purl: 'pkg:npm/%40westmarch/bins@1.0.0' } } });
  });

  it('names the one before it', async () => {
    await brought('trees', { name: '@westmarch/trees' });
    await done(['sign', 'trees', ...BY_LEAD]);
    await done(['publish', 'trees']);
    await brought('trees', { name: '@westmarch/trees', version: '1.1.0' });
    await done(['sign', 'trees', ...BY_LEAD]);
    expect((await releaseOf('trees', 'westmarch-trees-1.1.0')).statement.predicate.previous).toBe('1.0.0');
  });

  it('ends the same when it was stopped: after the registry had it, and when a catalogue is down', async () => {
    await brought('parks', { name: '@westmarch/parks' });
    await done(['sign', 'parks', ...FIRST, ...BY_LEAD]);
    catalogue.isDown = true;
    expect(await terminal.type(['publish', 'parks'])).toMatchObject({ code: 2, out: expect.stringContaining('The catalogue is being looked after.') as string });
    catalogue.isDown = false;
    catalogue.decides = { state: 'waiting', reasons: [] };
    expect(await terminal.type(['publish', 'parks', '--wait', '0'])).toMatchObject({ code: 2, out: expect.stringContaining('is making sure who westmarch is') as string });
    catalogue.decides = { state: 'refused', reasons: ['It has no licence.'] };
    expect(await terminal.type(['publish', 'parks'])).toEqual({ code: 1, out: `@westmarch/parks 1.0.0 is in the registry already.\n${catalogue.origin} has refused @westmarch/parks 1.0.0:\n  It has no licence.\n` });
    catalogue.decides = { state: 'listed', reasons: [] };
    expect((await done(['publish', 'parks'])).out).toBe(`@westmarch/parks 1.0.0 is in the registry already.\n${catalogue.origin} lists @westmarch/parks 1.0.0.\n`);
    expect(catalogue.states).toHaveLength(1);
  });

  it('is not signed again with other bytes, and not published over another’s', async () => {
    await brought('paths', { name: '@westmarch/paths' });
    await done(['sign', 'paths', ...FIRST, ...BY_LEAD]);
    await done(['publish', 'paths']);
    await appendFile(at('paths/dist/index.js'), '// changed\n');
    expect(await terminal.type(['sign', 'paths', ...FIRST, ...BY_LEAD])).toMatchObject({ code: 2, err: expect.stringContaining('was signed with other bytes than come out here') as string });
    await rm(at('paths/.guildhall'), { recursive: true });
    await done(['sign', 'paths', ...FIRST, ...BY_LEAD]);
    expect(await terminal.type(['publish', 'paths'])).toMatchObject({ code: 1, out: expect.stringContaining('The registry has @westmarch/paths 1.0.0 with other bytes than were signed.') as string });
    expect(catalogue.releases).toHaveLength(1);
  });
});

describe('a release is not published', () => {
  it.each<readonly [string, string, (folder: string, base: string) => Promise<void>, string]>([
    ['its package was changed after it was signed', 'one', async (folder, base) => {
      const file = at(`${folder}/.guildhall/releases/${base}.tgz`);
      await writeFile(file, gzipSync(Buffer.from(gunzipSync(await readFile(file)).toString('latin1').replace('exports.parking', 'exports.stealing'), 'latin1').subarray()));
    }, 'is no package as npm packs it'],
    ['the statement of another stands in its place', 'two', async (folder, base) => {
      await brought('other', { name: '@westmarch/other' });
      await done(['sign', 'other', ...FIRST, ...BY_LEAD]);
      await writeFile((await releaseOf(folder, base)).file, await readFile((await releaseOf('other', 'westmarch-other-1.0.0')).file));
    }, 'The statement is for @westmarch/other 1.0.0, and not for @westmarch/two 1.0.0.'],
    ['another bill of materials stands beside it', 'three', async (folder, base) => { await writeFile(at(`${folder}/.guildhall/releases/${base}.components.json`), '{}\n'); }, 'has another bill of materials than was signed.'],
    ['its key was found to be stolen before', 'four', async () => { const by = await second(); await done(['publisher', 'revoke', 'westmarch#lead', '--since', '2026-11-30T11:00:00Z', ...by]); }, 'is not signed by a key that westmarch had at 2026-11-30T12:00:00Z.'],
  ])('when %s', async (_when, name, odd, sentence) => {
    await brought(name, { name: `@westmarch/${name}` });
    await done(['sign', name, ...FIRST, ...BY_LEAD]);
    await odd(name, `westmarch-${name}-1.0.0`);
    const { code, out, err = '' } = await terminal.type(['publish', name]);
    expect(code).not.toBe(0);
    expect(out + err).toContain(sentence);
    expect((await fetch(`${registry.url}@westmarch%2f${name}`)).status).toBe(404);
    expect(catalogue.releases).toEqual([]);
  });

  it('when a byte of it was changed and it is a package still', async () => {
    await brought('five', { name: '@westmarch/five' });
    await done(['sign', 'five', ...FIRST, ...BY_LEAD]);
    await brought('evil', { name: '@westmarch/five', description: 'Something else.' });
    await done(['sign', 'evil', ...FIRST, ...BY_LEAD]);
    await writeFile(at('five/.guildhall/releases/westmarch-five-1.0.0.tgz'), await readFile(at('evil/.guildhall/releases/westmarch-five-1.0.0.tgz')));
    expect(await terminal.type(['publish', 'five'])).toEqual({ code: 1, out: '@westmarch/five 1.0.0 is not the package that westmarch signed: its bytes are others.\nNothing was published.\n' });
  });

  it('when it is a contract that one person signed, and is when a second has', async () => {
    const by = await second();
    await brought('roads', { name: '@westmarch/roads-contract', kind: 'contract' });
    expect((await done(['sign', 'roads', ...FIRST, ...BY_LEAD])).out).toContain('a second person signs it before it is published.');
    expect((await done(['sign', 'roads', ...FIRST, ...BY_LEAD])).out).toContain('a second person');
    expect(await terminal.type(['publish', 'roads'])).toMatchObject({ code: 1, out: expect.stringContaining('a contract is signed by two people.') as string });
    expect((await done(['sign', 'roads', ...by])).out).toContain('is signed by lead-developer and second-developer.');
    await done(['publish', 'roads']);
  });

  it('when its key has ended, is somebody else’s, or its name is', async () => {
    await brought('signs', { name: '@westmarch/signs' });
    await brought('foreign', { name: '@brackenfield/signs' });
    expect(await terminal.type(['sign', 'foreign', ...BY_LEAD])).toMatchObject({ code: 2, err: 'westmarch publishes under @westmarch, and @brackenfield/signs is not below it.\n' });
    await mkdir(at('elsewhere'));
    await terminal.type(['key', 'thief.pem', '--keyid', 'westmarch#lead', '--holder', 'lead-developer']);
    expect(await terminal.type(['sign', 'signs', '--key', 'thief.pem', '--keyid', 'westmarch#lead'])).toMatchObject({ code: 2, err: 'westmarch#lead is not the key that westmarch has under this name.\n' });
    const by = await second();
    await done(['publisher', 'revoke', 'westmarch#lead', '--since', '2026-11-30T11:00:00Z', ...by]);
    expect(await terminal.type(['sign', 'signs', ...BY_LEAD])).toMatchObject({ code: 2, err: 'westmarch#lead has ended or was revoked, and nobody would believe it.\n' });
  });
});

describe('a notice', () => {
  it('reaches the catalogue, npm warns of it, and said again it is the same', async () => {
    await brought('lamps', { name: '@westmarch/lamps' });
    await done(['sign', 'lamps', ...FIRST, ...BY_LEAD]);
    await done(['publish', 'lamps']);
    const deprecate = ['deprecate', '@westmarch/lamps@<2.0.0', '--text', 'Take lights instead.', '--text-cy', 'Cymerwch lights.', '--replacement', '@westmarch/lights', '--until', '2027-06-30', ...BY_LEAD];
    expect((await done(deprecate)).out).toContain('npm warns of it.');
    expect(((await (await fetch(`${registry.url}@westmarch%2flamps`)).json()) as { versions: Record<string, { deprecated?: string }> }).versions['1.0.0']?.deprecated).toBe('Take lights instead.');
    terminal.now = new Date('2026-12-24T12:00:00Z');
    await done(deprecate);
    const [first, again] = catalogue.notices;
    expect(again).toEqual(first);
    expect(readNotice(first as Envelope)).toMatchObject({ ok: true, value: { kind: 'deprecation', versions: '<2.0.0', replacement: '@westmarch/lights', until: '2027-06-30', at: '2026-11-30T12:00:00Z' } });
    await done(['advise', '@westmarch/lamps@<1.0.1', '--text', 'It lets others in.', '--text-cy', 'Mae’n gadael eraill i mewn.', '--severity', 'high', '--mended-in', '1.0.1', ...BY_LEAD]);
    await done(['withdraw', '@westmarch/lamps@1.0.0', '--text', 'Do not run it.', '--text-cy', 'Peidiwch â’i redeg.', ...BY_LEAD]);
    expect(catalogue.notices.map((notice) => readNotice(notice)).map((read) => (read.ok ? [read.value.kind, read.value.severity] : []))).toEqual([['deprecation', undefined], ['deprecation', undefined], ['advisory', 'high'], ['withdrawal', undefined]]);
  });
  it('is not somebody else’s to give, and says what is missing', async () => {
    const told = ['--text', 'No.', '--text-cy', 'Na.', ...BY_LEAD];
    expect(await terminal.type(['deprecate', '@brackenfield/lamps', ...told])).toMatchObject({ code: 2, err: expect.stringContaining('@brackenfield/lamps is not westmarch’s') as string });
    expect(await terminal.type(['advise', '@westmarch/lamps', ...told])).toMatchObject({ code: 2, err: expect.stringContaining('--severity is missing') as string });
    expect(await terminal.type(['withdraw', '@westmarch/lamps', '--severity', 'high', ...told])).toMatchObject({ code: 2, err: expect.stringContaining('--severity says nothing of a withdrawal') as string });
    expect(await terminal.type(['withdraw', '@westmarch/lamps@newest', ...told])).toMatchObject({ code: 2, err: 'newest is no range of versions.\n' });
    expect(catalogue.notices).toEqual([]);
  });
});
