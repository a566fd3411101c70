import { NotAllowed } from '@guildhall/kernel-contract';
import type { Outbound, Outcome, Refusal } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { elsewhere, signedUp, testham } from './testing/signed-up';
import type { SignedUp } from './testing/signed-up';
import type { FaultName } from './simulator/index';

let up: SignedUp;
beforeEach(async () => { up = await signedUp('plain', { algorithm: 'RS256' }); });
afterEach(() => up.simulator.stop());

function reasonOf(outcome: Outcome<unknown, Refusal<string>>): string {
  return outcome.ok ? 'accepted' : outcome.refusal.reason;
}
const begun = (provider = up.provider) => provider.begin({ redirectUri: provider === up.other ? up.redirectUri.replace(testham.origin, elsewhere.origin) : up.redirectUri, language: 'en' });
const callsOfToken = () => up.simulator.calls.filter(({ endpoint }) => endpoint === 'token').length;

describe('an ID token', () => {
  it.each<[string, FaultName]>([
    ['OpenID Connect Core 3.1.3.7 (2): of another issuer is refused', 'id-token-wrong-issuer'],
    ['OpenID Connect Core 3.1.3.7 (2): of an issuer with a template in it is refused', 'id-token-template-issuer'],
    ['OpenID Connect Core 3.1.3.7 (3): for another client is refused', 'id-token-wrong-audience'],
    ['OpenID Connect Core 3.1.3.7 (3): for us and another client, made for nobody in particular, is refused', 'id-token-two-audiences'],
    ['OpenID Connect Core 3.1.3.7 (5): made for another client is refused', 'id-token-wrong-party'],
    ['RFC 9700 2.1.1 and 4.5.3.2: with another nonce is refused: a code that was injected brings the nonce of somebody else’s sign-in', 'id-token-wrong-nonce'],
    ['RFC 9700 4.5.3.2: without a nonce is refused', 'id-token-without-nonce'],
    ['OpenID Connect Core 2: of nobody is refused', 'id-token-without-subject'],
    ['OpenID Connect Core 3.1.3.7 (9): that has expired is refused', 'id-token-expired'],
    ['OpenID Connect Core 3.1.3.7 (10): from the future is refused', 'id-token-from-the-future'],
    ['OpenID Connect Core 3.1.3.7 (10): made too long ago is refused, whatever its expiry says', 'id-token-old'],
    ['RFC 8725 2.1 and 3.1: with alg none is refused', 'id-token-unsigned'],
    ['RFC 8725 2.1 and 3.1: with HS256 and the public key as its secret is refused (key confusion)', 'id-token-signed-with-the-public-key'],
    ['RFC 8725 3.10: whose kid nobody publishes is refused', 'id-token-unknown-key'],
    ['RFC 8725 3.3: signed by another key than the one it names is refused', 'id-token-forged'],
    ['OpenID Connect Core 3.1.3.8: made with another access token is refused', 'id-token-wrong-access-token-hash'],
    ['OpenID Connect Core 5.3.4: with user information of somebody else is refused', 'userinfo-of-somebody-else'],
    ['OpenID Connect Core 5.3.2: of another person than the user information is refused', 'id-token-of-somebody-else'],
  ])('%s', async (_title, fault) => {
    up.simulator.fail(fault);
    expect(reasonOf(await up.signIn('olwen'))).toBe('not-valid');
    up.simulator.fail();
    expect(reasonOf(await up.signIn('olwen'))).toBe('accepted');
  });

  it.each<[string, FaultName]>([
    ['OpenID Connect Core 3.1.3.6: need not have at_hash where it comes with its code', 'id-token-without-access-token-hash'],
    ['OpenID Connect Core 10.1: need not name its key where there is only one', 'id-token-without-kid'],
  ])('%s', async (_title, fault) => {
    up.simulator.fail(fault);
    expect(reasonOf(await up.signIn('olwen'))).toBe('accepted');
  });

  it('OpenID Connect Core 10.1: must name its key where there are several', async () => {
    await up.simulator.rotateKeys();
    up.simulator.fail('id-token-without-kid');
    expect(reasonOf(await up.signIn('olwen'))).toBe('not-valid');
  });

  it('RFC 8725 3.1: by another algorithm than the pinned one is refused, even where the issuer signs by it', async () => {
    const here = await signedUp('plain', { algorithm: 'ES256' });
    try {
      await expect(here.signIn('olwen', { at: here.made(testham, { algorithm: 'RS256' }) })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('does not sign by RS256') });
      expect(reasonOf(await here.signIn('olwen', { at: here.made(testham, { algorithm: 'ES256' }) }))).toBe('accepted');
    } finally { await here.simulator.stop(); }
  });

  it.each([['none'], ['HS256'], ['']])('RFC 8725 3.1: cannot be let in by setting the algorithm %j', (algorithm) => {
    expect(() => up.made(testham, { algorithm: algorithm as 'RS256' })).toThrow('cannot be used');
  });
});

