import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../libs/kernel/module/src/testing/browser';
import { appPort } from '../testing/app-port';
import { part1AskedOnce } from './part-1-asked-once';
import { part2YourInformation } from './part-2-your-information';
import { part3ToldOnce } from './part-3-told-once';
import { part4Agreements } from './part-4-agreements';
import { part5OfficerLooks } from './part-5-officer-looks';
import { putRight } from './put-right';
import { Demonstration } from './visitors';

const MINUTES = 60_000;
jest.setTimeout(3 * MINUTES);

let demo: Demonstration;
let browser: Browser;

beforeAll(async () => {
  demo = new Demonstration(await mkdtemp(path.join(os.tmpdir(), 'guildhall-demo-')), await appPort());
  browser = await openBrowser();
  await demo.start();
}, 5 * MINUTES);
afterAll(async () => {
  await browser.close();
  await demo.stop();
  const { status, stderr } = spawnSync(process.execPath, [path.join(__dirname, '../workspace/reset.mjs'), '--data', demo.folder], { encoding: 'utf8' });
  expect({ status, stderr, isForgotten: !existsSync(demo.folder) }).toEqual({ status: 0, stderr: '', isForgotten: true });
}, MINUTES);

describe('part 1: garden waste, asked once', () => part1AskedOnce(() => demo, () => browser));
describe('part 2: your information', () => part2YourInformation(() => demo, () => browser));
describe('part 3: tell us once', () => part3ToldOnce(() => demo, () => browser));
describe('part 4: agreements', () => part4Agreements(() => demo, () => browser));
describe('part 5: an officer looks', () => part5OfficerLooks(() => demo, () => browser));
describe('what is wrong', () => putRight(() => demo, () => browser));

describe('the demonstration', () => {
  it('stops with Ctrl-C, leaves nothing running, and goes on where it was', async () => {
    expect(await demo.stop()).toBe(0);
    for (const one of [demo.port, demo.port + 20, demo.port + 40]) await once(createServer().listen(one, '127.0.0.1').once('listening', function free(this: ReturnType<typeof createServer>) { this.close(); }), 'close');
    expect(demo.ask('county')).toEqual({ status: 1, words: 'Riverbourne does not answer. Start the demonstration first, with npm run demo:sharing.' });
    await demo.start();
    expect(demo.output).not.toContain('Signing');
    expect(demo.ask('county').words).toContain('The resident has said no');
    expect(demo.ask('care').words).toContain('care.receives: yes');
  }, 5 * MINUTES);
});
