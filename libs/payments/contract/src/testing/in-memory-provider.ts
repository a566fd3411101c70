import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Outcome, ProviderInstallation, RequestContext } from '@guildhall/kernel-contract';
import { NotFound, Unavailable, defineProvider, done, refused } from '@guildhall/kernel-contract';
import type {
  CancelRefusal, CreateRefusal, NewProviderPayment, NewProviderRefund, PaymentAbility, PaymentProvider, ProviderPayment, ProviderPaymentPage, ProviderPaymentSearch, ProviderPaymentState,
  ProviderRefund, ProviderRefundRefusal, ProviderRefundState, SettledItem, SettlementPage, SettlementPeriod, WebhookDelivery, WebhookNotice, WebhookRefusal,
} from '../index';
import { PAYMENT_PROVIDER } from '../index';
import type { FarEndFault, FarEndOperation, FarEndPayment, PayerDoes, PaymentFarEnd } from './far-end';

interface FarRefund { readonly id: string; readonly key: string; readonly amountInPence: number; state: ProviderRefundState; settledOn?: string }
interface FarPayment { readonly id: string; readonly asked: NewProviderPayment; state: ProviderPaymentState; visits: number; readonly usedVisits: Set<number>; readonly refunds: FarRefund[]; readonly createdAt: Date; settledOn?: string; disputedOn?: string }

/** `redirect` is asked and keeps no refund keys, like GOV.UK Pay; `session` has keys for everything and calls back, like Stripe Checkout. @public */
export type ProviderStyle = 'redirect' | 'session';

const ABILITIES: Readonly<Record<ProviderStyle, readonly PaymentAbility[]>> = {
  redirect: ['cancel', 'refunds', 'partial-refunds', 'single-use-next-url', 'telephone', 'metadata', 'prefilled-payer', 'search', 'settlements'],
  session: ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'idempotent-refunds', 'webhooks', 'webhook-timestamps'],
};
const OPEN: readonly ProviderPaymentState[] = ['created', 'started'];
const TOLERANCE_IN_SECONDS = 300;
const DISPUTE_FEE = 1500;
/** Few to a page, so that whoever lists must turn it. */
const TO_A_PAGE = 1;

/**
 * A provider and its far end in memory: for tests of whoever takes payments, and for simulations. Passes the same kit as real providers.
 * @public
 * @example const far = new InMemoryProvider('session'); far.payerDoes(far.newest('GW-1').providerPaymentId, 'succeed');
 */
export class InMemoryProvider implements PaymentProvider, PaymentFarEnd {
  readonly abilities: readonly PaymentAbility[];
  /** Called between the far end's doing and its answer: a simulation holds the answer here. */
  beforeAnswer?: (operation: FarEndOperation) => Promise<void>;
  /** Called for every event, when the far end would call back. */
  onEvent?: (delivery: WebhookDelivery) => void;
  now: () => Date = () => new Date();
  readonly #payments = new Map<string, FarPayment>();
  readonly #faults: { operation: FarEndOperation; fault: FarEndFault }[] = [];
  readonly #secret = 'in-memory';
  #events = 0;

  /** Only a provider that calls back has it. */
  readonly readWebhook?: (ctx: RequestContext, delivery: WebhookDelivery) => Promise<Outcome<WebhookNotice, WebhookRefusal>>;

  readonly search?: (ctx: RequestContext, search: ProviderPaymentSearch) => Promise<ProviderPaymentPage>;
  readonly settlements?: (ctx: RequestContext, period: SettlementPeriod) => Promise<SettlementPage>;

  constructor(readonly style: ProviderStyle = 'session') {
    this.abilities = ABILITIES[style];
    if (this.abilities.includes('search')) this.search = async (_ctx, search) => this.#search(search);
    if (this.abilities.includes('settlements')) this.settlements = async (_ctx, period) => this.#settlements(period);
    if (this.abilities.includes('webhooks')) this.readWebhook = async (_ctx, delivery) => this.#read(delivery);
  }

  async create(_ctx: RequestContext, asked: NewProviderPayment): Promise<Outcome<ProviderPayment, CreateRefusal>> {
    return this.#serve('create', () => {
      const known = this.abilities.includes('idempotent-create') ? [...this.#payments.values()].find((payment) => payment.asked.key === asked.key) : undefined;
      if (known && !isSame(known.asked, asked)) return refused('key-reused', `The key ${asked.key} belongs to another payment.`);
      const payment = known ?? { id: `far-${this.#payments.size + 1}`, asked, state: 'created' as const, visits: 0, usedVisits: new Set<number>(), refunds: [], createdAt: this.now() };
      this.#payments.set(payment.id, payment);
      return done(this.#view(payment));
    });
  }

