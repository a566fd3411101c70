import assert from 'node:assert/strict';
import { defineKit } from '@guildhall/kernel-contract';
import { CLOUD_EVENT_TYPE, type CloudEvent } from '../cloud-event';
import { WEBHOOK_TOLERANCE_IN_SECONDS, signWebhook, webhookSecret } from '../signed-webhook';

/** What the kit needs of a receiver. @public */
export interface WebhookReceiverHarness {
  /** The secret that the receiver has been given: `whsec_…` */
  readonly secret: string;
  /** The receiver's clock. */
  now(): Date;
  /** Posts to the receiver and gives the status of its answer. */
  post(headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<number>;
  /** Ids of the events that had an effect, once for each effect. */
  effects(): Promise<readonly string[]>;
}

const WRONG_SECRET = webhookSecret(Buffer.alloc(32, 7));
let made = 0;

function eventOf(changes: Partial<CloudEvent> = {}): CloudEvent {
  const id = `01990000-0000-7000-8000-${String(++made).padStart(12, '0')}`;
  return { specversion: '1.0', id, source: 'https://apps.testham.example', type: 'cases.case-opened', subject: '01990000-0000-7000-8000-0000000000c1', time: '2026-11-23T09:00:00.000Z', datacontenttype: 'application/json', eventversion: 1, data: { caseId: '01990000-0000-7000-8000-0000000000c1', caseType: 'pothole', state: 'new' }, ...changes };
}

interface Bent { readonly secrets?: readonly string[]; readonly at?: Date; readonly signedBody?: string; readonly body?: string | Uint8Array; readonly headers?: Readonly<Record<string, string | undefined>> }

/** Posts an event as a council does, with whatever is bent about it. */
async function post(harness: WebhookReceiverHarness, event: CloudEvent, bent: Bent = {}): Promise<number> {
  const body = bent.body ?? JSON.stringify(event);
  const headers: Record<string, string | undefined> = { 'content-type': `${CLOUD_EVENT_TYPE}; charset=utf-8`, ...signWebhook(bent.secrets ?? [harness.secret], { id: event.id, at: bent.at ?? harness.now(), body: bent.signedBody ?? body }), ...bent.headers };
  const sent = Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return harness.post(sent, Buffer.from(body));
}
const isTaken = (status: number): boolean => status >= 200 && status < 300;
async function refuses(harness: WebhookReceiverHarness, event: CloudEvent, bent: Bent): Promise<void> {
  const status = await post(harness, event, bent);
  assert.ok(status >= 400 && status < 500, `it must be refused with 4xx, and was answered with ${status}`);
  assert.deepEqual(await harness.effects(), [], 'what is not genuine must have no effect');
}
const later = (harness: WebhookReceiverHarness, seconds: number): Date => new Date(harness.now().getTime() + seconds * 1000);

/**
 * The rules of a system that is told by a council (Standard Webhooks, CloudEvents 1.0): for those who write one.
 * @public
 * @example testConformance(webhookReceiverKit, { describe, it }, { open: () => startMyReceiver() })
 */
export const webhookReceiverKit = defineKit<WebhookReceiverHarness>({
  id: 'subscriptions.webhook-receiver', contract: 'subscriptions', version: '0.1.0',
  cases: [
    { id: 'WHR-001', title: 'a genuine event is taken, with 2xx', run: async (harness) => {
      const event = eventOf();
      assert.ok(isTaken(await post(harness, event)));
      assert.deepEqual(await harness.effects(), [event.id]);
    } },
    { id: 'WHR-002', title: 'the same event again is answered with 2xx and has no second effect', run: async (harness) => {
      const event = eventOf();
      for (const seconds of [0, 5, 60]) assert.ok(isTaken(await post(harness, event, { at: later(harness, seconds) })));
      assert.deepEqual(await harness.effects(), [event.id]);
    } },
    { id: 'WHR-003', title: 'the same event five times at once has one effect', run: async (harness) => {
      const event = eventOf();
      // Whoever comes second may be told to come again (409, 503): never that it is done before it is.
      await Promise.all(Array.from({ length: 5 }, () => post(harness, event)));
      assert.deepEqual(await harness.effects(), [event.id]);
    } },
    { id: 'WHR-004', title: 'a signature by another secret is refused', run: (harness) => refuses(harness, eventOf(), { secrets: [WRONG_SECRET] }) },
    { id: 'WHR-005', title: 'a body that was changed after it was signed is refused, were it by one space', run: async (harness) => {
      const event = eventOf();
      const body = JSON.stringify(event);
      await refuses(harness, event, { signedBody: body, body: `${body} ` });
      await refuses(harness, event, { signedBody: body, body: body.replace('pothole', 'bigpole') });
    } },
    { id: 'WHR-006', title: 'a signature that was made for another id or another time is refused', run: async (harness) => {
      await refuses(harness, eventOf(), { headers: { 'webhook-id': eventOf().id } });
      await refuses(harness, eventOf(), { headers: { 'webhook-timestamp': String(Math.floor(later(harness, 1).getTime() / 1000)) } });
    } },
    { id: 'WHR-007', title: 'a genuine webhook that is more than five minutes old is refused: somebody kept it', run: (harness) => refuses(harness, eventOf(), { at: later(harness, -WEBHOOK_TOLERANCE_IN_SECONDS - 10) }) },
    { id: 'WHR-008', title: 'a webhook from more than five minutes ahead is refused', run: (harness) => refuses(harness, eventOf(), { at: later(harness, WEBHOOK_TOLERANCE_IN_SECONDS + 10) }) },
    { id: 'WHR-009', title: 'a clock that differs by four minutes is borne', run: async (harness) => {
      assert.ok(isTaken(await post(harness, eventOf(), { at: later(harness, -240) })));
      assert.ok(isTaken(await post(harness, eventOf(), { at: later(harness, 240) })));
      assert.equal((await harness.effects()).length, 2);
    } },
    { id: 'WHR-010', title: 'of two signatures one that is right is enough, wherever it stands: the secret is being changed', run: async (harness) => {
      assert.ok(isTaken(await post(harness, eventOf(), { secrets: [WRONG_SECRET, harness.secret] })));
      assert.ok(isTaken(await post(harness, eventOf(), { secrets: [harness.secret, WRONG_SECRET] })));
      assert.equal((await harness.effects()).length, 2);
    } },
    { id: 'WHR-011', title: 'a signature of a kind that it does not know is passed over', run: async (harness) => {
      const event = eventOf();
      const { 'webhook-signature': right } = signWebhook([harness.secret], { id: event.id, at: harness.now(), body: JSON.stringify(event) });
      await refuses(harness, event, { headers: { 'webhook-signature': right.replace('v1,', 'v9,') } });
      assert.ok(isTaken(await post(harness, event, { headers: { 'webhook-signature': `v1a,AAAA ${right}` } })));
    } },
    { id: 'WHR-012', title: 'without any one of its three headers, or with one that is no such thing, it is refused', run: async (harness) => {
      for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) for (const value of [undefined, '', 'v1,', 'NaN']) await refuses(harness, eventOf(), { headers: { [name]: value } });
    } },
    { id: 'WHR-013', title: 'a genuine body that is no event is refused and not broken by', run: async (harness) => {
      for (const body of ['', '{', 'null', '[]', '"event"', '{"specversion":"2.0"}', '\u0000', JSON.stringify({ ...eventOf(), data: undefined })]) await refuses(harness, eventOf(), { body });
    } },
    { id: 'WHR-014', title: 'a body of a megabyte is refused, and the next event is taken', run: async (harness) => {
      // Refused by its size or its signature; a connection that is cut says the same.
      const status = await post(harness, eventOf(), { secrets: [WRONG_SECRET], body: JSON.stringify(eventOf({ data: { long: 'x'.repeat(1_000_000) } })) }).catch(() => 413);
      assert.ok(!isTaken(status));
      const event = eventOf();
      assert.ok(isTaken(await post(harness, event)));
      assert.deepEqual(await harness.effects(), [event.id]);
    } },
    { id: 'WHR-015', title: 'events in another order than they happened in are all taken', run: async (harness) => {
      const events = [eventOf({ time: '2026-11-23T09:00:02.000Z', type: 'cases.case-moved' }), eventOf({ time: '2026-11-23T09:00:01.000Z' })];
      for (const event of events) assert.ok(isTaken(await post(harness, event)));
      assert.deepEqual(await harness.effects(), events.map(({ id }) => id));
    } },
    { id: 'WHR-016', title: 'letters beyond ASCII and fields that it does not know do no harm', run: async (harness) => {
      assert.ok(isTaken(await post(harness, eventOf({ data: { caseId: 'c', team: 'Tîm Ŵyau 🗑', newField: { deep: [1, null] } } }))));
      assert.equal((await harness.effects()).length, 1);
    } },
    { id: 'WHR-017', title: 'an event of a type that it has no use for is answered with 2xx: it would otherwise be sent for days', run: async (harness) => {
      assert.ok(isTaken(await post(harness, eventOf({ type: 'a-module-to-come.something-happened' }))));
    } },
  ],
});
