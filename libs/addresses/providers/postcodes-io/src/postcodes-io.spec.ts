import { plainOutbound, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { Postcode } from '@guildhall/addresses-contract';
import { PostcodesIoProvider, readFound } from './postcodes-io.provider';
import { startPostcodesIo } from './simulator';
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
  it('plans a fault when it is told so by somebody on this machine, and not by another site', async () => {
    const plan = (headers: Record<string, string>) => plainOutbound.fetch(`${far.origin}/simulator/fail/unavailable`, { method: 'POST', headers });
    expect((await plan({})).status).toBe(403);
    expect((await plan({ 'simulator-control': 'yes' })).status).toBe(200);
    expect(await get('/postcodes/ZZ997AA')).toMatchObject({ status: 503 });
    expect((await plainOutbound.fetch(`${far.origin}/`)).text()).toContain('ZZ99 7AA');
  });
});
