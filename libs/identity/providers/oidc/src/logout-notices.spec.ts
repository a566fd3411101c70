import { signedUp, testham } from './testing/signed-up';
import type { SignedUp } from './testing/signed-up';
import type { FaultName } from './simulator/index';

let up: SignedUp;
beforeEach(async () => { up = await signedUp(); });
afterEach(() => up.simulator.stop());

const noticeOf = async (subject = up.simulator.subjectOf('olwen')) => new URLSearchParams({ logout_token: await up.simulator.logoutToken(`${testham.slug}-client`, subject) }).toString();

describe('a logout token', () => {
  it('names who signed out, at which issuer, and itself', async () => {
    expect(await up.provider.signedOutElsewhere(await noticeOf())).toEqual({ ok: true, value: { issuer: up.simulator.issuer, subject: up.simulator.subjectOf('olwen'), noticeId: expect.stringMatching(/^[\da-f-]{36}$/), goodForInSeconds: 240 } });
  });

  it.each<[string, FaultName]>([
    ['Back-Channel Logout 2.6 (4): of another issuer', 'logout-token-wrong-issuer'], ['2.6 (4): for another client', 'logout-token-wrong-audience'], ['2.6 (4): that has expired', 'logout-token-expired'], ['2.6 (4): from the future', 'logout-token-from-the-future'],
    ['2.6 (5): of nobody', 'logout-token-without-subject'], ['2.6 (6): that says nothing happened', 'logout-token-without-events'], ['2.6 (6): about something else', 'logout-token-other-event'], ['2.6 (7): with a nonce, as an ID token has', 'logout-token-with-nonce'],
    ['2.6 (8): without an id to know it by', 'logout-token-without-id'], ['2.4, RFC 8725 3.11: that is called something else', 'logout-token-of-another-type'], ['2.6 (3), RFC 8725 3.1: with alg none', 'logout-token-unsigned'],
    ['RFC 8725 3.1: with HS256 and the public key as its secret', 'logout-token-signed-with-the-public-key'], ['RFC 8725 3.10: whose kid nobody publishes', 'logout-token-unknown-key'], ['RFC 8725 3.3: signed by another key than the one it names', 'logout-token-forged'],
  ])('%s is refused', async (_title, fault) => {
    up.simulator.fail(fault);
    expect(await up.provider.signedOutElsewhere(await noticeOf())).toMatchObject({ ok: false, refusal: { reason: 'not-valid' } });
    up.simulator.fail();
    expect(await up.provider.signedOutElsewhere(await noticeOf())).toMatchObject({ ok: true });
  });

  it('that is two minutes old, and one whose id would be forgotten, is refused (replay)', async () => {
    const notice = await noticeOf();
    up.clock.advance(179);
    expect(await up.provider.signedOutElsewhere(notice)).toMatchObject({ ok: false });
  });

  it('is found by a key that is new', async () => {
    await up.provider.signedOutElsewhere(await noticeOf());
    up.clock.advance(61);
    await up.simulator.rotateKeys({ withdrawsOld: true });
    expect(await up.provider.signedOutElsewhere(await noticeOf())).toMatchObject({ ok: true });
  });

  it('cannot be checked while no key can be had: that is no refusal, so that the far end sends it again', async () => {
    up.simulator.answer('jwks', { status: 503 });
    await expect(up.provider.signedOutElsewhere(await noticeOf())).rejects.toMatchObject({ code: 'unavailable' });
  });
});
