import { Secret } from '@guildhall/kernel-contract';
import { readWebhook } from './read-webhook';
import { paySignature } from './simulator';

const SECRET = new Secret('invented-signing-secret');
const NOW = new Date('2026-11-23T09:00:00Z');
const DAY = 24 * 60 * 60_000;
const message = (changes: object = {}): object => ({ webhook_message_id: 'm-1', api_version: 1, created_date: NOW.toISOString(), resource_id: 'hu20sqlact5260q2nanm0q8u93', resource_type: 'payment', event_type: 'card_payment_succeeded', resource: {}, ...changes });
const read = (body: object | string, { secret = SECRET, secrets = [SECRET], signature }: { secret?: Secret; secrets?: readonly Secret[]; signature?: string } = {}): ReturnType<typeof readWebhook> => {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return readWebhook({ rawBody, headers: { 'pay-signature': signature ?? paySignature(rawBody, secret.reveal()) } }, secrets, NOW);
};
const reason = (outcome: ReturnType<typeof readWebhook>): string => (outcome.ok ? 'taken' : outcome.refusal.reason);

describe('a webhook of GOV.UK Pay', () => {
  it('names the payment to fetch and nothing else of what it claims', () => {
    expect(read(message({ resource: { state: { status: 'success' }, amount: 1 } }))).toEqual({ ok: true, value: { eventId: 'm-1', providerPaymentId: 'hu20sqlact5260q2nanm0q8u93' } });
  });
  it('with the signature of another secret, of an empty one, in capitals, or with a letter too many is forged', () => {
    expect(reason(read(message(), { secret: new Secret('another') }))).toBe('forged');
    expect(reason(read(message(), { secret: new Secret(''), secrets: [new Secret('')] }))).toBe('forged');
    const right = paySignature(JSON.stringify(message()), SECRET.reveal());
    for (const signature of [right.toUpperCase(), `${right}0`, ` ${right}`, `sha256=${right}`, '']) expect(reason(read(message(), { signature }))).toBe('forged');
    expect(reason(read(message(), { secrets: [] }))).toBe('forged');
  });
  it('signs the bytes: a body written otherwise is forged though its meaning is the same', () => {
    expect(reason(read(JSON.stringify(message(), null, 2), { signature: paySignature(JSON.stringify(message()), SECRET.reveal()) }))).toBe('forged');
  });
  it('may be signed with any of several secrets, also one that was pasted with a line break', () => {
    expect(reason(read(message(), { secrets: [new Secret('of another webhook'), new Secret(`${SECRET.reveal()}\n`)] }))).toBe('taken');
  });
  it('is taken three days late, as the last try of the sender comes, and is too old after a fortnight', () => {
    expect(reason(read(message({ created_date: new Date(NOW.getTime() - 3.1 * DAY).toISOString() })))).toBe('taken');
    expect(reason(read(message({ created_date: new Date(NOW.getTime() - 15 * DAY).toISOString() })))).toBe('too-old');
  });
  it('from the future is refused, but for what clocks differ by: its id would be forgotten before it is too old', () => {
    expect(reason(read(message({ created_date: new Date(NOW.getTime() + 4 * 60_000).toISOString() })))).toBe('taken');
    for (const ahead of [6 * 60_000, 15 * DAY, 3650 * DAY]) expect(reason(read(message({ created_date: new Date(NOW.getTime() + ahead).toISOString() })))).toBe('too-old');
  });
  it.each([[undefined], [null], [''], ['yesterday'], [1764000000], ['2026-13-45T00:00:00Z']])('that does not say when, %p, is malformed: it could be replayed for ever', (date) => {
    expect(reason(read(message({ created_date: date })))).toBe('malformed');
  });
  it('has the same id when it is replayed', () => {
    expect(read(message())).toEqual(read(message()));
  });
  it('has its id under either name that the documentation gives', () => {
    expect(read(message({ webhook_message_id: undefined, id: 'm-2' }))).toMatchObject({ value: { eventId: 'm-2' } });
  });
  it('about a refund names the payment inside; about something else it names none', () => {
    expect(read(message({ resource_type: 'refund', resource_id: 'r-1', resource: { payment_id: 'p-1' } }))).toMatchObject({ value: { providerPaymentId: 'p-1' } });
    expect(read(message({ resource_type: 'agreement', resource_id: 'a-1' }))).toEqual({ ok: true, value: { eventId: 'm-1' } });
    expect(read(message({ resource_id: '../../v1/agreements' }))).toEqual({ ok: true, value: { eventId: 'm-1' } });
  });
  it.each(['', 'not json', '[]', 'null', '{}', '{"webhook_message_id":7}', '{"webhook_message_id":""}', `{"webhook_message_id":"${'x'.repeat(201)}"}`, `{"webhook_message_id":"m","padding":"${'x'.repeat(300_000)}"}`])('signed nonsense, or far too much of it, is malformed', (body) => {
    expect(reason(read(body))).toBe('malformed');
  });
});
