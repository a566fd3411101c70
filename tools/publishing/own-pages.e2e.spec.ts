import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { portal } from '@guildhall/portal';
import { checkCommand } from '../../libs/factory/command/src/publishing/check-command';
import { findBrowser } from '../../libs/kernel/module/src/testing/find-browser';

const root = path.join(__dirname, '../..');
const FIVE_MINUTES = 300_000;
const PAGES: Readonly<Record<string, string>> = {
  '/good': '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Good</title></head><body><main><h1>Good</h1></main></body></html>',
  '/wide': '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Wide</title></head><body><main><h1>Wide</h1><div style="width:900px">x</div></main></body></html>',
  '/unnamed': '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Unnamed</title></head><body><main><h1>Unnamed</h1><input></main></body></html>',
  '/heavy': `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Heavy</title></head><body><main><h1>Heavy</h1><p>${'Heavy. '.repeat(20_000)}</p></main></body></html>`,
};
let app: TestApp;
let pages: Server;

beforeAll(async () => {
  await promisify(execFile)('node', [path.join(root, 'node_modules/typescript/bin/tsc'), '-b', 'libs/factory/command', 'libs/portal/module'], { cwd: root });
  app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [portal()])] });
  pages = createServer((request, response) => {
    const page = PAGES[request.url ?? ''];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? 'There is no such page.');
  });
  await new Promise<void>((resolve) => { pages.listen(0, '127.0.0.1', resolve); });
}, FIVE_MINUTES);
afterAll(async () => {
  await app?.close();
  pages?.closeAllConnections();
  await new Promise((resolve) => { pages?.close(resolve); });
});

/** What `guildhall check libs/portal/module --page …` finds of the pages. */
async function check(...addresses: readonly string[]): Promise<readonly string[]> {
  const { out } = await checkCommand.run(['libs/portal/module', ...addresses.flatMap((address) => ['--page', address]), '--browser', await findBrowser(), '--json'], { folder: root, now: new Date(), env: process.env, say: () => undefined, confirm: () => Promise.resolve(undefined) });
  const { findings } = JSON.parse(out) as { readonly findings: readonly { readonly weight: string; readonly subject: string; readonly text: string }[] };
  return findings.filter(({ subject }) => subject === 'pages').map(({ weight, text }) => `${weight} ${text}`);
}
const at = (page: string): string => `http://127.0.0.1:${(pages.address() as AddressInfo).port}${page}`;

describe('guildhall check --page', () => {
  it('finds nothing on the pages of a package of ours, as a council serves them', async () => {
    expect(await check(`${app.origin('riverbourne')}/`, `${app.origin('riverbourne')}/accessibility`, `${app.origin('riverbourne')}/?lang=cy`, at('/good'))).toEqual([]);
  }, FIVE_MINUTES);
  it('says what is too wide, cannot be told by its name, weighs much, or is not there', async () => {
    expect(await check(at('/wide'), at('/unnamed'), at('/heavy'), at('/nowhere'), 'http://127.0.0.1:9/')).toEqual([
      `mend ${at('/wide')} is wider than a screen of 320 pixels.`, expect.stringMatching(/^mend .*\/unnamed: .* \(label\) at input\.$/), expect.stringMatching(/^advice .*\/heavy brings \d+ kB/), `mend ${at('/nowhere')} answers with 404: name a page that is there.`, expect.stringContaining('mend http://127.0.0.1:9/ cannot be opened'),
    ]);
  }, FIVE_MINUTES);
});