describe('what the browser brings back', () => {
  it('RFC 9700 4.7.1: with the state of another sign-in is refused before anybody is asked (CSRF)', async () => {
    const [mine, theirs] = [await begun(), await begun()];
    const answer = await up.choose(theirs.url, { person: 'olwen' });
    const before = callsOfToken();
    expect(reasonOf(await up.provider.complete(answer, mine.keep))).toBe('not-what-was-begun');
    expect(callsOfToken()).toBe(before);
  });

  it('RFC 9700 4.5.3.1: a code of another sign-in is refused, even with the state written in (PKCE)', async () => {
    const [mine, theirs] = [await begun(), await begun()];
    const answer = await up.choose(theirs.url, { person: 'olwen' });
    expect(reasonOf(await up.provider.complete({ ...answer, state: mine.state }, mine.keep))).toBe('used-or-expired');
  });

  it.each<[string, FaultName]>([['RFC 9207 2.4: that names another issuer is refused and its code goes nowhere (mix-up, RFC 9700 4.4.2.1)', 'redirect-wrong-issuer'], ['RFC 9207 2.4: that names no issuer, where the configuration promises one, is refused and its code goes nowhere', 'redirect-without-issuer']])('%s', async (_title, fault) => {
    up.simulator.fail(fault);
    expect(reasonOf(await up.signIn('olwen'))).toBe('not-valid');
    expect(callsOfToken()).toBe(0);
  });

  it('RFC 9700 2.1.1: the same answer a second time is refused', async () => {
    const mine = await begun();
    const answer = await up.choose(mine.url, { person: 'olwen' });
    expect(reasonOf(await up.provider.complete(answer, mine.keep))).toBe('accepted');
    expect(reasonOf(await up.provider.complete(answer, mine.keep))).toBe('used-or-expired');
  });

  it('RFC 9700 4.4: two issuers of one council cannot be mixed up: what one kept opens nothing at the other', async () => {
    const second = up.made(testham, { id: 'identity.oidc-second' });
    const mine = await begun();
    const answer = await up.choose(mine.url, { person: 'olwen' });
    expect(reasonOf(await second.complete(answer, mine.keep))).toBe('not-what-was-begun');
  });

  it('what another council kept opens nothing here', async () => {
    const theirs = await begun(up.other);
    const answer = await up.choose(theirs.url, { person: 'olwen' });
    expect(reasonOf(await up.provider.complete(answer, theirs.keep))).toBe('not-what-was-begun');
  });

  it.each(['https://evil.example/', 'https://testham.example.evil.example/', '//evil.example', 'https://testham.example@evil.example/', 'https://user:pass@testham.example/', 'data:text/html,x', ''])('RFC 9700 4.11.1: is never led to %j, neither in nor out (open redirect)', async (address) => {
    await expect(up.provider.begin({ redirectUri: address, language: 'en' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(up.provider.signOut({ returnUri: address })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('what an issuer says of itself', () => {
  /** The simulator, whose configuration names something in the council's own network; and what was to be sent elsewhere than to the simulator. */
  function leadingTo(endpoint: string): { readonly outbound: Outbound; readonly elsewhere: { readonly url: string; readonly isGuarded: boolean }[] } {
    const elsewhere: { readonly url: string; readonly isGuarded: boolean }[] = [];
    const outbound: Outbound = { fetch: async (url, request) => {
      if (!url.startsWith(`${up.simulator.origin}/`)) {
        elsewhere.push({ url, isGuarded: request?.onlyPublic !== undefined && JSON.stringify(request.onlyPublic) === JSON.stringify({ except: [up.simulator.origin] }) });
        throw new NotAllowed('It is not on the public internet.');
      }
      const answer = await plainOutbound.fetch(url, request);
      return url.includes('/.well-known/') ? { ...answer, json: () => ({ ...(answer.json() as object), [endpoint]: 'https://10.0.0.7/admin' }) } : answer;
    } };
    return { outbound, elsewhere };
  }
  it.each(['token_endpoint', 'jwks_uri', 'userinfo_endpoint'])('RFC 9700 4.4: does not turn our calls, and the code and the secret in them, on the council’s own network by its %s (SSRF)', async (endpoint) => {
    const { outbound, elsewhere } = leadingTo(endpoint);
    await expect(up.signIn('olwen', { at: up.made(testham, {}, { outbound }) })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/10\.0\.0\.7, which is not on the public internet.* name https:\/\/10\.0\.0\.7 in alsoAt\.$/) });
    expect(await up.made(testham, {}, { outbound }).check()).toMatchObject({ ok: false, message: expect.stringMatching(/10\.0\.0\.7, which is not on the public internet.* name https:\/\/10\.0\.0\.7 in alsoAt\./) });
    expect([...new Set(elsewhere.map(({ url, isGuarded }) => `${url} ${isGuarded ? 'guarded' : 'open'}`))]).toEqual(['https://10.0.0.7/admin guarded']);
  });
  it('calls where the council itself says that its own server is, on the public internet or not', async () => {
    let keys = '';
    const asked: unknown[] = [];
    const outbound: Outbound = { fetch: async (url, request) => {
      if (url.startsWith('https://10.0.0.7/')) asked.push(request?.onlyPublic);
      const answer = await plainOutbound.fetch(url.startsWith('https://10.0.0.7/') ? keys : url, request);
      if (!url.includes('/.well-known/')) return answer;
      const said = answer.json() as { readonly jwks_uri: string };
      keys = said.jwks_uri;
      return { ...answer, json: () => ({ ...said, jwks_uri: 'https://10.0.0.7/keys' }) };
    } };
    expect(reasonOf(await up.signIn('olwen', { at: up.made(testham, { alsoAt: ['https://10.0.0.7/'] }, { outbound }) }))).toBe('accepted');
    expect(asked).toEqual([{ except: [up.simulator.origin, 'https://10.0.0.7'] }]);
  });
});

describe('tokens', () => {
  it('are in nothing that is handed on or kept, but encrypted in the hint for signing out', async () => {
    const mine = await begun();
    const outcome = await up.provider.complete(await up.choose(mine.url, { person: 'olwen' }), mine.keep);
    expect(JSON.stringify([mine, outcome, up.log.lines])).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    expect(mine.keep).not.toContain(new URL(mine.url).searchParams.get('nonce'));
  });

  it('and people are in no line of the log, whatever goes wrong', async () => {
    for (const fault of ['id-token-forged', 'id-token-expired', 'userinfo-of-somebody-else'] as const) { up.simulator.fail(fault); await up.signIn('olwen'); }
    expect(up.log.lines.length).toBe(3);
    expect(JSON.stringify(up.log.lines)).not.toMatch(/olwen|madeup|eyJ[\w-]+\.[\w-]+\.|secret-of/i);
  });
});
