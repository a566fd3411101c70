import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { agreementBetween, riverbourneAndAldermoor } from '@guildhall/sharing-contract/testing';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'commands-'));
  await writeFile(path.join(folder, 'agreement.json'), JSON.stringify(agreementBetween(receiver, holder, vocabulary)));
  await writeFile(path.join(folder, 'next.json'), JSON.stringify(agreementBetween(receiver, holder, vocabulary, { version: 4 })));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command of the built package as somebody would, in a folder with their files. */
async function run(name: string, ...argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [path.join(__dirname, `../dist/${name}.js`), ...argv], { cwd: folder })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

describe('the commands, run by themselves', () => {
  it('end with 0, 1 or 2, and say on standard error what could not be done', async () => {
    expect(await run('agreement', 'diff', 'agreement.json', 'agreement.json')).toMatchObject({ code: 0, stdout: 'Nothing differs.\n' });
    expect(await run('agreement', 'diff', 'agreement.json', 'next.json')).toMatchObject({ code: 1, stdout: 'Version: before, 3; now, 4.\n', stderr: '' });
    expect(await run('agreement', 'check', 'nowhere.json')).toMatchObject({ code: 2, stdout: '', stderr: 'nowhere.json cannot be read.\n' });
    expect(await run('assure', 'check', '--deployment', 'http://127.0.0.1:9/sharing')).toMatchObject({ code: 2, stderr: 'http://127.0.0.1:9/sharing/body cannot be reached.\n' });
  });
  it('make a key and a list that can be served as it is', async () => {
    const key = await run('trust-list', 'key', '--keyid', 'north-region#2026-1');
    await writeFile(path.join(folder, 'north.pem'), key.stdout);
    await writeFile(path.join(folder, 'issuer.json'), JSON.stringify({ keys: [JSON.parse(key.stderr)] }));
    await writeFile(path.join(folder, 'list.json'), (await run('trust-list', 'new', '--id', 'north', '--by', 'north-region')).stdout);
    await writeFile(path.join(folder, 'trust-list.json'), (await run('trust-list', 'sign', 'list.json', '--key', 'north.pem', '--keyid', 'north-region#2026-1')).stdout);
    expect(await readFile(path.join(folder, 'trust-list.json'), 'utf8')).toContain('application/vnd.guildhall.trust-list+json');
    expect(await run('trust-list', 'show', 'trust-list.json', '--issuer', 'issuer.json')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The list north of north-region, number 1/) });
  });
});
