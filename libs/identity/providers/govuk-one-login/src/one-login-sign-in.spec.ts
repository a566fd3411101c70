import { Secret } from '@guildhall/kernel-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { CALLBACK, newKey, registrationOf, signedUp, testham } from './testing/signed-up';
import type { SignedUp } from './testing/signed-up';

const REDIRECT_URI = `${testham.origin}${CALLBACK}`;
const DAY = 86_400;
let up: SignedUp;
beforeEach(async () => { up = await signedUp(); });
afterEach(() => up.simulator.stop());

const reasonOf = (outcome: Outcome<unknown, Refusal<string>>): string => (outcome.ok ? 'accepted' : outcome.refusal.reason);
const callsOf = (path: string) => up.simulator.calls.filter((each) => each.path === path);

describe('what is asked for', () => {
  it('is no more than a service needs: no claim and no identity where nobody must be proved', async () => {
    const { searchParams } = new URL((await up.provider.begin({ redirectUri: REDIRECT_URI, language: 'cy' })).url);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code', client_id: 'testham-client', redirect_uri: REDIRECT_URI, scope: 'openid email phone', vtr: '["Cl.Cm"]', ui_locales: 'cy',
      state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/), code_challenge: expect.stringMatching(/^[\w-]{43}$/), code_challenge_method: 'S256',
    });
  });

  it.each([['low', '["Cl.Cm.P1"]'], ['medium', '["Cl.Cm.P2"]']] as const)('is the vector of confidence %s with the core identity, the return code and the address', async (confidence, vtr) => {
    const { searchParams } = new URL((await up.provider.begin({ redirectUri: REDIRECT_URI, language: 'en', confidence })).url);
    expect(searchParams.get('vtr')).toBe(vtr);
    expect(JSON.parse(searchParams.get('claims') ?? '')).toEqual({ userinfo: { 'https://vocab.account.gov.uk/v1/coreIdentityJWT': null, 'https://vocab.account.gov.uk/v1/returnCode': null, 'https://vocab.account.gov.uk/v1/address': null } });
  });

  it('is no address where the council did not agree it with One Login', async () => {
    const { searchParams } = new URL((await up.made(testham, { asksForAddress: false }).begin({ redirectUri: REDIRECT_URI, language: 'en', confidence: 'medium' })).url);
    expect(searchParams.get('claims')).not.toContain('address');
    const outcome = await up.signIn('nerys', 'medium', up.made(testham, { asksForAddress: false }));
    expect(outcome).toMatchObject({ ok: true, value: { name: 'Nerys Pritchard' } });
    expect(outcome).not.toHaveProperty('value.address');
  });

  it('is never more than the council agreed with One Login', async () => {
    const provider = up.made(testham, { provesUpTo: 'none' });
    expect(provider.highestConfidence).toBe('none');
    await expect(provider.begin({ redirectUri: REDIRECT_URI, language: 'en', confidence: 'low' })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is asked by somebody who says who they are: every call has a User-Agent, since One Login answers 403 without', async () => {
    await up.signIn('nerys', 'medium');
    const direct = up.simulator.calls.filter(({ path }) => path !== '/authorize');
    expect(direct.map(({ path }) => path)).toEqual(expect.arrayContaining(['/token', '/userinfo', '/.well-known/openid-configuration', '/.well-known/jwks.json', '/.well-known/did.json']));
    expect(new Set(direct.map(({ userAgent }) => userAgent))).toEqual(new Set(['guildhall-govuk-one-login/0.1']));
  });
});

