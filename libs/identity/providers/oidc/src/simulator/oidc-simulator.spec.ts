import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { FAULTS, startOidcSimulator } from './index';
import type { OidcSimulator } from './index';

let simulator: OidcSimulator;
const CLIENT = { clientId: 'desk', clientSecret: 'of-the-desk', redirectUris: ['https://testham.example/return'], postLogoutRedirectUris: ['https://testham.example/done'] };
beforeAll(async () => { simulator = await startOidcSimulator({ clients: [CLIENT], algorithm: 'ES256' }); });
afterAll(() => simulator.stop());
beforeEach(() => { simulator.fail(); });

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const address = (changes: Readonly<Record<string, string>> = {}): string =>
  `${simulator.origin}/authorize?${new URLSearchParams({ client_id: 'desk', response_type: 'code', redirect_uri: CLIENT.redirectUris[0] ?? '', scope: 'openid', state: 'a-state-of-some-length', nonce: 'a-nonce', code_challenge: CHALLENGE, code_challenge_method: 'S256', ...changes }).toString()}`;
async function control(form: Readonly<Record<string, string>>): Promise<string> {
  return (await new SmallBrowser().open(`${simulator.origin}/control`, simulator.origin, new URLSearchParams(form))).body;
}
const token = (form: Readonly<Record<string, string>>, secret = 'of-the-desk') => fetch(`${simulator.origin}/token`, { method: 'POST', body: new URLSearchParams(form), headers: { authorization: `Basic ${Buffer.from(`desk:${secret}`).toString('base64')}` } });

describe('the simulated issuer', () => {
  it.each([
    ['a client that nobody registered', { client_id: 'nobody' }], ['an address that is not registered to come back to', { redirect_uri: 'https://evil.example/' }],
  ])('keeps whoever comes for %s: there is nowhere to send them', async (_what, changes) => {
    const page = await new SmallBrowser().open(address(changes), simulator.origin);
    expect([page.status, page.url.origin]).toEqual([400, simulator.origin]);
  });

  it.each([['a sign-in without a challenge (PKCE)', { code_challenge: '' }], ['a plain challenge', { code_challenge_method: 'plain' }], ['another response type', { response_type: 'token' }], ['a scope without openid and a nonce too short to be one', { scope: 'nothing', response_type: 'id_token' }]])('sends back an error for %s', async (_what, changes) => {
    const { url } = await new SmallBrowser().open(address(changes), simulator.origin);
    expect(url.origin).toBe('https://testham.example');
    expect(url.searchParams.get('error') ?? url.hash).toMatch(/invalid|unsupported|unauthorized/);
  });

  it('takes no code that nobody has, no wrong secret and no wrong grant', async () => {
    const form = { grant_type: 'authorization_code', code: 'made-up', redirect_uri: CLIENT.redirectUris[0] ?? '', code_verifier: 'x'.repeat(43) };
    expect(await (await token(form)).json()).toMatchObject({ error: 'invalid_grant' });
    expect((await token(form, 'wrong')).status).toBe(401);
    expect(await (await token({ ...form, grant_type: 'password' })).json()).toMatchObject({ error: 'unsupported_grant_type' });
  });

  it('says in its configuration where it is, and publishes no private part of its key', async () => {
    expect(await (await fetch(`${simulator.issuer}/.well-known/openid-configuration`)).json()).toMatchObject({ issuer: simulator.issuer, token_endpoint: `${simulator.origin}/token`, id_token_signing_alg_values_supported: ['ES256'], authorization_response_iss_parameter_supported: true });
    const { keys } = await (await fetch(`${simulator.origin}/jwks`)).json() as { keys: Record<string, string>[] };
    expect(keys).toEqual([expect.objectContaining({ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256' })]);
    expect(keys[0]).not.toHaveProperty('d');
  });
});

describe('the page that drives it', () => {
  it('lists everything that can go wrong, and ticks what does', async () => {
    expect((await control({ do: 'faults', fault: 'id-token-unsigned' })).match(/ checked/g)).toHaveLength(1);
    expect((await new SmallBrowser().open(`${simulator.origin}/`, simulator.origin)).body.match(/name="fault"/g)).toHaveLength(Object.keys(FAULTS).length);
    await control({ do: 'faults' });
  });

  it('has an endpoint answer otherwise, as often as it is told', async () => {
    await control({ do: 'answer', path: 'jwks', status: '429', times: '2', delay: '0' });
    const statuses = [];
    for (let times = 0; times < 3; times++) statuses.push((await fetch(`${simulator.origin}/jwks`)).status);
    expect(statuses).toEqual([429, 429, 200]);
  });

  it('changes the key, and withdraws the old one when told to', async () => {
    const kids = async () => ((await (await fetch(`${simulator.origin}/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    const [before = ''] = await kids();
    await control({ do: 'rotate' });
    expect(await kids()).toEqual([expect.any(String), before]);
    await control({ do: 'withdraw' });
    expect(await kids()).toEqual([expect.not.stringMatching(before)]);
  });

  it('closes an account and opens it again', async () => {
    const offered = async () => (await new SmallBrowser().open(address(), simulator.origin)).body.includes('Olwen');
    await control({ close: 'olwen' });
    expect(await offered()).toBe(false);
    await control({ reopen: 'olwen' });
    expect(await offered()).toBe(true);
  });

  it('speaks the language of the council’s page, and says that nobody is real', async () => {
    expect((await new SmallBrowser().open(address({ ui_locales: 'cy' }), simulator.origin)).body).toContain('nid oes neb yma’n go iawn');
  });

  it('is no way in for what is too large or made up', async () => {
    const choose = `${simulator.origin}/choose/made-up`;
    expect((await fetch(choose)).status).toBe(400);
    await expect(fetch(`${simulator.origin}/control`, { method: 'POST', body: 'x'.repeat(200_000) })).rejects.toThrow();
  });
});
