import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aCase, aPhoto } from '@guildhall/back-office-contract/testing';
import type { PushedMessage } from '@guildhall/back-office-contract';
import { Secret } from '@guildhall/kernel-contract';
import { FixedClock, plainOutbound, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { webhookSecret } from '@guildhall/subscriptions-contract';
import { signedWebhook } from '../signed-webhook';
import { DepotSimulator } from './index';

const NOW = '2026-11-23T12:00:00Z';
const [OURS, THEIRS, NEIGHBOURS, PUSHED_TO_NEIGHBOUR] = [1, 2, 3, 4].map((byte) => webhookSecret(Buffer.alloc(32, byte))) as [string, string, string, string];
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);

let depot: DepotSimulator;
let council: Server;
let isOver = false;
const told: { readonly message: PushedMessage; readonly council: number }[] = [];
beforeEach(async () => {
  [isOver, told.length] = [false, 0];
  council = createServer((_request, response) => void (isOver ? response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>The time of this link is over</h1>') : response.writeHead(200, { 'content-type': 'image/jpeg' }).end(JPEG)));
  await new Promise<void>((resolve) => { council.listen(0, '127.0.0.1', resolve); });
  depot = await DepotSimulator.start({ secret: OURS, pushSecret: THEIRS, others: [{ secret: NEIGHBOURS, pushSecret: PUSHED_TO_NEIGHBOUR }], now: () => new Date(NOW), delayInSeconds: 0.001, outbound: plainOutbound, tells: async (message, at) => { told.push({ message, council: at }); return Promise.resolve(); } });
});
afterEach(async () => {
  await depot.stop();
  council.closeAllConnections();
  await new Promise<void>((resolve) => { council.close(() => resolve()); });
});

const providerOf = (secret = OURS, pushSecret = THEIRS) => signedWebhook({ url: depot.url, secret: new Secret(secret), pushSecret: new Secret(pushSecret) }).create(testProviderDependencies({ clock: new FixedClock(NOW) }));
const photo = (changes: Parameters<typeof aPhoto>[0] = {}) => aPhoto({ url: `http://127.0.0.1:${(council.address() as AddressInfo).port}/documents/1/shown?key=${Math.random()}`, ...changes });
const get = (path = '/') => plainOutbound.fetch(`${depot.origin}${path}`);
const press = (path: string, form: Record<string, string> = {}, headers: Record<string, string> = { origin: depot.origin }) => plainOutbound.fetch(`${depot.origin}${path}`, { method: 'POST', headers, body: new URLSearchParams(form) });

describe('its page', () => {
  it('shows what came, with its photos and whether they are what the council named, written so that nothing of it can run', async () => {
    const given = aCase({ summary: '<script>alert(1)</script>', photos: [photo({ sha256: '7a3d5b475bd07ae9041fab2a133f40c4e3a9b5b8a8b8a8ec0f9e6b3d9f0fd7b0' }), photo()] });
    await providerOf().handOver(given);
    const page = await get();
    expect(page.text()).toContain('&#60;script&#62;');
    expect(page.text()).not.toContain('<script');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; img-src 'self'/);
    expect(page.text()).toContain('Its bytes are not those that the council named.');
    const [, address = ''] = /<img src="([^"]+)" alt="Photo 2 of D-1001">/.exec(page.text()) ?? [];
    expect(Buffer.from((await get(address)).bytes())).toEqual(JPEG);
    expect((await get('/photos/nothing')).status).toBe(404);
  });
  it('says in words why a photo cannot be fetched any more', async () => {
    const one = photo();
    await providerOf().handOver(aCase({ photos: [one] }));
    isOver = true;
    expect((await press('/photos/again', { url: one.url })).status).toBe(303);
    expect((await get()).text()).toContain('Photo 1 of D-1001 is not here. 404: The time of this link is over');
    expect((await press('/photos/again', { url: 'http://127.0.0.1:1/' })).status).toBe(404);
  });
  it('tells the council whose case it is, signed for it alone, what happened; and the same once more', async () => {
    await providerOf().handOver(aCase());
    await providerOf(NEIGHBOURS, PUSHED_TO_NEIGHBOUR).handOver(aCase());
    expect([(await press('/happens', { reference: 'D-1002', status: 'fixed', text: 'Cleared.' })).status, (await press('/again', { reference: 'D-1002' })).status, (await press('/happens', { reference: 'D-9', status: 'fixed' })).status, (await press('/again', { reference: 'D-1001' })).status]).toEqual([303, 303, 404, 404]);
    expect(told.map((one) => one.council)).toEqual([1, 1]);
    const heard = await Promise.all(told.map(async ({ message }) => providerOf(NEIGHBOURS, PUSHED_TO_NEIGHBOUR).receive?.(message)));
    expect(heard).toEqual([heard[1], { progress: [{ progressId: 'H-1', farReference: 'D-1002', status: 'fixed', at: new Date(NOW), text: 'Cleared.' }] }]);
    await expect(providerOf().receive?.(told[0]?.message as PushedMessage)).rejects.toMatchObject({ code: 'not-authenticated' });
    expect((await get()).text()).toMatch(/D-1002: Pothole, fixed.*D-1001: Pothole, open/s);
  });
  it('shows what a resident wrote later, with the case that it is about', async () => {
    const given = aCase();
    await providerOf().handOver(given);
    await providerOf().write?.({ wordsId: '01990000-0000-7000-8000-0000000000e1', caseId: given.caseId, caseReference: given.reference, at: new Date(NOW), text: 'It has grown.', photos: [photo()], reopens: false });
    expect((await get()).text()).toMatch(/Written later.*It has grown\..*Photo 1 of D-1001/s);
  });
  it('plans what goes wrong, a delay too, shows it, and clears it', async () => {
    expect((await press('/faults', { fault: 'nonsense', times: '1' })).status).toBe(400);
    for (const fault of ['delay', 'unavailable', 'too-many']) expect((await press('/faults', { fault, times: '1' })).status).toBe(303);
    expect((await get()).text()).toContain('<li>unavailable, 1 more</li>');
    expect(await providerOf().handOver(aCase())).toEqual({ ok: true, value: { farReference: 'D-1001' } });
    await expect(providerOf().handOver(aCase())).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: 60 });
    await press('/clear');
    expect((await providerOf().handOver(aCase())).ok).toBe(true);
    expect((await get()).text()).toMatch(/Nothing is planned\..*case-handed-over 200.*case-handed-over 503.*case-handed-over 200/s);
  });
  it('does nothing that a page of another site sends, and nothing that it does not know', async () => {
    await providerOf().handOver(aCase());
    for (const path of ['/happens', '/again', '/faults', '/clear', '/photos/again']) expect((await press(path, { reference: 'D-1001', status: 'fixed' }, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect(told).toEqual([]);
    expect([(await press('/other')).status, (await press('/clear', {}, { 'simulator-control': 'yes' })).status, (await plainOutbound.fetch(depot.origin, { method: 'PUT' })).status]).toEqual([404, 303, 405]);
  });
});
