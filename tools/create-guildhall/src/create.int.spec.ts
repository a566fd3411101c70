import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { invented, slugOf } from './answers';
import { ask, type Terminal } from './ask';
import { create, type Surroundings } from './create';

let cwd: string;
let said: string;
beforeEach(() => {
  cwd = mkdtempSync(path.join(os.tmpdir(), 'guildhall-create-'));
  said = '';
});
afterEach(() => rmSync(cwd, { recursive: true }));

const surroundings = (changes: Partial<Surroundings> = {}): Surroundings => ({ cwd, id: '019db6a2-6c00-7c3e-a1b4-5d2f8e9a0b17', isTerminal: false, install: () => true, say: (text) => { said += text; }, ...changes });
const configuration = (folder: string) => readFileSync(path.join(cwd, folder, 'src/council.config.ts'), 'utf8');

describe('npm create guildhall', () => {
  it('makes an app of what is given, installs, and says what comes now', async () => {
    const installed: string[] = [];
    const code = await create(['my-council', '--name', 'Marshborough District Council', '--slug', 'marshborough', '--gss', 'W06000998', '--languages', 'cy, en', '--brand', '#5b2c6f'], surroundings({ install: (folder) => installed.push(folder) > 0 }));
    expect(code).toBe(0);
    expect(installed).toEqual([path.join(cwd, 'my-council')]);
    expect(configuration('my-council')).toContain(`gssCode: 'W06000998', name: 'Marshborough District Council', languages: ['cy', 'en'], nation: 'wales'`);
    expect(said).toMatch(/Now:\n {2}cd my-council\n {2}npm start\n/);
  });
  it('asks nothing with --yes: what is not given is made of the folder’s name', async () => {
    expect(await create(['aldermoor-county', '--yes', '--no-install'], surroundings({ install: () => { throw new Error('not wanted'); } }))).toBe(0);
    expect(configuration('aldermoor-county')).toContain(`name: 'Aldermoor County Council'`);
    expect(said).toContain('npm install\n');
  });
  it('overwrites nothing', async () => {
    writeFileSync(path.join(cwd, 'mine.txt'), 'mine');
    expect(await create(['.', '--yes'], surroundings())).toBe(1);
    expect(said).toContain('is not empty, and nothing is overwritten');
    expect(readdirSync(cwd)).toEqual(['mine.txt']);
  });
  it('says what is wrong, and writes nothing', async () => {
    expect(await create(['x', '--yes', '--brand', '#ffffff'], surroundings())).toBe(2);
    expect(said).toContain('White words on #ffffff');
    expect(await create(['x', '--colour', 'red'], surroundings())).toBe(2);
    expect(said).toContain('Usage: npm create guildhall@latest');
    expect(readdirSync(cwd)).toEqual([]);
  });
  it('names what it needs where nobody can be asked', async () => {
    expect(await create(['x', '--name', 'Marshborough', '--gss', 'E07000999'], surroundings())).toBe(2);
    expect(said).toContain('Give --slug, --languages, --brand, or --yes');
  });
  it('leaves what was made when installing fails, and says so', async () => {
    expect(await create(['marshborough', '--yes'], surroundings({ install: () => false }))).toBe(1);
    expect(said).toMatch(/npm install did not succeed[^]*npm install\n {2}npm start/);
    expect(configuration('marshborough')).toContain('defineCouncil');
  });
});

describe('the five questions', () => {
  /** Types an answer whenever a question has been put. */
  async function answered(answers: readonly string[], given = {}): Promise<{ readonly result: Awaited<ReturnType<typeof ask>>; readonly shown: string }> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = '';
    output.on('data', (bytes: Buffer) => { shown += bytes.toString(); });
    const result = ask(given, invented('my-council'), { input, output } as unknown as Terminal);
    for (const answer of answers) {
      await wait(100);
      input.write(answer);
    }
    return { result: await result, shown };
  }
  const clear = '\x15';

  it('are put one after another, offer what can be guessed, and say at once what is wrong', async () => {
    const { result, shown } = await answered([`${clear}Cyngor Glanfor\r`, '\r', `${clear}W06000997\r`, `${clear}fr\r`, `${clear}cy,en\r`, '\r']);
    expect(result).toEqual({ name: 'Cyngor Glanfor', slug: 'glanfor', gss: 'W06000997', languages: 'cy,en', brand: '#1d4f3a' });
    expect(shown).toContain('The languages are "fr"');
  });
  it('leave out what was given', async () => {
    const given = { name: 'Marshborough', slug: 'marshborough', gss: 'E07000999', languages: 'en' };
    expect((await answered(['\r'], given)).result).toEqual({ ...given, brand: '#1d4f3a' });
  });
  it('end when whoever is asked goes away', async () => { expect((await answered(['\x03'])).result).toBeUndefined(); });
});

it.each([['Marshborough District Council', 'marshborough'], ['Cyngor Sir Glân-y-môr', 'sir-glan-y-mor'], ['../apps/My Council', 'my'], ['3 Rivers Council', 'rivers'], ['???', 'my-council']])('%s is called %s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});
