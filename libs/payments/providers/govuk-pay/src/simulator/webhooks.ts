import { createHmac, randomBytes } from 'node:crypto';
import { post } from '@guildhall/payments-contract/far-end';
import type { Accounts, SimulatedWebhook } from './accounts';
import type { KeptPayment } from './kept-payment';
import type { PayEventType, PaymentBook } from './payment-book';
import { viewPayment } from './view';

/** After how many seconds a message that was not taken is sent again: 60 s, 5 min, 1 h, 1 d, 2 d, then never (alphagov/pay-webhooks, SendAttempter). */
export const RETRIES_IN_SECONDS: readonly number[] = [60, 300, 3600, 86_400, 172_800];
const TIMEOUT_IN_SECONDS = 5;

/** A message as it is sent: the same bytes every time. */
export interface WebhookMessage { readonly id: string; readonly type: string; readonly body: string; readonly account: string }
/** What became of one try. */
export interface WebhookTry { readonly message: string; readonly type: string; readonly url: string; readonly status: number }

/** `Pay-Signature`: HMAC-SHA256 of the body's bytes, in lower-case hexadecimal. @public */
export function paySignature(body: string | Uint8Array, secret: string): string { return createHmac('sha256', secret).update(body).digest('hex'); }

/** Sends messages to the accounts' webhooks: at least once, in no promised order, again until any 2xx comes or the tries are used up. */
export class Webhooks {
  /** Every try, the newest last: for the page and for tests. */
  readonly tries: WebhookTry[] = [];
  /** How often each message is sent at once; duplicates happen. */
  copies = 1;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #held: WebhookMessage[] | undefined;
  #isStopped = false;

  constructor(private readonly accounts: Accounts, private readonly book: PaymentBook, private readonly origin: () => string, private readonly now: () => Date, private readonly retriesInSeconds: readonly number[]) {}

  /** A message about a payment as it stands; `claims` is what it pretends that the state is. */
  message(payment: KeptPayment, type: PayEventType, claims?: 'success'): WebhookMessage {
    const id = randomBytes(13).toString('hex');
    const shown = viewPayment(claims ? { ...payment, status: claims } : payment, this.book, this.origin(), 'listed');
    const body = JSON.stringify({ webhook_message_id: id, api_version: 1, created_date: this.now().toISOString(), resource_id: payment.id, resource_type: 'payment', event_type: type, resource: shown });
    return { id, type, body, account: payment.account };
  }

  tell(payment: KeptPayment, type: PayEventType): void {
    const account = this.accounts.find(payment.account);
    if (!account || account.webhooks.length === 0) return;
    const message = this.message(payment, type);
    if (this.#held) this.#held.push(message);
    else this.#sendToAll(message);
  }

  /** Keeps what happens from now on until it is let go. */
  hold(): void { this.#held ??= []; }
  /** Lets go what was held, one after another so that the order is really that. */
  async release(isReversed = false): Promise<void> {
    const messages = this.#held ?? [];
    this.#held = undefined;
    for (const message of isReversed ? messages.reverse() : messages) {
      for (const webhook of this.accounts.find(message.account)?.webhooks ?? []) for (let copy = 0; copy < this.copies; copy++) await this.#send(message, webhook, 0);
    }
  }

  /** Waits for what is on its way. */
  async settled(): Promise<void> { while (this.#running.size > 0) await Promise.all(this.#running); }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.settled();
  }

  #sendToAll(message: WebhookMessage): void {
    for (const webhook of this.accounts.find(message.account)?.webhooks ?? []) for (let copy = 0; copy < this.copies; copy++) this.#start(message, webhook, 0);
  }

  #start(message: WebhookMessage, webhook: SimulatedWebhook, tried: number): void {
    const sending = this.#send(message, webhook, tried).finally(() => this.#running.delete(sending));
    this.#running.add(sending);
  }

  async #send(message: WebhookMessage, webhook: SimulatedWebhook, tried: number): Promise<void> {
    if (this.#isStopped) return;
    const status = await post(webhook.url, message.body, { 'pay-signature': paySignature(message.body, webhook.secret) }, TIMEOUT_IN_SECONDS);
    this.tries.push({ message: message.id, type: message.type, url: webhook.url, status });
    const pause = this.retriesInSeconds[tried];
    if ((status >= 200 && status < 300) || this.#isStopped || pause === undefined) return;
    const timer = setTimeout(() => { this.#timers.delete(timer); this.#start(message, webhook, tried + 1); }, pause * 1000);
    timer.unref();
    this.#timers.add(timer);
  }
}
