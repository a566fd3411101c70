import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aCase, aPhoto } from '@guildhall/back-office-contract/testing';
import { Secret } from '@guildhall/kernel-contract';
import { FixedClock, plainOutbound, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { Open311ClientProvider } from '../open311-client.provider';
import { GeoReportSimulator, type SimulatedUpdate } from './index';

const NOW = '2026-11-23T12:00:00Z';
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);

let works: GeoReportSimulator;
let council: Server;
let isOver = false;
const told: SimulatedUpdate[] = [];
beforeEach(async () => {
  [isOver, told.length] = [false, 0];
  council = createServer((_request, response) => void (isOver ? response.writeHead(404, { 'content-type': 'text/html' }).end('<h1 class="x">The time of this link is over</h1>') : response.writeHead(200, { 'content-type': 'image/jpeg' }).end(JPEG)));
  await new Promise<void>((resolve) => { council.listen(0, '127.0.0.1', resolve); });
  works = await GeoReportSimulator.start({ apiKey: 'a-key', services: [{ code: 'kit_pothole', name: 'Pothole' }], now: () => new Date(NOW), delayInSeconds: 0.001, outbound: plainOutbound, tells: async (_report, update) => { told.push(update); return Promise.resolve(); } });
});
afterEach(async () => {
  await works.stop();
  council.closeAllConnections();
  await new Promise<void>((resolve) => { council.close(() => resolve()); });
});

const handOver = (changes: Parameters<typeof aCase>[0] = {}) => new Open311ClientProvider({ endpoint: works.endpoint, apiKey: new Secret('a-key') }, testProviderDependencies({ clock: new FixedClock(NOW) })).handOver(aCase(changes));
const photo = () => aPhoto({ url: `http://127.0.0.1:${(council.address() as AddressInfo).port}/documents/1/shown?key=${Math.random()}` });
const get = (path = '/') => plainOutbound.fetch(`${works.origin}${path}`);
const press = (path: string, form: Record<string, string> = {}, headers: Record<string, string> = { origin: works.origin }) => plainOutbound.fetch(`${works.origin}${path}`, { method: 'POST', headers, body: new URLSearchParams(form) });

describe('its page', () => {
  it('shows what came, with its photos, written so that nothing of it can run', async () => {
    await handOver({ summary: '<script>alert(1)</script>', photos: [photo(), photo()] });
    const page = await get();
    expect(page.text()).toContain('&#60;script&#62;');
    expect(page.text()).not.toContain('<script');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; img-src 'self'/);
    const [, address = ''] = /<img src="([^"]+)" alt="Photo 2 of W-1001">/.exec(page.text()) ?? [];
    expect(Buffer.from((await get(address)).bytes())).toEqual(JPEG);
    expect((await get(`/photos/${'0'.repeat(64)}`)).status).toBe(404);
  });
  it('says in words why a photo cannot be fetched any more', async () => {
    const one = photo();
    await handOver({ photos: [one] });
    isOver = true;
    expect((await press('/photos/again', { url: one.url })).status).toBe(303);
    expect((await get()).text()).toContain('Photo 1 of W-1001 is not here. 404: The time of this link is over');
    expect((await press('/photos/again', { url: 'http://127.0.0.1:1/' })).status).toBe(404);
  });
  it('tells the council what happened, once for each press', async () => {
    await handOver();
    expect([(await press('/happens', { number: 'W-1001', status: 'fixed', text: 'Filled.' })).status, (await press('/happens', { number: 'W-9', status: 'fixed' })).status]).toEqual([303, 404]);
    expect(told).toMatchObject([{ number: 'W-1001', status: 'fixed', text: 'Filled.' }]);
    expect((await get()).text()).toContain('W-1001: kit_pothole, fixed');
  });
  it('plans what goes wrong, a delay too, shows it, and clears it', async () => {
    expect((await press('/faults', { fault: 'nonsense', times: '1' })).status).toBe(400);
    for (const fault of ['delay', 'delay', 'delay', 'unavailable']) expect((await press('/faults', { fault, times: '1' })).status).toBe(303);
    expect((await get()).text()).toContain('<li>unavailable, 1 more</li>');
    expect((await handOver()).ok).toBe(true);
    expect((await get()).text()).toContain('<li>delay, 1 more</li>');
    await press('/clear');
    expect((await get()).text()).toContain('Nothing is planned.');
    expect((await handOver()).ok).toBe(true);
  });
  it('gives tokens first when it is told to, and makes their numbers', async () => {
    await press('/tokens', { gives: 'tokens' });
    const taken = await handOver();
    const ticket = (taken.ok && taken.value.ticket) || '';
    expect((await get()).text()).toContain(`value="${ticket}"`);
    await press('/settle', { token: ticket });
    expect([works.book.reports[0]?.isSettled, (await get()).text().includes(ticket)]).toEqual([true, false]);
  });
  it('does nothing that a page of another site sends, and nothing that it does not know', async () => {
    await handOver();
    for (const path of ['/happens', '/faults', '/clear', '/tokens', '/settle', '/photos/again']) expect((await press(path, { number: 'W-1001', status: 'fixed' }, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect(told).toEqual([]);
    expect([(await press('/other')).status, (await press('/clear', {}, { 'simulator-control': 'yes' })).status, (await plainOutbound.fetch(works.origin, { method: 'PUT' })).status]).toEqual([404, 303, 405]);
  });
});
