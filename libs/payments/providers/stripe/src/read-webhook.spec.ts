import { Secret } from '@guildhall/kernel-contract';
import { readWebhook } from './read-webhook';
import { stripeSignature } from './simulator';

const SECRET = new Secret('whsec_invented');
const NOW = new Date('2026-11-23T09:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const event = (object: object = { object: 'checkout.session', id: 'cs_test_a1b2' }, changes: object = {}): object => ({ id: 'evt_1', object: 'event', type: 'checkout.session.completed', data: { object }, ...changes });
interface Given { readonly secret?: string | readonly string[]; readonly secrets?: readonly Secret[]; readonly at?: number; readonly signature?: string }
const read = (body: object | string | Uint8Array, { secret = SECRET.reveal(), secrets = [SECRET], at = SECONDS, signature }: Given = {}): ReturnType<typeof readWebhook> => {
  const rawBody = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return readWebhook({ rawBody, headers: { 'stripe-signature': signature ?? stripeSignature(rawBody, secret, at) } }, secrets, NOW);
};
const reason = (outcome: ReturnType<typeof readWebhook>): string => (outcome.ok ? 'taken' : outcome.refusal.reason);

describe('a webhook of Stripe', () => {
  it('names the session to fetch and nothing else of what it claims', () => {
    expect(read(event({ object: 'checkout.session', id: 'cs_test_a1b2', payment_status: 'paid', amount_total: 1 }))).toEqual({ ok: true, value: { eventId: 'evt_1', providerPaymentId: 'cs_test_a1b2' } });
  });
  it('about a charge or a refund names our own key, which is with it; about something else it names nothing', () => {
    for (const object of ['charge', 'refund', 'payment_intent']) expect(read(event({ object, id: 'x', metadata: { guildhall_key: '0199-1' } }))).toEqual({ ok: true, value: { eventId: 'evt_1', key: '0199-1' } });
    for (const object of [{ object: 'payout', id: 'po_1' }, { object: 'charge', metadata: { guildhall_key: '../../v1/account' } }, { object: 'checkout.session', id: '../../v1/account' }, { object: 'checkout.session', id: 7 }, null, 'text']) {
      expect(read(event(object as object))).toEqual({ ok: true, value: { eventId: 'evt_1' } });
    }
  });
  it('with the signature of another secret, of an empty one, in capitals, of another scheme, or with a letter too many is forged', () => {
    expect(reason(read(event(), { secret: 'whsec_another' }))).toBe('forged');
    expect(reason(read(event(), { secret: '', secrets: [new Secret('')] }))).toBe('forged');
    expect(reason(read(event(), { secrets: [] }))).toBe('forged');
    const right = stripeSignature(JSON.stringify(event()), SECRET.reveal(), SECONDS);
    for (const signature of [right.toUpperCase(), `${right}0`, right.replace('v1=', 'v0='), right.replace(/t=\d+,/, ''), right.replace(/t=\d+/, 't=soon'), right.replace(/,.*/, ''), 'v1=', '']) expect(reason(read(event(), { signature }))).toBe('forged');
  });
  it('is taken when any of several v1 is right, as while a secret is rolled, and with any of our secrets, also one pasted with a line break', () => {
    expect(reason(read(event(), { secret: ['whsec_old', SECRET.reveal()] }))).toBe('taken');
    expect(reason(read(event(), { secrets: [new Secret('whsec_of_another_endpoint'), new Secret(`${SECRET.reveal()}\n`)] }))).toBe('taken');
  });
  it('signs the time too: another time than was signed is forged', () => {
    const right = stripeSignature(JSON.stringify(event()), SECRET.reveal(), SECONDS - 3600);
    expect(reason(read(event(), { signature: right.replace(/t=\d+/, `t=${SECONDS}`) }))).toBe('forged');
    expect(reason(read(event(), { signature: `${right},t=${SECONDS}` }))).toBe('forged');
  });
  it('is taken up to 300 seconds before and after our clock, and is too old beyond', () => {
    for (const at of [SECONDS - 300, SECONDS + 300]) expect(reason(read(event(), { at }))).toBe('taken');
    for (const at of [SECONDS - 301, SECONDS + 301]) expect(reason(read(event(), { at }))).toBe('too-old');
  });
  it('signs the bytes: spaces, a mark at the beginning, or bytes that are no text are forged though they may read the same', () => {
    const text = JSON.stringify(event());
    const signature = stripeSignature(text, SECRET.reveal(), SECONDS);
    expect(reason(read(JSON.stringify(event(), null, 1), { signature }))).toBe('forged');
    expect(reason(read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]), { signature }))).toBe('forged');
    const broken = text.replace('evt_1', 'evt_\uFFFD');
    const bytes = Buffer.from(broken.replace('\uFFFD', '?'));
    bytes[bytes.indexOf('?')] = 0xff;
    expect(reason(read(bytes, { signature: stripeSignature(broken, SECRET.reveal(), SECONDS) }))).toBe('forged');
  });
  it('has the same id when it is replayed', () => {
    expect(read(event())).toEqual(read(event()));
  });
  it.each(['', 'not json', '[]', 'null', '7', '{}', '{"id":7}', '{"id":""}', `{"id":"${'x'.repeat(201)}"}`, '{"object":"v2.core.event","id":"evt_thin"}', `{"id":"evt_1","padding":"${'x'.repeat(300_000)}"}`])('signed nonsense, a thin event, or far too much of it, is malformed', (body) => {
    expect(reason(read(body))).toBe('malformed');
  });
});