  async fetch(_ctx: RequestContext, providerPaymentId: string): Promise<ProviderPayment> {
    return this.#serve('fetch', (fault) => {
      const view = this.#view(this.#get(providerPaymentId));
      return fault === 'unknown-state' ? { ...view, state: 'unknown', nextUrl: undefined } : view;
    });
  }

  async cancel(_ctx: RequestContext, providerPaymentId: string): Promise<Outcome<ProviderPayment, CancelRefusal>> {
    return this.#serve('cancel', () => {
      const payment = this.#get(providerPaymentId);
      if (!OPEN.includes(payment.state)) return refused('not-cancellable', `The payment is ${payment.state}.`);
      this.#move(payment, 'cancelled');
      return done(this.#view(payment));
    });
  }

  async refund(_ctx: RequestContext, refund: NewProviderRefund): Promise<Outcome<ProviderRefund, ProviderRefundRefusal>> {
    return this.#serve('refund', () => {
      const payment = this.#get(refund.providerPaymentId);
      const keepsKeys = this.abilities.includes('idempotent-refunds');
      const known = keepsKeys ? payment.refunds.find((other) => other.key === refund.key) : undefined;
      if (known) return known.amountInPence === refund.amountInPence ? done(this.#viewRefund(known)) : refused('key-reused', `The key ${refund.key} belongs to another refund.`);
      if (payment.state !== 'succeeded') return refused('not-refundable', `The payment is ${payment.state}.`);
      const left = this.#left(payment);
      if (refund.availableInPence !== left) return refused('amount-changed', `${left} pence are left.`);
      if (refund.amountInPence > left) return refused('more-than-left', `${left} pence are left.`);
      const made: FarRefund = { id: `${payment.id}-r${payment.refunds.length + 1}`, key: refund.key, amountInPence: refund.amountInPence, state: keepsKeys ? 'succeeded' : 'submitted' };
      payment.refunds.push(made);
      this.#tell(payment);
      return done(this.#viewRefund(made));
    });
  }

  async refunds(_ctx: RequestContext, providerPaymentId: string): Promise<readonly ProviderRefund[]> {
    return this.#serve('refunds', () => this.#get(providerPaymentId).refunds.map((refund) => this.#viewRefund(refund)));
  }

  #search({ reference, createdFrom, createdBefore, after }: ProviderPaymentSearch): ProviderPaymentPage {
    const found = [...this.#payments.values()].reverse().filter(({ asked, createdAt }) =>
      (reference === undefined || asked.reference === reference) && (createdFrom === undefined || createdAt >= createdFrom) && (createdBefore === undefined || createdAt < createdBefore));
    const { items, next } = pageOf(found, after);
    return { payments: items.map((payment) => ({ ...this.#view(payment), nextUrl: undefined })), ...next };
  }

  #settlements({ from, before, after }: SettlementPeriod): SettlementPage {
    const isIn = (day: string | undefined): day is string => day !== undefined && day >= from && day < before;
    const found = [...this.#payments.values()].flatMap((payment): SettledItem[] => {
      const which = { providerPaymentId: payment.id, reference: payment.asked.reference };
      return [
        ...(isIn(payment.settledOn) ? [{ kind: 'payment' as const, ...which, amountInPence: payment.asked.amountInPence, settledOn: payment.settledOn, settlementId: `payout-${payment.settledOn}` }] : []),
        ...payment.refunds.flatMap((refund): SettledItem[] => (isIn(refund.settledOn) ? [{ kind: 'refund', ...which, providerRefundId: refund.id, amountInPence: refund.amountInPence, settledOn: refund.settledOn, settlementId: `payout-${refund.settledOn}` }] : [])),
        ...(isIn(payment.disputedOn) ? [{ kind: 'other' as const, ...which, movement: { id: `${payment.id}-dispute`, what: 'dispute' }, amountInPence: -payment.asked.amountInPence, feeInPence: DISPUTE_FEE, settledOn: payment.disputedOn, settlementId: `payout-${payment.disputedOn}` }] : []),
      ];
    });
    const { items, next } = pageOf(found, after);
    return { items, ...next };
  }

  #read(delivery: WebhookDelivery): Outcome<WebhookNotice, WebhookRefusal> {
    const [time = '', signature = ''] = (delivery.headers['in-memory-signature'] ?? '').split('.');
    const expected = Buffer.from(this.#sign(time, delivery.rawBody));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return refused('forged', 'The signature is not the provider\'s.');
    if (Math.abs(this.now().getTime() / 1000 - Number(time)) > TOLERANCE_IN_SECONDS) return refused('too-old', 'The delivery is too old.');
    const event = parse(delivery.rawBody);
    if (typeof event?.id !== 'string') return refused('malformed', 'The event has no id.');
    return done({ eventId: event.id, ...(typeof event.payment === 'string' ? { providerPaymentId: event.payment } : {}) });
  }

  /** What the payer, their bank or the clock does at the provider's page. A success goes through whatever went before: that is what a late one is. */
  payerDoes(providerPaymentId: string, does: PayerDoes): void {
    const payment = this.#get(providerPaymentId);
    const target: Readonly<Record<PayerDoes, ProviderPaymentState>> = { open: 'started', submit: 'submitted', succeed: 'succeeded', decline: 'failed', cancel: 'cancelled', expire: 'expired', error: 'error' };
    const isOver = !OPEN.includes(payment.state) && payment.state !== 'submitted';
    if (payment.state === 'succeeded' || (isOver && does !== 'succeed') || (does === 'open' && payment.state !== 'created') || (does === 'submit' && payment.state === 'submitted')) return;
    this.#move(payment, target[does]);
  }

  /** Whether the address of the page still lets somebody in; using it counts as a visit. */
  visit(nextUrl: string): boolean {
    const [, id, visit] = /^https:\/\/pay\.example\/([^/]+)\/(\d+)$/.exec(nextUrl) ?? [];
    const payment = id ? this.#payments.get(id) : undefined;
    if (!payment || !OPEN.includes(payment.state)) return false;
    if (this.abilities.includes('single-use-next-url')) {
      if (payment.usedVisits.has(Number(visit))) return false;
      payment.usedVisits.add(Number(visit));
    }
    if (payment.state === 'created') this.#move(payment, 'started');
    return true;
  }

  failNext(operation: FarEndOperation, fault: FarEndFault, times = 1): void {
    for (let i = 0; i < times; i++) this.#faults.push({ operation, fault });
  }

  /** Forgets the faults that have not happened. */
  clearFaults(): void { this.#faults.length = 0; }

  /** Refunds that were on their way arrive, or come back. */
  finishRefunds(state: 'succeeded' | 'error' = 'succeeded'): void {
    for (const payment of this.#payments.values()) for (const refund of payment.refunds) if (refund.state === 'submitted') { refund.state = state; this.#tell(payment); }
  }

  /** Somebody pays back in the provider's own back office. */
  refundOutside(providerPaymentId: string, amountInPence: number): void {
    const payment = this.#get(providerPaymentId);
    payment.refunds.push({ id: `${payment.id}-r${payment.refunds.length + 1}`, key: `back-office-${payment.refunds.length + 1}`, amountInPence, state: 'succeeded' });
    this.#tell(payment);
  }

  /** Every payment with this reference, the oldest first. */
  payments(reference: string): readonly FarEndPayment[] {
    return [...this.#payments.values()].filter((payment) => payment.asked.reference === reference)
      .map((payment) => ({
        providerPaymentId: payment.id, state: payment.state, amountInPence: payment.asked.amountInPence, refundedInPence: this.#refunded(payment),
        isByTelephone: payment.asked.isByTelephone ?? false, ...(payment.asked.metadata ? { metadata: payment.asked.metadata } : {}), ...(payment.asked.payer ? { payer: payment.asked.payer } : {}),
      }));
  }

  /** The money reaches the bank on this day, less what went back until now. */
  settle(providerPaymentId: string, on: string): void {
    const payment = this.#get(providerPaymentId);
    payment.settledOn ??= on;
    for (const refund of payment.refunds) if (refund.state === 'succeeded') refund.settledOn ??= on;
  }

  /** The payer's bank takes the payment back on this day, and the provider a fee for it. */
  dispute(providerPaymentId: string, on: string): void { this.#get(providerPaymentId).disputedOn ??= on; }

  newest(reference: string): string {
    const found = this.payments(reference).at(-1);
    if (!found) throw new NotFound(`The far end has no payment with the reference ${reference}.`);
    return found.providerPaymentId;
  }

  /** Signs any bytes, as of so many seconds ago. */
  signed(rawBody: Uint8Array, secondsAgo = 0): WebhookDelivery {
    const time = String(Math.floor(this.now().getTime() / 1000) - secondsAgo);
    return { rawBody, headers: { 'in-memory-signature': `${time}.${this.#sign(time, rawBody)}` } };
  }

  /** A genuine event about a payment. */
  webhook(providerPaymentId: string, options: { readonly claims?: 'succeeded'; readonly secondsAgo?: number } = {}): WebhookDelivery {
    this.#events += 1;
    const claims = options.claims ?? this.#get(providerPaymentId).state;
    return this.signed(Buffer.from(JSON.stringify({ id: `event-${this.#events}`, payment: providerPaymentId, claims })), options.secondsAgo);
  }

  /** As a council's configuration would name it. */
  installation(id = 'payments.in-memory'): ProviderInstallation<PaymentProvider> {
    return defineProvider<PaymentProvider>({ port: PAYMENT_PROVIDER, id, isSandbox: true, create: () => this });
  }

  async #serve<Answer>(operation: FarEndOperation, answer: (fault: FarEndFault | undefined) => Answer): Promise<Answer> {
    const at = this.#faults.findIndex((waiting) => waiting.operation === operation);
    const fault = at < 0 ? undefined : this.#faults.splice(at, 1)[0]?.fault;
    if (fault === 'lose-request' || fault === 'unavailable' || fault === 'nonsense') {
      await this.beforeAnswer?.(operation);
      throw new Unavailable(`The provider did not answer (${operation}).`);
    }
    const given = answer(fault);
    await this.beforeAnswer?.(operation);
    if (fault === 'lose-answer') throw new Unavailable(`The provider's answer was lost (${operation}).`);
    return given;
  }

  #get(id: string): FarPayment {
    const payment = this.#payments.get(id);
    if (!payment) throw new NotFound(`The provider has no payment ${id}.`);
    return payment;
  }

  #move(payment: FarPayment, state: ProviderPaymentState): void {
    payment.state = state;
    this.#tell(payment);
  }

  #tell(payment: FarPayment): void {
    if (this.onEvent && this.abilities.includes('webhooks')) this.onEvent(this.webhook(payment.id));
  }

  #refunded(payment: FarPayment): number {
    return payment.refunds.reduce((sum, refund) => (refund.state === 'error' ? sum : sum + refund.amountInPence), 0);
  }

  #left(payment: FarPayment): number {
    return payment.state === 'succeeded' ? payment.asked.amountInPence - this.#refunded(payment) : 0;
  }

  #view(payment: FarPayment): ProviderPayment {
    const isOpen = OPEN.includes(payment.state);
    if (isOpen) payment.visits += 1;
    return {
      providerPaymentId: payment.id, state: payment.state, amountInPence: payment.asked.amountInPence, reference: payment.asked.reference,
      ...(isOpen ? { nextUrl: `https://pay.example/${payment.id}/${payment.visits}` } : {}),
      canBeCancelled: isOpen, refundableInPence: this.#left(payment),
      ...(payment.state === 'failed' ? { failureCode: 'declined' } : {}),
      ...(payment.state === 'succeeded' ? { method: { brand: 'visa', lastDigits: '4242' }, paidAt: this.now() } : {}),
      ...(payment.settledOn ? { settledOn: payment.settledOn } : {}),
    };
  }

  #viewRefund(refund: FarRefund): ProviderRefund {
    return { providerRefundId: refund.id, amountInPence: refund.amountInPence, state: refund.state, ...(this.abilities.includes('idempotent-refunds') ? { key: refund.key } : {}) };
  }

  #sign(time: string, rawBody: Uint8Array): string {
    return createHmac('sha256', this.#secret).update(`${time}.`).update(rawBody).digest('hex');
  }
}

function pageOf<Item>(found: readonly Item[], after: string | undefined): { readonly items: readonly Item[]; readonly next: { readonly next?: string } } {
  const start = Number(after ?? 0);
  const end = start + TO_A_PAGE;
  return { items: found.slice(start, end), next: end < found.length ? { next: String(end) } : {} };
}

function isSame(one: NewProviderPayment, other: NewProviderPayment): boolean {
  return one.amountInPence === other.amountInPence && one.description === other.description && one.reference === other.reference && one.returnUrl === other.returnUrl
    && one.language === other.language && one.email === other.email;
}

function parse(rawBody: Uint8Array): { readonly id?: unknown; readonly payment?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(rawBody).toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch { return undefined; }
}
