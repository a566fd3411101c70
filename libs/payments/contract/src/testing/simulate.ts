import type { Ids, RequestContext } from '@guildhall/kernel-contract';
import { isGuildhallError } from '@guildhall/kernel-contract';
import type { PaymentId, PaymentState, PaymentsApi, WebhookDelivery } from '../index';
import { PAYMENT_STATES, REFUND_STATES, paymentId, refundId } from '../index';
import type { PayerDoes } from './far-end';
import { InMemoryProvider } from './in-memory-provider';

/** Payments that a history is played on. @public */
export interface SimulatedPayments {
  readonly payments: PaymentsApi;
  /** Lets the reconciling work run, as if its time had come. */
  reconcile(): Promise<void>;
  webhook(delivery: WebhookDelivery): Promise<void>;
  /** Money of one payment by our own ledger, in pence; and how many of its attempts are known to the provider and not over. */
  books(paymentId: PaymentId): Promise<{ readonly booked: number; readonly surplus: number; readonly paidBack: number; readonly waiting: number }>;
  /** The events of one payment. */
  published(paymentId: PaymentId): Promise<readonly { readonly type: string; readonly amountInPence: number }[]>;
}

/** A history that broke a rule: the seed plays it again. @public */
export class Violation extends Error {
  constructor(readonly seed: number, readonly rule: string, readonly steps: readonly string[]) {
    super(`Seed ${seed} breaks a rule: ${rule}\n${steps.map((step) => `  ${step}`).join('\n')}`);
  }
}

/** Numbers that look random and repeat with their seed (mulberry32). @public */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Who acts in a history. @public */
export interface SimulatedPeople { readonly resident: RequestContext; readonly manager: RequestContext }

const REACHABLE = reachableStates();

/**
 * Plays one history of a payment: tabs, payers and officers act while answers are lost, late, out of order or never come because the process died, and webhooks are doubled, delayed, shuffled and forged.
 * Then everything comes to rest and the rules are checked.
 * @public
 * @throws Violation with the seed and the steps
 */
export async function playHistory(seed: number, far: InMemoryProvider, target: SimulatedPayments, people: SimulatedPeople, ids: Ids): Promise<void> {
  await new History(seed, far, target, people, ids).play();
}

class History {
  readonly #random: () => number;
  readonly #steps: string[] = [];
  readonly #held: (() => void)[] = [];
  readonly #deliveries: WebhookDelivery[] = [];
  readonly #urls: string[] = [];
  readonly #paymentId: PaymentId;
  readonly #reference: string;
  readonly #amount: number;
  #running = 0;
  #isHolding = false;
  #seen: PaymentState = 'requested';
  #failure: unknown;
  #changed: () => void = () => undefined;
  #refundKeys = 0;

  constructor(private readonly seed: number, private readonly far: InMemoryProvider, private readonly target: SimulatedPayments, private readonly people: SimulatedPeople, ids: Ids) {
    this.#random = seededNumbers(seed);
    this.#paymentId = paymentId(ids.uuid());
    this.#reference = `SIM-${this.#paymentId.slice(-12)}`;
    this.#amount = 1 + Math.floor(this.#random() * 5000);
  }