describe('keys of One Login', () => {
  it('are fetched once while their headers say that they are good (RFC 9111 5.2.2.1)', async () => {
    for (let each = 0; each < 3; each++) await up.signIn('nerys', 'medium');
    for (const path of ['/.well-known/openid-configuration', '/.well-known/jwks.json', '/.well-known/did.json']) expect(callsOf(path)).toHaveLength(1);
    up.clock.advance(301);
    await up.signIn('nerys', 'medium');
    for (const path of ['/.well-known/openid-configuration', '/.well-known/jwks.json', '/.well-known/did.json']) expect(callsOf(path)).toHaveLength(2);
  });

  it.each(['sign-in', 'identity'] as const)('for %s that are new are found at once, in the middle of a sign-in, though the old ones are not yet old', async (which) => {
    await up.signIn('nerys', 'medium');
    up.simulator.rotateKeys(which, { withdrawsOld: true });
    expect(reasonOf(await up.signIn('nerys', 'medium'))).toBe('accepted');
  });

  it('that are invented do not make us ask One Login more than once a minute', async () => {
    await up.signIn('nerys');
    up.simulator.fail('id-token-unknown-key');
    for (const calls of [2, 3]) {
      for (let each = 0; each < 5; each++) expect(reasonOf(await up.signIn('nerys'))).toBe('not-valid');
      expect(callsOf('/.well-known/jwks.json')).toHaveLength(calls);
      up.clock.advance(61);
    }
  });

  it('are trusted on when they cannot be had anew, and that is on the record', async () => {
    await up.signIn('nerys', 'medium');
    up.clock.advance(2 * DAY);
    for (const path of ['/.well-known/jwks.json', '/.well-known/did.json', '/.well-known/openid-configuration']) up.simulator.answer(path, { status: 503 });
    expect(reasonOf(await up.signIn('nerys', 'medium'))).toBe('accepted');
    expect(up.log.lines.map(({ event }) => event)).toContain('identity.govuk-one-login.document-not-refreshed');
  });

  it.each([['malformed', { body: '{"keys":' }], ['a page', { body: '<html>' }], ['without keys', { body: '{"keys":"none"}' }], ['with keys of no use', { body: '{"keys":[null,1,{"kty":"oct","k":"AAAA","kid":"x"}]}' }]])('that are %s open nothing', async (_how, answer) => {
    up.simulator.answer('/.well-known/jwks.json', answer);
    await expect(up.signIn('nerys').then(reasonOf, (error: { code: string }) => error.code)).resolves.toMatch(/^(not-valid|unavailable)$/);
  });

  it('in a document of another controller open nothing, whatever stands in it', async () => {
    up.simulator.answer('/.well-known/did.json', { body: JSON.stringify({ id: 'did:web:somebody-else.example', assertionMethod: [] }) });
    expect(reasonOf(await up.signIn('nerys', 'medium'))).toBe('not-valid');
  });
});

