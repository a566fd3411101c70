import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { parking } from '../../test/parking';
import { Terminal } from '../../test/typed';

let terminal: Terminal;
beforeEach(async () => { terminal = await Terminal.open(); });
afterEach(() => terminal.close());
const text = (): Promise<string> => readFile(path.join(terminal.folder, 'publiccode.yml'), 'utf8');

describe('guildhall publiccode', () => {
  it('writes it from package.json and the manifest, and a second time changes nothing', async () => {
    await terminal.write(parking());
    expect(await terminal.type(['publiccode'])).toMatchObject({ code: 0 });
    const first = await text();
    expect(parse(first)).toMatchObject({
      publiccodeYmlVersion: '0.5', name: '@westmarch/parking', url: 'https://git.westmarch.example/parking', softwareVersion: '1.0.0', developmentStatus: 'beta', softwareType: 'addon',
      legal: { license: 'MIT' }, localisation: { localisationReady: true, availableLanguages: ['en', 'cy'] }, description: { en: { shortDescription: 'Parking permits for residents.' } }, maintenance: { type: 'community', contacts: [{ name: 'Westmarch Digital' }] },
    });
    expect(await terminal.type(['publiccode', '--check'])).toMatchObject({ code: 0 });
    expect(await text()).toBe(first);
  });
  it('describes it in each language that the package describes itself in, and says which is lacking', async () => {
    const guildhall = { kind: 'service-pack', id: 'parking', owner: 'Westmarch Digital', maturity: 'beta', personalData: [], languages: ['en', 'cy'] };
    await terminal.write(parking({ guildhall }));
    expect((await terminal.type(['publiccode'])).out).toContain('It speaks cy and is not described in it');
    await terminal.write(parking({ guildhall: { ...guildhall, descriptions: { cy: 'Trwyddedau parcio i breswylwyr.' } } }));
    expect((await terminal.type(['publiccode'])).out).not.toContain('not described');
    expect(parse(await text())).toMatchObject({ description: { en: { shortDescription: 'Parking permits for residents.' }, cy: { shortDescription: 'Trwyddedau parcio i breswylwyr.' } } });
  });
  it('keeps what people have written, with their comments, and says when it is out of date', async () => {
    await terminal.write({ ...parking({ version: '1.1.0' }), 'publiccode.yml': '# Ours\npubliccodeYmlVersion: "0.4"\nname: "@westmarch/parking"\nsoftwareVersion: 1.0.0\nmaintenance:\n  type: internal # by two of us\n' });
    expect(await terminal.type(['publiccode', '--check'])).toMatchObject({ code: 1, out: expect.stringContaining('is out of date') as string });
    await terminal.type(['publiccode']);
    expect(await text()).toContain('# Ours');
    expect(await text()).toContain('type: internal # by two of us');
    expect(parse(await text())).toMatchObject({ publiccodeYmlVersion: '0.4', softwareVersion: '1.1.0' });
  });
  it('says what is missing, and what is no YAML', async () => {
    await terminal.write(parking({ repository: undefined }));
    expect(await terminal.type(['publiccode'])).toMatchObject({ code: 1, out: expect.stringContaining('“url” is missing') as string });
    await terminal.write({ 'publiccode.yml': 'a: [' });
    expect(await terminal.type(['publiccode'])).toMatchObject({ code: 2, err: expect.stringContaining('is no YAML') as string });
  });
});
