import { Secret } from '@guildhall/kernel-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { newKey, signedUp, testham } from './testing/signed-up';
import type { SignedUp } from './testing/signed-up';
import type { Endpoint } from './simulator/index';

const DAY = 86_400;
let up: SignedUp;
beforeEach(async () => { up = await signedUp(); });
afterEach(() => up.simulator.stop());

const reasonOf = (outcome: Outcome<unknown, Refusal<string>>): string => (outcome.ok ? 'accepted' : outcome.refusal.reason);
const callsOf = (endpoint: Endpoint) => up.simulator.calls.filter((each) => each.endpoint === endpoint);

describe('what is asked for', () => {
  it('is the scopes, a state, a nonce and a challenge that nobody can guess, and the language of the page', async () => {
    const { searchParams } = new URL((await up.provider.begin({ redirectUri: up.redirectUri, language: 'cy' })).url);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code', client_id: 'testham-client', redirect_uri: up.redirectUri, scope: 'openid profile email phone', ui_locales: 'cy',
      state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/), code_challenge: expect.stringMatching(/^[\w-]{43}$/), code_challenge_method: 'S256',
    });
  });

  it.each([['low', 'checked seen'], ['medium', 'checked']] as const)('is every class that is worth confidence %s', async (confidence, classes) => {
    expect(new URL((await up.provider.begin({ redirectUri: up.redirectUri, language: 'en', confidence })).url).searchParams.get('acr_values')).toBe(classes);
  });

  it('is never more than the council says that the issuer is worth', async () => {
    const provider = up.made(testham, { confidence: {} });
    expect(provider.highestConfidence).toBe('none');
    await expect(provider.begin({ redirectUri: up.redirectUri, language: 'en', confidence: 'low' })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('what is believed of a resident', () => {
  it('is the name, the contacts that the issuer verified, the language, and the confidence that its class is worth', async () => {
    expect(await up.signIn('olwen')).toMatchObject({ ok: true, value: { issuer: up.simulator.issuer, subject: up.simulator.subjectOf('olwen'), name: 'Olwen Madeup', verifiedEmail: 'olwen.madeup@post.example', verifiedPhone: '+447700900411', preferredLanguage: 'cy', confidence: 'medium' } });
  });

  it('is no address that the issuer has merely on file', async () => {
    expect(await up.signIn('petra')).toMatchObject({ ok: true, value: { confidence: 'none' } });
    expect(await up.signIn('petra')).not.toHaveProperty('value.verifiedEmail');
  });

  it('is nothing that stands in a class which the council did not list', async () => {
    const provider = up.made(testham, { confidence: { acr: { seen: 'medium' } } });
    expect(reasonOf(await up.signIn('olwen', { at: provider, confidence: 'medium' }))).toBe('not-confident-enough');
  });

  it('is worth what its method is worth, where the council goes by methods', async () => {
    const provider = up.made(testham, { confidence: { amr: { otp: 'low' } } });
    expect(await up.signIn('felix', { at: provider, confidence: 'low', factor: 'two' })).toMatchObject({ ok: true, value: { confidence: 'low' } });
    expect(reasonOf(await up.signIn('felix', { at: provider, confidence: 'low', factor: 'one' }))).toBe('not-confident-enough');
  });

  it('stands in other claims, where the issuer calls them otherwise', async () => {
    expect(await up.signIn('olwen', { at: up.made(testham, { claims: { name: 'given_name', language: 'nothing.like.it' } }) })).toMatchObject({ ok: true, value: { name: 'Olwen' } });
  });

  it('is nothing of staff, whatever a resident’s token says of groups', async () => {
    up.simulator.change('olwen', { roles: ['Desk.Manager'], groups: ['/guildhall/streets'] });
    expect(await up.signIn('olwen')).not.toHaveProperty('value.staff');
  });
});

describe('keys of the issuer', () => {
  it('are fetched once while their headers say that they are good (RFC 9111 5.2.2.1)', async () => {
    for (let each = 0; each < 3; each++) await up.signIn('olwen');
    for (const endpoint of ['configuration', 'jwks'] as const) expect(callsOf(endpoint)).toHaveLength(1);
    up.clock.advance(301);
    await up.signIn('olwen');
    for (const endpoint of ['configuration', 'jwks'] as const) expect(callsOf(endpoint)).toHaveLength(2);
  });

  it('that are new are found at once, in the middle of a sign-in, though the old ones are not yet old', async () => {
    await up.signIn('olwen');
    await up.simulator.rotateKeys({ withdrawsOld: true });
    expect(reasonOf(await up.signIn('olwen'))).toBe('accepted');
  });

  it('that are invented do not make us ask the issuer more than once a minute', async () => {
    await up.signIn('olwen');
    up.simulator.fail('id-token-unknown-key');
    for (const calls of [2, 3]) {
      for (let each = 0; each < 5; each++) expect(reasonOf(await up.signIn('olwen'))).toBe('not-valid');
      expect(callsOf('jwks')).toHaveLength(calls);
      up.clock.advance(61);
    }
  });

  it('are trusted on when they cannot be had anew, and that is on the record', async () => {
    await up.signIn('olwen');
    up.clock.advance(2 * DAY);
    for (const endpoint of ['configuration', 'jwks'] as const) up.simulator.answer(endpoint, { status: 503 });
    expect(reasonOf(await up.signIn('olwen'))).toBe('accepted');
    expect(up.log.lines.map(({ event }) => event)).toContain('identity.oidc.document-not-refreshed');
  });

  it.each([['malformed', { body: '{"keys":' }], ['a page', { body: '<html>' }], ['without keys', { body: '{"keys":"none"}' }], ['with keys of no use', { body: '{"keys":[null,1,{"kty":"oct","k":"AAAA","kid":"x"},{"kty":"EC","crv":"P-384","x":"a","y":"b"}]}' }], ['of another server', { status: 302, headers: { location: 'https://somebody-else.example/jwks' } }]])('that are %s open nothing', async (_how, answer) => {
    up.simulator.answer('jwks', answer);
    await expect(up.signIn('olwen').then(reasonOf, (error: { code: string }) => error.code)).resolves.toMatch(/^(not-valid|unavailable)$/);
  });
});

describe('the configuration of the issuer', () => {
  it.each([
    ['another issuer (OpenID Connect Discovery 4.3)', { issuer: 'https://somebody-else.example/' }], ['the issuer of all directories', { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }],
    ['a token endpoint that is not https (RFC 9700 2.6)', { token_endpoint: 'ftp://somebody-else.example/token' }], ['no token endpoint', { token_endpoint: undefined }], ['no keys', { jwks_uri: 7 }], ['no algorithm of ours', { id_token_signing_alg_values_supported: ['HS256', 'none'] }],
  ])('with %s is not used', async (_what, changes) => {
    const real = await plainOutbound.fetch(`${up.simulator.issuer}/.well-known/openid-configuration`);
    up.simulator.answer('configuration', { body: JSON.stringify({ ...(real.json() as object), ...changes }) });
    await expect(up.signIn('olwen').then(reasonOf)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the council’s proof of itself', () => {
  it('may be a key, whose public half the issuer fetches, in place of a secret (RFC 7523)', async () => {
    const provider = up.made(testham, { privateKey: new Secret(newKey()) });
    const keys = await provider.publicKeys?.();
    up.simulator.register({ ...up.registrationOf(testham), clientSecret: undefined, publicKeys: { keys: keys?.keys ?? [] } });
    expect(reasonOf(await up.signIn('olwen', { at: provider }))).toBe('accepted');
    expect(JSON.stringify(keys)).not.toMatch(/"d":/);
  });

  it('may be made out to the token endpoint, where the issuer wants that', async () => {
    const provider = up.made(testham, { privateKey: new Secret(newKey()), assertionAudience: 'token-endpoint' });
    up.simulator.register({ ...up.registrationOf(testham), clientSecret: undefined, publicKeys: { keys: (await provider.publicKeys?.())?.keys ?? [] } });
    expect(reasonOf(await up.signIn('olwen', { at: provider }))).toBe('accepted');
  });

  it('may change without anybody noticing: the next key is published before it signs', async () => {
    const [old, next] = [newKey(), newKey()];
    const [before, after] = [up.made(testham, { privateKey: new Secret(`${old}${next}`) }), up.made(testham, { privateKey: new Secret(`${next}${old}`) })];
    up.simulator.register({ ...up.registrationOf(testham), clientSecret: undefined, publicKeys: { keys: (await before.publicKeys?.())?.keys ?? [] } });
    expect(reasonOf(await up.signIn('olwen', { at: before }))).toBe('accepted');
    expect(reasonOf(await up.signIn('olwen', { at: after }))).toBe('accepted');
  });

  it('is refused at start when it is missing, twofold or unreadable, without being quoted', () => {
    expect(() => up.made(testham, { clientSecret: undefined })).toThrow('either a clientSecret or a privateKey');
    expect(() => up.made(testham, { clientSecret: new Secret('') })).toThrow('either a clientSecret or a privateKey');
    expect(() => up.made(testham, { clientSecret: new Secret('x'), privateKey: new Secret(newKey()) })).toThrow('either a clientSecret or a privateKey');
    for (const text of ['hunter2', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----']) {
      expect(() => up.made(testham, { privateKey: new Secret(text) })).toThrow(/holds no key|cannot be read/);
      expect(() => up.made(testham, { privateKey: new Secret(text) })).not.toThrow(text);
    }
  });
});

describe('when the issuer is in trouble', () => {
  it.each([429, 503])('is asked again after %i, with pauses that grow', async (status) => {
    up.simulator.answer('token', { status, times: 2 });
    expect(reasonOf(await up.signIn('olwen'))).toBe('accepted');
    expect(callsOf('token').map((each) => each.status)).toEqual([status, status, 200]);
    expect(up.pauses).toEqual([300, 600]);
  });

  it('waits as long as it is told to, but no longer than a person would', async () => {
    up.simulator.answer('token', { status: 429, headers: { 'retry-after': '1' }, times: 1 });
    await up.signIn('olwen');
    up.simulator.answer('token', { status: 429, headers: { 'retry-after': '3600' }, times: 1 });
    await up.signIn('olwen');
    expect(up.pauses).toEqual([1_000, 2_000]);
  });

  it('gives up after three tries, and that is no refusal', async () => {
    up.simulator.answer('token', { status: 503 });
    await expect(up.signIn('olwen')).rejects.toMatchObject({ code: 'unavailable' });
    expect(callsOf('token')).toHaveLength(3);
  });

  it.each([['an answer that is lost', { isCut: true, afterItsWork: true }], ['a fault', { status: 500 }]])('does not send a code again after %s: it may have been used', async (_what, answer) => {
    up.simulator.answer('token', answer);
    await expect(up.signIn('olwen')).rejects.toMatchObject({ code: 'unavailable' });
    expect(callsOf('token')).toHaveLength(1);
  });

  it('reads again what it may read again', async () => {
    up.simulator.answer('userinfo', { status: 502, times: 2 });
    expect(reasonOf(await up.signIn('olwen'))).toBe('accepted');
  });

  it.each([
    ['a body that is cut off', '{"access_token":"'], ['a page', '<html>'], ['a list', '[]'], ['null', 'null'], ['no ID token', '{"access_token":"a","token_type":"Bearer"}'],
    ['an ID token that is none', '{"access_token":"a","token_type":"Bearer","id_token":"none"}'], ['an odd type', '{"access_token":"a","token_type":"mac","id_token":"a.b.c"}'],
  ])('takes %s from the token endpoint for no sign-in', async (_what, body) => {
    up.simulator.answer('token', { body });
    expect(reasonOf(await up.signIn('olwen'))).toBe('not-valid');
  });

  it.each(['configuration', 'jwks', 'token', 'userinfo'] as const)('does not read an answer of the %s that is far too large', async (endpoint) => {
    up.simulator.answer(endpoint, { body: `{"keys":[],"padding":"${'x'.repeat(1_100_000)}"}` });
    await expect(up.signIn('olwen')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([['403', { status: 403 }], ['204', { status: 204 }], ['302 to somewhere else', { status: 302, headers: { location: 'https://somebody-else.example/' } }], ['418', { status: 418 }]])('takes the odd status %s of the user information for no sign-in', async (_what, answer) => {
    up.simulator.answer('userinfo', answer);
    expect(reasonOf(await up.signIn('olwen'))).toBe('not-valid');
  });

  it('signs people out here when the issuer has no way out', async () => {
    const real = await plainOutbound.fetch(`${up.simulator.issuer}/.well-known/openid-configuration`);
    up.simulator.answer('configuration', { body: JSON.stringify({ ...(real.json() as object), end_session_endpoint: undefined }) });
    expect(await up.provider.signOut({ returnUri: 'https://testham.example/sign-out/done' })).toBe('https://testham.example/sign-out/done');
  });
});

describe('the check of the connection', () => {
  it('says that all is well', async () => {
    expect(await up.provider.check()).toEqual({ ok: true, message: `${up.simulator.issuer} answers and accepts the client testham-client.` });
  });

  it.each([
    ['the secret is wrong', { clientSecret: new Secret('another') }, 'compare the secret'], ['the client id is nobody’s', { clientId: 'nobody' }, 'does not accept the client nobody'],
    ['a scope is unknown there', { scopes: ['profile', 'shoe-size'] }, 'does not know the scope shoe-size'], ['the algorithm is another', { algorithm: 'RS256' as const }, 'does not sign by RS256'],
    ['the issuer is written otherwise', { issuer: 'with-a-slash' }, 'is not the configuration of'],
  ])('says what to do when %s', async (_what, changes, words) => {
    const given = 'issuer' in changes ? { issuer: `${up.simulator.issuer}/` } : changes;
    expect(await up.made(testham, given).check()).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it('says where to register the key when the issuer does not know it', async () => {
    up.simulator.register({ ...up.registrationOf(testham), clientSecret: undefined, publicKeys: { keys: (await up.made(testham, { privateKey: new Secret(newKey()) }).publicKeys?.())?.keys ?? [] } });
    expect(await up.made(testham, { privateKey: new Secret(newKey()) }).check()).toMatchObject({ ok: false, message: expect.stringContaining('https://testham.example/sign-in/keys/identity.oidc') });
  });

  it('says by how much the clocks differ', async () => {
    const clock = { now: () => new Date(up.clock.now().getTime() + 120_000) };
    expect(await up.made(testham, {}, { clock }).check()).toMatchObject({ ok: false, message: expect.stringContaining('differ by 1') });
  });

  it('says which server must be reachable when nobody answers', async () => {
    await up.simulator.stop();
    expect(await up.provider.check()).toMatchObject({ ok: false, message: expect.stringContaining('Look whether this server may call localhost') });
    up = await signedUp();
  });
});