  async play(): Promise<void> {
    const { far } = this;
    far.beforeAnswer = () => (this.#isHolding ? new Promise<void>((resolve) => { this.#held.push(resolve); this.#changed(); }) : Promise.resolve());
    far.onEvent = (delivery) => { this.#deliveries.push(delivery); };
    const asked = await this.target.payments.request(this.people.resident, {
      paymentId: this.#paymentId, idempotencyKey: `simulated-${this.#paymentId}`, reference: this.#reference, description: { en: 'Simulated', cy: 'Efelychiad' }, subject: { type: 'simulation', id: String(this.seed) },
      lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: this.#amount, ledgerCode: 'SIM', vatRate: 'standard' }], returnPath: '/', language: 'en',
    });
    if (!asked.ok) this.#violated(`a payment could not be asked for: ${asked.refusal.reason}`);
    const steps = 4 + Math.floor(this.#random() * 14);
    for (let step = 0; step < steps; step++) {
      await this.#act();
      await this.#watch();
    }
    await this.#rest();
    await this.#check();
    far.beforeAnswer = undefined;
    far.onEvent = undefined;
  }

  async #act(): Promise<void> {
    const { payments } = this.target;
    const { resident, manager } = this.people;
    // Early on, more of what gets money moving; once it has moved, more of what moves it back.
    const isPaid = this.#seen === 'succeeded';
    const dice = isPaid && this.#random() < 0.25 ? 0.7 : this.#urls.length === 0 && this.#random() < 0.5 ? 0 : this.#random();
    if (dice < 0.2) return this.#launch('start', async () => {
      const started = await payments.start(resident, this.#paymentId);
      if (started.ok) this.#urls.push(started.value.nextUrl);
    });
    if (dice < 0.42) return this.#payer();
    if (dice < 0.52) return this.#launch('refresh', async () => { await payments.refresh(resident, this.#paymentId); });
    if (dice < 0.64) return this.#deliver();
    if (dice < 0.67) return this.#launch('withdraw', async () => { await payments.withdraw(resident, this.#paymentId); });
    if (dice < 0.75) return this.#refund(manager);
    if (dice < 0.79) return this.#launch('reconcile', () => this.target.reconcile());
    if (dice < 0.87) return this.#fault();
    if (dice < 0.92) { this.#isHolding = !this.#isHolding; this.#note(this.#isHolding ? 'answers are held' : 'answers come at once'); return; }
    if (dice < 0.96) return this.#release();
    if (dice < 0.98) return this.#crash();
    const paid = this.#farPayments().find((payment) => payment.state === 'succeeded' && payment.amountInPence - payment.refundedInPence > 0);
    if (dice < 0.985 && paid) { this.#note('back office refunds a penny'); this.far.refundOutside(paid.providerPaymentId, 1); return; }
    this.#note('refunds on their way end');
    this.far.finishRefunds(this.#random() < 0.8 ? 'succeeded' : 'error');
  }

  /** Begins something, and goes on when it has ended or waits for an answer that is held. */
  async #launch(what: string, work: () => Promise<void>): Promise<void> {
    this.#note(what);
    this.#running += 1;
    void work().catch((error: unknown) => {
      if (!isGuildhallError(error) || error.code !== 'unavailable') this.#failure ??= error;
    }).finally(() => { this.#running -= 1; this.#changed(); });
    await this.#idle();
  }

  async #idle(): Promise<void> {
    while (this.#running > this.#held.length) await new Promise<void>((resolve) => { this.#changed = resolve; });
    if (this.#failure) this.#violated(`something else than Unavailable was thrown: ${this.#failure instanceof Error ? (this.#failure.stack ?? this.#failure.message) : String(this.#failure)}`);
  }

  #payer(): void {
    const url = this.#urls[Math.floor(this.#random() * this.#urls.length)];
    const isVisited = this.#farPayments().some((payment) => payment.state !== 'created');
    if (url && (!isVisited || this.#random() < 0.3)) { this.#note(`payer opens ${url}: ${this.far.visit(url)}`); return; }
    const visited = this.#farPayments().filter((payment) => payment.state !== 'created');
    const payment = visited[Math.floor(this.#random() * visited.length)];
    if (!payment) return;
    const choices: readonly PayerDoes[] = ['succeed', 'succeed', 'succeed', 'decline', 'cancel', 'expire', 'error', 'submit'];
    const does = choices[Math.floor(this.#random() * choices.length)] ?? 'succeed';
    this.#note(`${payment.providerPaymentId}: ${does}`);
    this.far.payerDoes(payment.providerPaymentId, does);
  }

  async #deliver(): Promise<void> {
    const at = Math.floor(this.#random() * this.#deliveries.length);
    const delivery = this.#deliveries[at];
    if (!delivery) return;
    if (this.#random() < 0.15) return this.#launch('forged webhook', () => this.target.webhook({ ...delivery, rawBody: Buffer.concat([delivery.rawBody, Buffer.from(' ')]) }));
    if (this.#random() < 0.7) this.#deliveries.splice(at, 1);
    return this.#launch(`webhook ${at}`, () => this.target.webhook(delivery));
  }

  #refund(manager: RequestContext): Promise<void> {
    const isRepeat = this.#refundKeys > 0 && this.#random() < 0.3;
    if (!isRepeat) this.#refundKeys += 1;
    const key = this.#refundKeys;
    // The same key has the same body: the amount and the id come from the key.
    const amountInPence = key % 2 === 0 ? this.#amount : 1 + Math.floor(this.#amount / 3);
    const id = refundId(`${this.#paymentId.slice(0, 24)}${this.#paymentId.slice(24, 34)}${String(key).padStart(2, '0')}`);
    return this.#launch(`refund ${key} of ${amountInPence}`, async () => {
      await this.target.payments.refund(manager, { paymentId: this.#paymentId, refundId: id, idempotencyKey: `refund-${id}`, amountInPence, reason: 'Simulated' });
    });
  }

  #fault(): void {
    const operation = (['create', 'fetch', 'cancel', 'refund', 'refunds'] as const)[Math.floor(this.#random() * 5)] ?? 'fetch';
    const faults = operation === 'fetch' ? (['lose-answer', 'lose-request', 'unknown-state'] as const) : (['lose-answer', 'lose-request', 'lose-answer'] as const);
    const fault = faults[Math.floor(this.#random() * 3)] ?? 'lose-answer';
    this.#note(`next ${operation}: ${fault}`);
    this.far.failNext(operation, fault);
  }

  async #release(): Promise<void> {
    const at = Math.floor(this.#random() * this.#held.length);
    const [release] = this.#held.splice(at, 1);
    if (!release) return;
    this.#note(`answer ${at} arrives`);
    release();
    await this.#idle();
  }

  /** The process dies: whoever waited for an answer never gets it. */
  #crash(): void {
    this.#note(`crash with ${this.#held.length} under way`);
    this.#running -= this.#held.length;
    this.#held.length = 0;
  }

  /** Everybody stops, every answer arrives, the far end comes to the end of everything, and the reconciling work has its time. */
  async #rest(): Promise<void> {
    this.#note('all comes to rest');
    this.#isHolding = false;
    this.far.clearFaults();
    while (this.#held.length > 0) await this.#release();
    for (const payment of this.#farPayments()) {
      if (payment.state === 'created' || payment.state === 'started') this.far.payerDoes(payment.providerPaymentId, 'expire');
      if (payment.state === 'submitted') this.far.payerDoes(payment.providerPaymentId, this.#random() < 0.5 ? 'succeed' : 'decline');
    }
    if (this.#random() < 0.5) while (this.#deliveries.length > 0) await this.#deliver();
    for (let round = 0; round < 40; round++) {
      await this.#launch('reconcile', () => this.target.reconcile());
      this.far.finishRefunds('succeeded');
      if (await this.#isAtRest()) return;
    }
  }

  /** Nothing is under way, and our books say what the provider's say. When it never comes to that, the rules are broken. */
  async #isAtRest(): Promise<boolean> {
    const { booked, surplus, paidBack, waiting } = await this.target.books(this.#paymentId);
    const { refunds } = await this.target.payments.find(this.people.manager, this.#paymentId);
    const { captured, givenBack } = this.#farBooks();
    return waiting === 0 && booked + surplus === captured && paidBack === givenBack && paidBack >= surplus && refunds.every((refund) => !REFUND_STATES[refund.state].isOpen);
  }

  async #watch(): Promise<void> {
    const { state } = await this.target.payments.find(this.people.manager, this.#paymentId);
    if (state !== this.#seen && !REACHABLE[this.#seen].has(state)) this.#violated(`the payment went from ${this.#seen} to ${state}`);
    this.#seen = state;
  }

  async #check(): Promise<void> {
    const payment = await this.target.payments.find(this.people.manager, this.#paymentId);
    const books = await this.target.books(this.#paymentId);
    const published = await this.target.published(this.#paymentId);
    const far = this.#farPayments();
    const { captured, givenBack } = this.#farBooks();
    const told = published.filter((event) => event.type === 'payments.payment-succeeded');
    const toldBack = published.filter((event) => event.type === 'payments.payment-refunded').reduce((sum, event) => sum + event.amountInPence, 0);
    const ownBack = payment.refunds.filter((refund) => refund.state === 'succeeded' && !refund.isOfSurplus).reduce((sum, refund) => sum + refund.amountInPence, 0);
    this.#must(books.booked === 0 || books.booked === this.#amount, `booked ${books.booked} of ${this.#amount}`);
    this.#must(books.booked + books.surplus === captured, `the provider took ${captured}, we have ${books.booked} and ${books.surplus} of surplus`);
    this.#must(books.paidBack === givenBack, `the provider gave back ${givenBack}, we have ${books.paidBack}`);
    this.#must(givenBack >= books.surplus, `of ${books.surplus} of surplus only ${givenBack} went back`);
    this.#must(PAYMENT_STATES[payment.state].isPaid === (books.booked > 0), `it is ${payment.state} with ${books.booked} booked`);
    this.#must(told.length === (books.booked > 0 ? 1 : 0), `success was told ${told.length} times`);
    this.#must(toldBack === ownBack, `${toldBack} was told as paid back, ${ownBack} was`);
    this.#must(payment.refunds.every((refund) => !REFUND_STATES[refund.state].isOpen), 'a refund is still under way');
    this.#must(books.waiting === 0, `${books.waiting} attempts are still under way`);
    this.#must(payment.refundableInPence === Math.max(0, books.booked - ownBack), `${payment.refundableInPence} can be paid back of ${books.booked} less ${ownBack}`);
    this.#must(far.filter((one) => one.state === 'succeeded').length <= payment.attempts, 'the provider was paid more often than we sent the payer there');
  }

  #farBooks(): { readonly captured: number; readonly givenBack: number } {
    const far = this.#farPayments();
    return { captured: far.reduce((sum, one) => (one.state === 'succeeded' ? sum + one.amountInPence : sum), 0), givenBack: far.reduce((sum, one) => sum + one.refundedInPence, 0) };
  }

  #farPayments(): ReturnType<InMemoryProvider['payments']> { return this.far.payments(this.#reference); }
  #note(step: string): void { this.#steps.push(step); }
  #must(isSo: boolean, otherwise: string): void { if (!isSo) this.#violated(otherwise); }
  #violated(rule: string): never { throw new Violation(this.seed, rule, this.#steps); }
}

function reachableStates(): Readonly<Record<PaymentState, ReadonlySet<PaymentState>>> {
  const from = (start: PaymentState): ReadonlySet<PaymentState> => {
    const found = new Set<PaymentState>();
    const walk = (state: PaymentState): void => { for (const next of PAYMENT_STATES[state].next) if (!found.has(next)) { found.add(next); walk(next); } };
    walk(start);
    return found;
  };
  return Object.fromEntries((Object.keys(PAYMENT_STATES) as PaymentState[]).map((state) => [state, from(state)])) as Record<PaymentState, ReadonlySet<PaymentState>>;
}
