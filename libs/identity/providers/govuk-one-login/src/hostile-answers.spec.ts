import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { CALLBACK, elsewhere, signedUp, testham } from './testing/signed-up';
import type { SignedUp } from './testing/signed-up';
import type { FaultName } from './simulator/index';

const REDIRECT_URI = `${testham.origin}${CALLBACK}`;
let up: SignedUp;
beforeEach(async () => { up = await signedUp(); });
afterEach(() => up.simulator.stop());

function reasonOf(outcome: Outcome<unknown, Refusal<string>>): string {
  return outcome.ok ? 'accepted' : outcome.refusal.reason;
}
async function begun(provider = up.provider, confidence?: 'medium') {
  return provider.begin({ redirectUri: provider === up.other ? `${elsewhere.origin}${CALLBACK}` : REDIRECT_URI, language: 'en', confidence });
}

describe('an ID token', () => {
  it.each<[string, FaultName, string]>([
    ['OpenID Connect Core 3.1.3.7 (2): of another issuer is refused', 'id-token-wrong-issuer', 'not-valid'],
    ['OpenID Connect Core 3.1.3.7 (3): for another client is refused', 'id-token-wrong-audience', 'not-valid'],
    ['RFC 9700 2.1.1 and 4.5.3.2: with another nonce is refused: a code that was injected brings the nonce of somebody else’s sign-in', 'id-token-wrong-nonce', 'not-valid'],
    ['RFC 9700 4.5.3.2: without a nonce is refused', 'id-token-without-nonce', 'not-valid'],
    ['OpenID Connect Core 3.1.3.7 (9): that has expired is refused', 'id-token-expired', 'not-valid'],
    ['OpenID Connect Core 3.1.3.7 (10): from the future is refused', 'id-token-from-the-future', 'not-valid'],
    ['RFC 8725 2.1 and 3.1: with alg none is refused', 'id-token-unsigned', 'not-valid'],
    ['RFC 8725 2.1 and 3.1: with HS256 and the public key as its secret is refused', 'id-token-signed-with-the-public-key', 'not-valid'],
    ['RFC 8725 3.10: whose kid nobody publishes is refused', 'id-token-unknown-key', 'not-valid'],
    ['RFC 8725 3.3: signed by another key than the one it names is refused', 'id-token-forged', 'not-valid'],
    ['OpenID Connect Core 3.1.3.8: made with another access token is refused', 'id-token-wrong-access-token-hash', 'not-valid'],
    ['OpenID Connect Core 3.1.3.8: without at_hash is refused, since One Login always sends it', 'id-token-without-access-token-hash', 'not-valid'],
    ['RFC 8485 4: of a sign-in without the second factor that was asked for is refused', 'id-token-without-second-factor', 'not-confident-enough'],
    ['RFC 8485 4: that says nothing of how the person signed in is refused', 'id-token-without-vot', 'not-valid'],
    ['OpenID Connect Core 5.3.4: with user information of somebody else is refused', 'userinfo-of-somebody-else', 'not-valid'],
  ])('%s', async (_title, fault, reason) => {
    up.simulator.fail(fault);
    expect(reasonOf(await up.signIn('nerys'))).toBe(reason);
    up.simulator.fail();
    expect(reasonOf(await up.signIn('nerys'))).toBe('accepted');
  });
});

describe('a core identity', () => {
  it.each<[string, FaultName, string]>([
    ['RFC 8725 3.8: of another issuer is refused, the issuer of sign-ins too', 'core-identity-wrong-issuer', 'not-valid'],
    ['RFC 8725 3.9: for another client is refused', 'core-identity-wrong-audience', 'not-valid'],
    ['RFC 8725 3.8: of another person than the one who signed in is refused', 'core-identity-of-somebody-else', 'not-valid'],
    ['RFC 7519 4.1.4: that has expired is refused', 'core-identity-expired', 'not-valid'],
    ['One Login: older than half an hour is refused, whatever its expiry says', 'core-identity-too-old', 'not-valid'],
    ['RFC 7519 4.1.5: from the future is refused', 'core-identity-from-the-future', 'not-valid'],
    ['RFC 8725 3.1: with alg none is refused', 'core-identity-unsigned', 'not-valid'],
    ['RFC 8725 3.1: with HS256 and the public key as its secret is refused', 'core-identity-signed-with-the-public-key', 'not-valid'],
    ['RFC 8725 3.10: whose kid is not in the pinned document is refused', 'core-identity-unknown-key', 'not-valid'],
    ['RFC 8725 3.3: signed by another key than the one it names is refused', 'core-identity-forged', 'not-valid'],
    ['RFC 8725 3.10: by a key of another controller is refused', 'core-identity-of-another-controller', 'not-valid'],
    ['RFC 8485 4: P1 where P2 was asked for is not confident enough', 'core-identity-less-sure', 'not-confident-enough'],
    ['RFC 8485 4: P0 where P2 was asked for is not confident enough', 'core-identity-no-confidence', 'not-confident-enough'],
    ['RFC 8485 4: that says nothing of confidence is refused', 'core-identity-without-vot', 'not-valid'],
  ])('%s', async (_title, fault, reason) => {
    up.simulator.fail(fault);
    expect(reasonOf(await up.signIn('nerys', 'medium'))).toBe(reason);
    up.simulator.fail();
    expect(await up.signIn('nerys', 'medium')).toMatchObject({ ok: true, value: { confidence: 'medium', name: 'Nerys Pritchard' } });
  });

  it('of another controller is refused without anybody asking that controller for a key (RFC 8725 3.10)', async () => {
    up.simulator.fail('core-identity-of-another-controller');
    const before = up.simulator.calls.length;
    expect(reasonOf(await up.signIn('nerys', 'medium'))).toBe('not-valid');
    expect(up.simulator.calls.slice(before).filter(({ path }) => path.includes('did.json'))).toEqual([]);
  });

  it('that was not asked for needs no key: nobody fetches the document', async () => {
    expect(await up.signIn('nerys')).toMatchObject({ ok: true, value: { confidence: 'none' } });
    expect(up.simulator.calls.some(({ path }) => path === '/.well-known/did.json')).toBe(false);
  });
});

