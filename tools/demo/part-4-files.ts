import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { starterGuideline, type Agreement } from '@guildhall/sharing-contract';
import { follow, press } from './agreement-form';
import { wordsOf, type Demonstration } from './visitors';

const COMMANDS = path.join(__dirname, '../../libs/sharing/command/dist');
const FIRE = 'westmarch-fire';

/** Part 4 for a body that has nothing but files: it drafts, checks, compares and signs on the command line, and Riverbourne's officer brings in what it signed. */
export async function walksFiles({ folder, riverbourne }: Demonstration, ours: Page): Promise<void> {
  const here = await mkdtemp(path.join(folder, 'files-'));
  const keep = (name: string, content: unknown): Promise<void> => writeFile(path.join(here, name), typeof content === 'string' ? content : JSON.stringify(content));
  const run = async (command: string, ...argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> => {
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, [path.join(COMMANDS, `${command}.js`), ...argv], { cwd: here })) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };
  const key = await run('trust-list', 'key', '--keyid', `${FIRE}#2026-1`);
  await keep('fire.pem', key.stdout);
  await keep('fire.json', { id: FIRE, name: { en: 'Westmarch Fire and Rescue', cy: 'Tân ac Achub Westmarch' }, endpoint: 'https://share.westmarch-fire.example/sharing', logOrigin: 'westmarch-fire.example/log', keys: [JSON.parse(key.stderr)], waysToLink: [] });
  await keep('riverbourne.json', await (await fetch(`${riverbourne}/sharing/body`)).text());
  await keep('ours.json', starterGuideline('riverbourne'));
  const bodies = ['--body', 'fire.json', '--body', 'riverbourne.json'];

  const begun = await run('agreement', 'draft', '--id', 'homes-for-fire-visits', '--holder', 'riverbourne.json', '--receiver', 'fire.json', '--purpose', 'change-of-address', '--attribute', 'address.current', '--area', 'E07000999 Riverbourne');
  expect([begun.code, begun.stderr]).toEqual([0, '']);
  await keep('begun.json', begun.stdout);
  expect(await run('agreement', 'check', 'begun.json', ...bodies)).toMatchObject({ code: 1, stdout: expect.stringContaining('MEND  It names no data protection impact assessment.') });
  expect(await run('agreement', 'sign', 'begun.json', '--key', 'fire.pem', '--keyid', `${FIRE}#2026-1`, ...bodies)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Still to be written: name.') });
  const text = JSON.parse(begun.stdout) as Agreement;
  const words = { en: 'A visit to make your home safe', cy: 'Ymweliad i wneud eich cartref yn ddiogel' };
  const written: Agreement = { ...text, name: words, benefit: words, power: { ref: 'Fire and Rescue Services Act 2004, section 6' }, dpia: { ref: 'DPIA-F-3', date: text.from }, contacts: { riverbourne: 'data@riverbourne.example', [FIRE]: 'data@westmarch-fire.example' }, choice: { ...text.choice, withoutIt: { en: 'You can telephone us', cy: 'Gallwch ein ffonio' }, onWithdrawal: 'keep-what-was-decided' } };
  await keep('written.json', written);
  expect(await run('agreement', 'diff', 'begun.json', 'written.json', ...bodies)).toMatchObject({ code: 1, stdout: expect.stringContaining('Legal power: before, “To be written”; now, “Fire and Rescue Services Act 2004, section 6”.') });
  expect(await run('agreement', 'objections', 'written.json', '--guideline', 'ours.json', '--as', 'riverbourne', ...bodies)).toMatchObject({ code: 1, stdout: expect.stringContaining('Riverbourne Borough Council: When somebody says stop, we stop using what we were told.') });
  await keep('agreement.json', { ...written, choice: { ...written.choice, onWithdrawal: 'stop-using' } });
  expect(await run('agreement', 'check', 'agreement.json', '--guideline', 'ours.json', ...bodies)).toMatchObject({ code: 0, stderr: '' });
  const signed = await run('agreement', 'sign', 'agreement.json', '--key', 'fire.pem', '--keyid', `${FIRE}#2026-1`, ...bodies);
  expect([signed.code, signed.stderr]).toEqual([0, `Signed for ${FIRE}. Not signed yet, as far as can be seen here: riverbourne.\n`]);
  await keep('signed.json', signed.stdout);

  // Riverbourne's officer first gets to know the body by its keys.
  await follow(ours, 'Back to agreements');
  await follow(ours, 'See the bodies you share with');
  await ours.getByText('Add a body', { exact: true }).first().click();
  await ours.getByLabel('What its node says of itself').fill(await readFile(path.join(here, 'fire.json'), 'utf8'));
  await press(ours, 'Compare the keys');
  await ours.getByLabel(/I have compared every fingerprint/).check();
  await press(ours, 'Add this body');
  await follow(ours, 'Back to the bodies');
  await follow(ours, 'Back to agreements');
  await ours.getByText('Bring in a file', { exact: true }).first().click();
  await ours.getByLabel('Or choose the file').setInputFiles(path.join(here, 'signed.json'));
  await press(ours, 'Bring in');
  expect(await wordsOf(ours)).toMatch(/A visit to make your home safe Waiting for us to sign Version 1/);
  await follow(ours, 'Throw this draft away');
  await press(ours, 'Throw away');
}
