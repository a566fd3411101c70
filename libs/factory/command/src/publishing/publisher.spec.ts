import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { openPublisher, type Publisher } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { BEGIN, BY_LEAD, Terminal } from '../../test/typed';
import type { Said } from '../command';

let terminal: Terminal;
beforeEach(async () => { terminal = await Terminal.open(); });
afterEach(() => terminal.close());

const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(path.join(terminal.folder, file), 'utf8')) as unknown;
const states = async (): Promise<readonly Envelope[]> => (await json('publisher.signed.json')) as readonly Envelope[];
const publisher = async (): Promise<Publisher> => (await json('publisher.json')) as Publisher;
const done = async (argv: readonly string[]): Promise<Said> => { const said = await terminal.type(argv); expect(said).toMatchObject({ code: 0 }); return said; };
const key = async (file: string, keyid: string, holder: string): Promise<string> => JSON.stringify(JSON.parse((await done(['key', file, '--keyid', keyid, '--holder', holder])).out));

describe('a publisher on the command line', () => {
  it('begins with a key that nobody else can read, and signs itself', async () => {
    await done(BEGIN);
    expect((await stat(path.join(terminal.folder, 'lead.pem'))).mode & 0o777).toBe(0o600);
    const [first] = await states();
    expect(openPublisher(first as Envelope, undefined, terminal.now)).toMatchObject({ ok: true, value: { id: 'westmarch', serial: 1, scopes: ['@westmarch'] } });
    expect((await done(['publisher', 'show'])).out).toContain('good   westmarch#lead  lead-developer');
  });
  it('is an assessor, too', async () => {
    await done(['key', 'assess-it.pem', '--keyid', 'assess-it#2026-1', '--holder', 'lead-assessor', '--name', 'Assess It', '--name-cy', 'Assess It', '--kind', 'assessor', '--email', 'reports@assess-it.example']);
    expect((await done(['publisher', 'show'])).out).toContain('assess-it, Assess It, an assessor, state 1. It publishes under no name.');
  });
  it('does not write a key over another', async () => {
    await done(BEGIN);
    expect(await terminal.type(['key', 'lead.pem', '--keyid', 'westmarch#two', '--holder', 'second-developer'])).toMatchObject({ code: 2, err: expect.stringContaining('is there already') as string });
  });
  it('lets a second person in, rotates a key and changes what it says, each by a key of the state before', async () => {
    await done(BEGIN);
    await done(['publisher', 'add', '--public', await key('second.pem', 'westmarch#second', 'second-developer'), ...BY_LEAD]);
    terminal.now = new Date('2026-12-01T12:00:00Z');
    await done(['publisher', 'rotate', '--public', await key('lead-2.pem', 'westmarch#lead-2', 'lead-developer'), ...BY_LEAD]);
    terminal.now = new Date('2026-12-02T12:00:00Z');
    const said = await publisher();
    await terminal.write({ 'publisher.json': { ...said, contact: { email: 'modules@westmarch.example' } } });
    expect(await terminal.type(['publisher', 'sign', ...BY_LEAD])).toMatchObject({ code: 2, err: expect.stringContaining('This is not signed by a key that westmarch had before.') as string });
    await done(['publisher', 'sign', '--key', 'lead-2.pem', '--keyid', 'westmarch#lead-2']);
    let before: Publisher | undefined;
    for (const [index, envelope] of (await states()).entries()) {
      const opened = openPublisher(envelope, before, new Date(Date.UTC(2026, 10, 30 + Math.max(0, index - 1), 12)));
      expect(opened).toMatchObject({ ok: true });
      if (opened.ok) before = opened.value;
    }
    expect(before).toMatchObject({ serial: 4, contact: { email: 'modules@westmarch.example' } });
    expect((await done(['publisher', 'show'])).out).toContain('ended  westmarch#lead  lead-developer  from 2026-11-30T12:00:00Z until 2026-12-01T12:00:00Z');
  });
  it('revokes a stolen key by another, and warns when there was no other', async () => {
    await done(BEGIN);
    await done(['publisher', 'add', '--public', await key('second.pem', 'westmarch#second', 'second-developer'), ...BY_LEAD]);
    expect((await done(['publisher', 'revoke', 'westmarch#second', '--since', '2026-11-30T11:00:00Z', '--key', 'second.pem', '--keyid', 'westmarch#second'])).err).toContain('has revoked itself');
    expect(await terminal.type(['publisher', 'revoke', 'westmarch#lead', '--since', '2026-11-30T11:00:00Z', ...BY_LEAD])).toMatchObject({ code: 2, err: expect.stringContaining('No key of westmarch would be good any more') as string });
    expect((await publisher()).keys.map(({ compromisedSince }) => compromisedSince)).toEqual([undefined, '2026-11-30T11:00:00Z']);
  });
  it.each<readonly [string, readonly string[]]>([
    ['Name one file', ['key']], ['--keyid is a publisher', ['key', 'a.pem', '--keyid', 'Westmarch', '--holder', 'lead']], ['--name is missing', ['key', 'a.pem', '--keyid', 'westmarch#a', '--holder', 'lead']], ['is not there', ['publisher', 'show']], ['Usage', ['publisher', 'toString']], ['cannot be read', ['publisher', 'sign', ...BY_LEAD]],
    ['This is not a publisher', [...BEGIN.slice(0, 8), '--kind', 'shop', '--email', 'a@b.example']],
  ])('says what is wrong: %s', async (words, argv) => { expect(await terminal.type(argv)).toMatchObject({ code: 2, err: expect.stringContaining(words) as string }); });
  it('leaves no key behind where nothing came of it', async () => {
    await terminal.type([...BEGIN.slice(0, 8), '--kind', 'shop', '--email', 'a@b.example']);
    await expect(stat(path.join(terminal.folder, 'lead.pem'))).rejects.toThrow('ENOENT');
  });
});
