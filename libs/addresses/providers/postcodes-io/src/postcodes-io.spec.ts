import { RecordedLog, plainOutbound, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { Postcode } from '@guildhall/addresses-contract';
import { PostcodesIoProvider, readFound } from './postcodes-io.provider';
import { POSTCODES_IO_FAULTS, simulatedPostcodesIo, startPostcodesIo } from './simulator';
import type { PostcodesIoFault, PostcodesIoSimulator } from './simulator';

let far: PostcodesIoSimulator;
let provider: PostcodesIoProvider;
beforeEach(async () => {
  far = await startPostcodesIo();
  provider = new PostcodesIoProvider({ origin: `${far.origin}/`, timeoutInSeconds: 0.5 }, testProviderDependencies(), async () => undefined);
});
afterEach(() => far.stop());

describe('the ward of a postcode', () => {
  it('comes with the council’s GSS code', async () => expect(await provider.areaOfPostcode('ZZ99 7AD' as Postcode)).toEqual({ ward: { code: 'E05099982', name: 'Mill Hill' }, districtCode: 'E07000998' }));
  it('is none where the directory has only a pseudo code', async () => expect(await provider.areaOfPostcode('ZZ99 7LU' as Postcode)).toBeUndefined());
  it.each<PostcodesIoFault>(['too-many', 'unavailable', 'lose-connection', 'hang'])('is asked for again once after %s', async (fault) => {
    far.failNext(fault);
    expect((await provider.areaOfPostcode('ZZ99 7AA' as Postcode))?.ward.name).toBe('Quayside');
    expect(far.seen).toEqual(['/postcodes/ZZ99%207AA', '/postcodes/ZZ99%207AA']);
  });
  it.each<PostcodesIoFault>(['too-many', 'unavailable', 'lose-connection', 'hang', 'sign-in-page', 'cut-off', 'no-codes'])('is Unavailable, never "none", when %s stays', async (fault) => {
    far.failNext(fault, Number.POSITIVE_INFINITY);
    await expect(provider.areaOfPostcode('ZZ99 7AA' as Postcode)).rejects.toMatchObject({ code: 'unavailable' });
  });
  it.each([[200, { status: 404, error: 'x' }], [404, '<html>'], [404, { status: 404 }], [200, { status: 200, result: null }], [200, []], [301, {}]])('is not read out of %p %p', (status, body) => {
    expect(readFound({ status, json: () => (typeof body === 'string' ? JSON.parse(body) as unknown : body) })).toEqual({ kind: 'no-answer' });
  });
});

describe('the connection check', () => {
  it('is content when the server knows what a postcode is, whether or not it knows that one', async () => expect(await provider.check()).toEqual({ ok: true, message: 'postcodes.io answers.' }));
  it('says where to look when nobody answers', async () => {
    far.failNext('lose-connection', Number.POSITIVE_INFINITY);
    expect(await provider.check()).toEqual({ ok: false, message: expect.stringContaining(`Look whether this server may call ${new URL(far.origin).host}`) as string });
  });
  it('says what to do when something else answers', async () => {
    far.failNext('sign-in-page');
    expect(await provider.check()).toEqual({ ok: false, message: expect.stringContaining('proxy') as string });
  });
});

describe('the simulator', () => {
  const get = async (path: string) => (await plainOutbound.fetch(`${far.origin}${path}`)).json();
  it('tells a postcode that is none from one that nobody has, as postcodes.io does', async () => {
    expect(await get('/postcodes/ABC')).toEqual({ status: 404, error: 'Invalid postcode' });
    expect(await get('/postcodes/%')).toEqual({ status: 404, error: 'Invalid postcode' });
    expect(await get('/postcodes/ZZ997ZZ')).toEqual({ status: 404, error: 'Postcode not found' });
    expect(await get('/elsewhere')).toEqual({ status: 404, error: 'Resource not found' });
  });
  it('answers to many at once, in their order, with null for what it does not know, and to no more than a hundred', async () => {
    const post = async (body: string) => (await plainOutbound.fetch(`${far.origin}/postcodes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json();
    expect(await post('{"postcodes":["zz997ad","ZZ99 7ZZ"]}')).toEqual({ status: 200, result: [{ query: 'zz997ad', result: expect.objectContaining({ postcode: 'ZZ99 7AD', admin_ward: 'Mill Hill' }) as object }, { query: 'ZZ99 7ZZ', result: null }] });
    expect(await post(JSON.stringify({ postcodes: Array.from({ length: 101 }, () => 'ZZ99 7AA') }))).toEqual({ status: 400, error: expect.stringContaining('Up to 100 postcodes') as string });
    expect(await post('{"geolocations":[{"latitude":53.3,"longitude":2.1,"limit":1},{"latitude":0,"longitude":0},{}]}')).toMatchObject({ status: 200, result: [{ query: { limit: 1 }, result: [{ postcode: 'ZZ99 7AA', distance: 0 }] }, { result: null }, { result: null }] });
    for (const body of ['{', '[]', '{}', '{"postcodes":"ZZ99 7AA"}']) expect(await post(body)).toMatchObject({ status: 400, error: expect.stringContaining('Invalid JSON') as string });
  });
  it('says whether there is such a postcode, which ones begin so, and which are near by, the nearest first', async () => {
    expect([await get('/postcodes/zz997aa/validate'), await get('/postcodes/ZZ997ZZ/validate'), await get('/postcodes/x/validate')]).toEqual([true, false, false].map((result) => ({ status: 200, result })));
    expect([await get('/postcodes/zz99%207a/autocomplete'), await get('/postcodes/zz99/autocomplete?limit=1'), await get('/postcodes/AA1/autocomplete')]).toEqual([['ZZ99 7AA', 'ZZ99 7AD'], ['ZZ99 7AA'], null].map((result) => ({ status: 200, result })));
    expect(await get('/postcodes/ZZ997AD/nearest?radius=2000')).toMatchObject({ result: [{ postcode: 'ZZ99 7AD', distance: 0 }, { postcode: 'ZZ99 7AA' }, { postcode: 'ZZ99 7LU' }] });
    expect(await get('/postcodes/ZZ997ZZ/nearest')).toEqual({ status: 404, error: 'Postcode not found' });
    expect(await get('/postcodes?lon=2.11&lat=53.303')).toMatchObject({ result: [{ postcode: 'ZZ99 7AD' }] });
    expect([await get('/postcodes?lon=north&lat=53'), await get('/postcodes'), await get('/postcodes?q=zz997l')]).toMatchObject([{ status: 400 }, { status: 400 }, { result: [{ postcode: 'ZZ99 7LU', admin_ward: null }] }]);
  });
});

describe('the simulator\'s page', () => {
  const plan = (headers: Record<string, string>, form: Record<string, string> = { fault: 'unavailable', times: '2' }, path = 'faults') => plainOutbound.fetch(`${far.origin}/simulator/${path}`, { method: 'POST', headers, body: new URLSearchParams(form) });
  const page = async (): Promise<string> => (await plainOutbound.fetch(`${far.origin}/`)).text();
  const status = async (): Promise<number> => (await plainOutbound.fetch(`${far.origin}/postcodes/ZZ997AA`)).status;

  it('shows its postcodes and what was asked, written so that it cannot run, and offers every fault', async () => {
    await plainOutbound.fetch(`${far.origin}/postcodes/'%3Cscript%3E`);
    const shown = await plainOutbound.fetch(`${far.origin}/`);
    for (const there of ['ZZ99 7AA', '/postcodes/&#39;%3Cscript%3E', ...POSTCODES_IO_FAULTS.map((fault) => `<option>${fault}</option>`)]) expect(shown.text()).toContain(there);
    expect(shown.headers['content-security-policy']).toContain("default-src 'none'");
  });
  it('plans a fault from its own form or by a program, until it has happened or is cleared', async () => {
    expect((await plan({ origin: far.origin })).status).toBe(303);
    expect(await page()).toContain('Planned: unavailable, 2 more.');
    expect([await status(), await status(), await status()]).toEqual([503, 503, 200]);
    expect((await plan({ 'simulator-control': 'yes' }, { fault: 'too-many' })).status).toBe(303);
    expect([await status(), await status()]).toEqual([429, 200]);
    far.failNext('unavailable', Number.POSITIVE_INFINITY);
    expect(await page()).toContain('until it is cleared');
    expect((await plan({ origin: far.origin }, {}, 'clear')).status).toBe(303);
    expect([await page(), await status()]).toEqual([expect.stringContaining('Nothing is planned.') as string, 200]);
  });
  it('plans nothing for a form of another site, for a fault that there is not, or for no number of times', async () => {
    expect((await plan({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await plan({})).status).toBe(403);
    for (const [fault, times] of [['nonsense', '1'], ['hang', '0'], ['hang', 'often']] as const) expect((await plan({ origin: far.origin }, { fault, times })).status).toBe(400);
    expect((await plan({ origin: far.origin }, {}, 'nothing')).status).toBe(404);
    expect((await plainOutbound.fetch(`${far.origin}/simulator/faults`)).status).toBe(404);
    expect(await status()).toBe(200);
  });
});

it('a simulated postcodes.io beside the council\'s server answers the council\'s provider from the directory that it is given', async () => {
  const installation = simulatedPostcodesIo({ postcodes: () => [{ postcode: 'ZZ99 1AA', ward: { code: 'E05099901', name: 'Castle' }, districtCode: 'E07000999', latitude: 53.1, longitude: 1.95 }] });
  const running = await installation.companion?.start({ port: 0, dataFolder: '', councils: [testCouncil()], outbound: plainOutbound, log: new RecordedLog(), secret: () => Buffer.alloc(32) });
  try {
    const simulated = installation.create(testProviderDependencies({ companionOrigin: running?.origin }));
    expect(installation.isSandbox).toBe(true);
    expect(await installation.check?.(simulated)).toEqual({ ok: true, message: 'postcodes.io answers.' });
    expect(await simulated.areaOfPostcode?.('ZZ99 1AA' as Postcode, 'en')).toEqual({ ward: { code: 'E05099901', name: 'Castle' }, districtCode: 'E07000999' });
    expect(await simulated.areaOfPostcode?.('ZZ99 7AA' as Postcode, 'en')).toBeUndefined();
    expect((await plainOutbound.fetch(running?.origin ?? '')).text()).toContain('/postcodes/ZZ99%201AA');
  } finally { await running?.stop(); }
});
