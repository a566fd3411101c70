import { createHmac } from 'node:crypto';
import { post } from '@guildhall/payments-contract/far-end';
import type { Accounts, KnownWebhook, SimulatedWebhook } from './accounts';
import { newId } from './accounts';
import type { EventSubject } from './session-book';
import { viewCharge, viewRefund, viewSession } from './view';

/** After how many seconds an event that was not taken is sent again. Stripe says that it tries for up to three days with growing pauses (docs.stripe.com/webhooks, "Retry behavior"), and not which: these are ours. */
export const RETRIES_IN_SECONDS: readonly number[] = [60, 300, 1800, 7200, 18_000, 43_200, 86_400, 86_400];
const TIMEOUT_IN_SECONDS = 20;
const API_VERSION = '2026-10-28.endive';

/** An event as it is sent: the same bytes every time, with a new signature each. */
export interface SentEvent { readonly id: string; readonly type: string; readonly body: string; readonly account: string }
/** What became of one try. */
export interface WebhookTry { readonly event: string; readonly type: string; readonly url: string; readonly status: number }

/** `Stripe-Signature`: the time in seconds, and for each secret the HMAC-SHA256 of the time, a dot and the body's bytes (docs.stripe.com/webhooks, "Verifying signatures manually"). @public */
export function stripeSignature(body: string | Uint8Array, secrets: string | readonly string[], atInSeconds: number): string {
  const signed = [secrets].flat().map((secret) => `v1=${createHmac('sha256', secret).update(`${atInSeconds}.`).update(body).digest('hex')}`);
  return [`t=${atInSeconds}`, ...signed].join(',');
}

/** Sends events to the accounts' endpoints: at least once, in no promised order, again until any 2xx comes or the tries are used up. */
export class Webhooks {
  /** Every try, the newest last: for the page and for tests. */
  readonly tries: WebhookTry[] = [];
  /** How often each event is sent at once; duplicates happen. */
  copies = 1;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #held: SentEvent[] | undefined;
  #isStopped = false;

  constructor(private readonly accounts: Accounts, private readonly origin: () => string, private readonly now: () => Date, private readonly retriesInSeconds: readonly number[]) {}

  /** An event about what stands there now; `claims` makes a session pretend that it is paid. */
  event(type: string, subject: EventSubject, claims?: 'paid'): SentEvent {
    const id = newId('evt');
    const { session } = subject;
    const object = { ...this.#view(subject), ...(claims ? { status: 'complete', payment_status: 'paid' } : {}) };
    const body = JSON.stringify({ id, object: 'event', api_version: API_VERSION, created: Math.floor(this.now().getTime() / 1000), livemode: session.isLive, pending_webhooks: 1, request: { id: null, idempotency_key: null }, type, data: { object } });
    return { id, type, body, account: session.account };
  }

  tell(type: string, subject: EventSubject): void {
    const account = this.accounts.find(subject.session.account);
    if (!account || account.webhooks.length === 0) return;
    const event = this.event(type, subject);
    if (this.#held) this.#held.push(event);
    else for (const webhook of this.#told(event)) for (let copy = 0; copy < this.copies; copy++) this.#start(event, webhook, 0);
  }

  /** Signs any bytes as for an account, as of so many seconds ago; with the first endpoint's secrets. */
  signed(account: string, body: string | Uint8Array, secondsAgo = 0): string {
    const webhook = this.accounts.find(account)?.webhooks[0];
    if (!webhook) throw new RangeError('The account has no webhook.');
    return this.#sign(webhook, body, secondsAgo);
  }

  /** Keeps what happens from now on until it is let go. */
  hold(): void { this.#held ??= []; }
  /** Lets go what was held, one after another so that the order is really that. */
  async release(isReversed = false): Promise<void> {
    const events = this.#held ?? [];
    this.#held = undefined;
    for (const event of isReversed ? events.reverse() : events) for (const webhook of this.#told(event)) for (let copy = 0; copy < this.copies; copy++) await this.#send(event, webhook, 0);
  }

  /** Waits for what is on its way. */
  async settled(): Promise<void> { while (this.#running.size > 0) await Promise.all(this.#running); }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.settled();
  }

  #view(subject: EventSubject): object {
    if (subject.kind === 'refund') return viewRefund(subject.session, subject.refund);
    const charge = subject.session.intent?.charge;
    return subject.kind === 'charge' && charge ? viewCharge(subject.session, charge, []) : viewSession(subject.session, this.origin(), []);
  }

  #told(event: SentEvent): readonly KnownWebhook[] {
    return (this.accounts.find(event.account)?.webhooks ?? []).filter(({ events, isDisabled }) => !isDisabled && (events === undefined || events.includes('*') || events.includes(event.type)));
  }

  #start(event: SentEvent, webhook: KnownWebhook, tried: number): void {
    const sending = this.#send(event, webhook, tried).finally(() => this.#running.delete(sending));
    this.#running.add(sending);
  }

  async #send(event: SentEvent, webhook: KnownWebhook, tried: number): Promise<void> {
    if (this.#isStopped) return;
    const status = await post(webhook.url, event.body, { 'stripe-signature': this.#sign(webhook, event.body, 0), 'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)' }, TIMEOUT_IN_SECONDS);
    this.tries.push({ event: event.id, type: event.type, url: webhook.url, status });
    const pause = this.retriesInSeconds[tried];
    if ((status >= 200 && status < 300) || this.#isStopped || pause === undefined) return;
    const timer = setTimeout(() => { this.#timers.delete(timer); this.#start(event, webhook, tried + 1); }, pause * 1000);
    timer.unref();
    this.#timers.add(timer);
  }

  #sign({ secrets }: SimulatedWebhook, body: string | Uint8Array, secondsAgo: number): string { return stripeSignature(body, secrets, Math.floor(this.now().getTime() / 1000) - secondsAgo); }
}

