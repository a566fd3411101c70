import { Webhook } from 'standardwebhooks';
import { signWebhook, webhookFault, webhookSecret } from './index';

const secret = webhookSecret(Buffer.from('a secret that is long enough: 32'));
const former = webhookSecret(Buffer.alloc(24, 9));
const body = JSON.stringify({ type: 'cases.case-opened', data: { team: 'Tîm Ŵyau 🗑' } });

describe('a signed webhook', () => {
  it('has the signature of the standard’s own example', () => {
    const headers = signWebhook(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' });
    expect(headers).toEqual({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' });
  });

  it.each([['one secret', [secret]], ['two, the newer first', [webhookSecret(Buffer.alloc(64, 3)), secret]], ['two, the older last to go', [secret, former]]])('is believed by the standard’s own library, signed with %s', (_which, secrets) => {
    const headers = signWebhook(secrets, { id: '01990000-0000-7000-8000-000000000001', at: new Date(), body });
    expect(new Webhook(secret).verify(body, { ...headers })).toEqual(JSON.parse(body));
  });

  it('is believed when the standard’s own library has signed it, and not when anything of it was changed', () => {
    const at = new Date();
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': new Webhook(secret).sign('msg_1', at, body) };
    const check = (changes: Partial<Record<keyof typeof headers, string>>, bytes = body): string | undefined => webhookFault([secret], { headers: { ...headers, ...changes }, body: Buffer.from(bytes), now: at });
    expect(check({})).toBeUndefined();
    expect(check({ 'webhook-id': 'msg_2' })).toBe('wrong-signature');
    expect(check({}, `${body} `)).toBe('wrong-signature');
    expect(check({ 'webhook-signature': 'v1,AAAA' })).toBe('wrong-signature');
    expect(check({ 'webhook-timestamp': '1' })).toBe('too-old');
    expect(check({ 'webhook-timestamp': '99999999999' })).toBe('too-new');
    expect(check({ 'webhook-timestamp': '1e9' })).toBe('headers-missing');
    expect(check({ 'webhook-signature': '' })).toBe('headers-missing');
    expect(webhookFault([former], { headers, body, now: at })).toBe('wrong-signature');
    expect(webhookFault([former, secret], { headers, body, now: at })).toBeUndefined();
    expect(webhookFault([], { headers, body, now: at })).toBe('wrong-signature');
  });

  it('has no id in which a full stop could move the border between id, time and body', () => {
    expect(() => signWebhook([secret], { id: 'a.1614265330', at: new Date(), body })).toThrow();
  });
  it('has a secret of 24 to 64 bytes', () => {
    for (const count of [0, 23, 65]) expect(() => webhookSecret(Buffer.alloc(count))).toThrow();
    expect(webhookSecret(Buffer.alloc(24))).toBe(`whsec_${Buffer.alloc(24).toString('base64')}`);
  });
});
