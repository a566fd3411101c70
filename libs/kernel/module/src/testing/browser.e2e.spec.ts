import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { bytesTransferred, expectAccessible, expectNoSidewaysScrolling, openBrowser, openPage, takeScreenshot } from './browser';

const PAGES: Record<string, string> = {
  '/good': '<!doctype html><html lang="en"><title>Good</title><link rel="icon" href="data:,"><main><h1>Report a pothole</h1><p>By telephone or here.</p></main></html>',
  '/unlabelled': '<!doctype html><html lang="en"><title>Bad</title><link rel="icon" href="data:,"><main><h1>Report</h1><input name="street"></main></html>',
  '/wide': '<!doctype html><html lang="en"><title>Wide</title><link rel="icon" href="data:,"><main><h1>Wide</h1><div id="table" style="width:900px">too wide</div></main></html>',
  '/heavy': '<!doctype html><html lang="en"><title>Heavy</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"><h1>Heavy</h1></html>',
  '/script': '<!doctype html><html lang="en"><title>Before</title><link rel="icon" href="data:,"><script>document.title = "After"</script></html>',
};
let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/style.css') return void response.writeHead(200, { 'content-type': 'text/css', 'content-encoding': 'gzip', 'cache-control': 'max-age=600' }).end(gzipSync(`/*${'a'.repeat(100_000)}*/`));
    response.writeHead(200, { 'content-type': 'text/html' });
    if (request.url !== '/slow') return void response.end(PAGES[request.url ?? '']);
    response.flushHeaders();
    setTimeout(() => response.end(PAGES['/unlabelled']), 500);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://testham.localhost:${(server.address() as { port: number }).port}`;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

describe('the browser of the tests', () => {
  it('accepts a page that everyone can use and refuses an unlabelled question, naming it', async () => {
    const page = await openPage(browser);
    await page.goto(`${origin}/good`);
    await expectAccessible(page);
    await page.goto(`${origin}/unlabelled`);
    await expect(expectAccessible(page)).rejects.toThrow(/\/unlabelled is not accessible[\s\S]*label[\s\S]*input/);
  });

  it('waits for a page that is still on its way, and judges all of it', async () => {
    const page = await openPage(browser);
    await page.goto(`${origin}/slow`, { waitUntil: 'commit' });
    await expect(expectAccessible(page)).rejects.toThrow(/\/slow is not accessible[\s\S]*label[\s\S]*input/);
    await page.goto(`${origin}/slow`, { waitUntil: 'commit' });
    await expect(expectNoSidewaysScrolling(page)).resolves.toEqual({ width: 1280, language: 'en' });
  });

  it('refuses a page that must be scrolled sideways on a small telephone, naming what is too wide', async () => {
    const page = await openPage(browser, { width: 320 });
    await page.goto(`${origin}/good`);
    await takeScreenshot(page, 'not-kept');
    await page.goto(`${origin}/wide`);
    await expect(takeScreenshot(page, 'not-kept')).rejects.toThrow('wider than its window of 320 pixels: div#table');
  });

  it('weighs what came over the line: compressed, and nothing for what is kept', async () => {
    const page = await openPage(browser);
    const first = await bytesTransferred(page, () => page.goto(`${origin}/heavy`));
    expect(first).toBeGreaterThan(400);
    expect(first).toBeLessThan(3000);
    const second = await bytesTransferred(page, () => page.goto(`${origin}/heavy`));
    expect(second).toBeLessThan(first - 100);
    const withoutStyle = await bytesTransferred(await openPage(browser), () => page.goto(`${origin}/heavy`), (url) => !url.pathname.endsWith('.css'));
    expect(withoutStyle).toBeLessThan(first);
  });

  it('runs without JavaScript where asked, and reaches no other machine', async () => {
    const plain = await openPage(browser, { hasJavaScript: false });
    await plain.goto(`${origin}/script`);
    expect(await plain.title()).toBe('Before');
    const scripted = await openPage(browser);
    await scripted.goto(`${origin}/script`);
    expect(await scripted.title()).toBe('After');
    await expect(scripted.goto('http://elsewhere.example/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
  });
});