describe('what the browser brings back', () => {
  it('RFC 9700 4.7.1: with the state of another sign-in is refused before anybody is asked (CSRF)', async () => {
    const [mine, theirs] = [await begun(), await begun()];
    const answer = await up.choose(theirs.url, { person: 'nerys' });
    const before = up.simulator.calls.length;
    expect(reasonOf(await up.provider.complete(answer, mine.keep))).toBe('not-what-was-begun');
    expect(up.simulator.calls.length).toBe(before);
  });

  it('RFC 9700 4.5.3.1: a code of another sign-in is refused, even with the state written in (PKCE)', async () => {
    const [mine, theirs] = [await begun(), await begun()];
    const answer = await up.choose(theirs.url, { person: 'nerys' });
    expect(reasonOf(await up.provider.complete({ ...answer, state: mine.state }, mine.keep))).toBe('used-or-expired');
  });

  it('RFC 9700 4.4.2.1: that names another issuer is refused and its code goes nowhere (mix-up)', async () => {
    const mine = await begun();
    const answer = await up.choose(mine.url, { person: 'nerys' });
    const before = up.simulator.calls.length;
    expect(reasonOf(await up.provider.complete({ ...answer, iss: 'https://somebody-else.example/' }, mine.keep))).toBe('not-valid');
    expect(up.simulator.calls.length).toBe(before);
  });

  it('RFC 9700 2.1.1: the same answer a second time is refused, and ends what the first one gave', async () => {
    const mine = await begun();
    const answer = await up.choose(mine.url, { person: 'nerys' });
    expect(reasonOf(await up.provider.complete(answer, mine.keep))).toBe('accepted');
    expect(reasonOf(await up.provider.complete(answer, mine.keep))).toBe('used-or-expired');
  });

  it.each(['https://evil.example/', 'https://testham.example.evil.example/', '//evil.example', 'https://testham.example@evil.example/', 'https://user:pass@testham.example/', 'data:text/html,x', ''])('RFC 9700 4.11.1: is never led to %j, neither in nor out (open redirect)', async (address) => {
    await expect(up.provider.begin({ redirectUri: address, language: 'en' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(up.provider.signOut({ returnUri: address })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('what another council kept opens nothing here, and the other way round', async () => {
    const theirs = await begun(up.other);
    const answer = await up.choose(theirs.url, { person: 'nerys' });
    expect(reasonOf(await up.provider.complete(answer, theirs.keep))).toBe('not-what-was-begun');
  });
});

describe('tokens', () => {
  it('are in nothing that is handed on or kept, but encrypted in the hint for signing out', async () => {
    const mine = await begun(up.provider, 'medium');
    const outcome = await up.provider.complete(await up.choose(mine.url, { person: 'nerys' }), mine.keep);
    const seen = JSON.stringify([mine, outcome, up.log.lines]);
    expect(seen).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    expect(mine.keep).not.toContain(new URL(mine.url).searchParams.get('nonce'));
  });

  it('and people are in no line of the log, whatever goes wrong', async () => {
    for (const fault of ['id-token-forged', 'core-identity-expired', 'userinfo-of-somebody-else'] as const) { up.simulator.fail(fault); await up.signIn('nerys', 'medium'); }
    expect(up.log.lines.length).toBe(3);
    expect(JSON.stringify(up.log.lines)).not.toMatch(/nerys|pritchard|urn:fdc|eyJ[\w-]+\.[\w-]+\./i);
  });
});