describe('the configuration of One Login', () => {
  it.each([
    ['another issuer', { issuer: 'https://somebody-else.example/' }], ['a token endpoint elsewhere (RFC 9700 4.4)', { token_endpoint: 'https://somebody-else.example/token' }],
    ['keys elsewhere', { jwks_uri: 'https://somebody-else.example/jwks' }], ['no token endpoint', { token_endpoint: undefined }],
  ])('with %s is not used', async (_what, changes) => {
    const real = await plainOutbound.fetch(`${up.simulator.origin}/.well-known/openid-configuration`, { headers: { 'user-agent': 'spec' } });
    up.simulator.answer('/.well-known/openid-configuration', { body: JSON.stringify({ ...(real.json() as object), ...changes }) });
    await expect(up.provider.begin({ redirectUri: REDIRECT_URI, language: 'en' })).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('keys of the council', () => {
  it('may be changed without anybody noticing: the next one is published before it signs', async () => {
    const [old, next] = [newKey(), newKey()];
    const before = up.made(testham, { privateKey: new Secret(`${old}${next}`) });
    const after = up.made(testham, { privateKey: new Secret(`${next}${old}`) });
    up.simulator.register(await registrationOf(testham, before));
    expect(reasonOf(await up.signIn('nerys', undefined, before))).toBe('accepted');
    expect(reasonOf(await up.signIn('nerys', undefined, after))).toBe('accepted');
    expect((await before.publicKeys()).keys.map(({ kid }) => kid).sort()).toEqual((await after.publicKeys()).keys.map(({ kid }) => kid).sort());
  });

  it('may come in a variable that has no line ends', async () => {
    expect((await up.made(testham, { privateKey: new Secret(newKey().replaceAll('\n', '\\n')) }).publicKeys()).keys).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'holds no key'], ['a password', 'hunter2', 'holds no key'], ['a broken key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'cannot be read'],
  ])('are refused at start when the setting is %s, without being quoted', (_what, value, words) => {
    expect(() => up.made(testham, { privateKey: new Secret(value) })).toThrow(words);
    if (value) expect(() => up.made(testham, { privateKey: new Secret(value) })).not.toThrow(value);
  });
});

describe('when One Login is in trouble', () => {
  it.each([429, 503])('is asked again after %i, with pauses that grow, and with another assertion each time', async (status) => {
    up.simulator.answer('/token', { status, times: 2 });
    expect(reasonOf(await up.signIn('nerys'))).toBe('accepted');
    expect(callsOf('/token').map((each) => each.status)).toEqual([status, status, 200]);
    expect(up.pauses).toEqual([300, 600]);
  });

  it('waits as long as it is told to, but no longer than a person would', async () => {
    up.simulator.answer('/token', { status: 429, headers: { 'retry-after': '1' }, times: 1 });
    await up.signIn('nerys');
    up.simulator.answer('/token', { status: 429, headers: { 'retry-after': '3600' }, times: 1 });
    await up.signIn('nerys');
    expect(up.pauses).toEqual([1_000, 2_000]);
  });

  it('gives up after three tries, and that is no refusal', async () => {
    up.simulator.answer('/token', { status: 503 });
    await expect(up.signIn('nerys')).rejects.toMatchObject({ code: 'unavailable' });
    expect(callsOf('/token')).toHaveLength(3);
  });

  it.each([['an answer that is lost', { isCut: true, afterItsWork: true }], ['a fault', { status: 500 }]])('does not send a code again after %s: it may have been used', async (_what, answer) => {
    up.simulator.answer('/token', answer);
    await expect(up.signIn('nerys')).rejects.toMatchObject({ code: 'unavailable' });
    expect(callsOf('/token')).toHaveLength(1);
  });

  it('reads again what it may read again', async () => {
    up.simulator.answer('/userinfo', { status: 502, times: 2 });
    expect(reasonOf(await up.signIn('nerys'))).toBe('accepted');
  });

  it.each([
    ['a body that is cut off', '{"access_token":"'], ['a page', '<html>'], ['a list', '[]'], ['null', 'null'], ['no ID token', '{"access_token":"a","token_type":"Bearer"}'],
    ['an ID token that is none', '{"access_token":"a","token_type":"Bearer","id_token":"none"}'], ['an odd type', '{"access_token":"a","token_type":"mac","id_token":"a.b.c"}'],
  ])('takes %s from the token endpoint for no sign-in', async (_what, body) => {
    up.simulator.answer('/token', { body });
    expect(reasonOf(await up.signIn('nerys'))).toBe('not-valid');
  });

  it.each(['/.well-known/openid-configuration', '/.well-known/jwks.json', '/token', '/userinfo'])('does not read an answer of %s that is far too large', async (path) => {
    up.simulator.answer(path, { body: JSON.stringify({ filler: 'x'.repeat(2_000_000) }) });
    await expect(up.signIn('nerys')).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('more than it should') });
  });

  it.each([['403', { status: 403 }], ['204', { status: 204 }], ['302 to somewhere else', { status: 302, headers: { location: 'https://somebody-else.example/' } }], ['418', { status: 418 }]])('takes the odd status %s of the user information for no sign-in', async (_what, answer) => {
    up.simulator.answer('/userinfo', answer);
    expect(reasonOf(await up.signIn('nerys'))).toBe('not-valid');
  });
});

describe('the check of the connection', () => {
  it('says that all is well', async () => {
    expect(await up.provider.check()).toEqual({ ok: true, message: `GOV.UK One Login answers at ${up.simulator.origin}/ and accepts the key.` });
  });

  it('says where to register the key when One Login does not know it', async () => {
    const { ok, message } = await up.made(testham, { privateKey: new Secret(newKey()) }).check();
    expect(ok).toBe(false);
    expect(message).toContain('https://testham.example/sign-in/keys/identity.govuk-one-login');
  });

  it('says so when the client id is nobody’s', async () => {
    expect(await up.made(testham, { clientId: 'nobody' }).check()).toMatchObject({ ok: false, message: expect.stringContaining('does not accept the client id') });
  });

  it('says by how much the clocks differ', async () => {
    const clock = { now: () => new Date(up.clock.now().getTime() + 120_000) };
    expect(await up.made(testham, {}, { clock }).check()).toMatchObject({ ok: false, message: expect.stringContaining('differ by 1') });
  });

  it('says which servers must be reachable when nobody answers', async () => {
    await up.simulator.stop();
    expect(await up.provider.check()).toMatchObject({ ok: false, message: expect.stringContaining('Look whether this server may call localhost') });
    up = await signedUp();
  });
});
