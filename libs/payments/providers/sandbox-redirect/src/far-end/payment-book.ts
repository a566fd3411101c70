import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';

/** The words of the API for where a payment stands. `error` and the reasons of `failed` are told apart by their code. */
export type FarStatus = 'created' | 'started' | 'submitted' | 'success' | 'failed' | 'cancelled' | 'error';
/** P0010 rejected, P0020 expired, P0030 cancelled by the payer, P0040 cancelled by the service, P0050 an error. */
export type FarCode = 'P0010' | 'P0020' | 'P0030' | 'P0040' | 'P0050';
/** @internal */
export interface FarCard { readonly brand: string; readonly lastDigits: string; readonly holder: string }

/** What a service asked for. */
export interface FarOrder {
  readonly amount: number;
  readonly reference: string;
  readonly description: string;
  readonly returnUrl: string;
  readonly language: 'en' | 'cy';
  readonly email?: string;
}
/** Money that went, or is going, back. */
export interface FarRefund { readonly id: string; readonly amount: number; status: 'submitted' | 'success' | 'error'; readonly createdAt: Date; readonly finishesAt: Date }
/** A payment in the book. */
export interface FarPayment {
  readonly id: string;
  readonly account: string;
  readonly key: string | undefined;
  readonly order: FarOrder;
  readonly createdAt: Date;
  status: FarStatus;
  code?: FarCode;
  card?: FarCard;
  decidedAt?: Date;
  /** When a slow bank makes up its mind. */
  decidesAt?: Date;
  readonly usedVisits: Set<string>;
  readonly refunds: FarRefund[];
}

type Entry =
  | { readonly what: 'opened'; readonly secret: string }
  | { readonly what: 'account'; readonly account: string; readonly keyHash: string }
  | { readonly what: 'created'; readonly id: string; readonly account: string; readonly key?: string; readonly order: FarOrder }
  | { readonly what: 'visited'; readonly id: string; readonly visit: string }
  | { readonly what: 'moved'; readonly id: string; readonly status: FarStatus; readonly code?: FarCode; readonly card?: FarCard; readonly decidesAt?: string }
  | { readonly what: 'refunded'; readonly id: string; readonly refund: string; readonly amount: number; readonly status: FarRefund['status']; readonly finishesAt: string }
  | { readonly what: 'refund-moved'; readonly id: string; readonly refund: string; readonly status: FarRefund['status'] };

/** How long things take at the far end. */
export interface FarTimes { readonly expiresAfterInSeconds: number; readonly refundsTakeInSeconds: number; readonly slowBankInSeconds: number }

/**
 * The far end's own book: a file to which lines are only ever added, each on disk before anybody is answered. What it holds is what a restart finds.
 */
export class PaymentBook {
  readonly #payments = new Map<string, FarPayment>();
  readonly #byKey = new Map<string, FarPayment>();
  readonly #accounts = new Map<string, string>();
  readonly #file: number;
  #secret = '';

  constructor(folder: string, private readonly times: FarTimes, private readonly now: () => Date) {
    mkdirSync(folder, { recursive: true });
    const at = path.join(folder, 'book.jsonl');
    const text = existsSync(at) ? readFileSync(at, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) if (line) { const { at: when, ...entry } = JSON.parse(line) as Entry & { readonly at: string }; this.#apply(entry, new Date(when)); }
    this.#file = openSync(at, 'a');
    // A line that was cut off by a crash was never answered.
    if (whole.length < text.length) ftruncateSync(this.#file, Buffer.byteLength(whole));
    if (!this.#secret) this.#write({ what: 'opened', secret: randomBytes(32).toString('hex') });
  }

  close(): void { closeSync(this.#file); }

  /** Whether the key opens this account. The first key that comes for an account is its key from then on. */
  opens(account: string, key: string): boolean {
    const given = createHash('sha256').update(key).digest('hex');
    const known = this.#accounts.get(account);
    if (known === undefined) { this.#write({ what: 'account', account, keyHash: given }); return true; }
    return timingSafeEqual(Buffer.from(known), Buffer.from(given));
  }

  create(account: string, key: string | undefined, order: FarOrder): { readonly payment: FarPayment; readonly kind: 'new' | 'same' | 'other' } {
    const known = key === undefined ? undefined : this.#byKey.get(`${account} ${key}`);
    if (known) return { payment: this.#current(known), kind: JSON.stringify(known.order) === JSON.stringify(order) ? 'same' : 'other' };
    const id = randomBytes(16).toString('base64url').replace(/[-_]/g, '0').toLowerCase();
    this.#write({ what: 'created', id, account, ...(key === undefined ? {} : { key }), order });
    return { payment: this.#known(id), kind: 'new' };
  }

  find(id: string): FarPayment | undefined {
    const payment = this.#payments.get(id);
    return payment && this.#current(payment);
  }

  all(): readonly FarPayment[] { return [...this.#payments.values()].map((payment) => this.#current(payment)); }

  isOpen(payment: FarPayment): boolean { return payment.status === 'created' || payment.status === 'started'; }

  move(payment: FarPayment, status: FarStatus, more: { readonly code?: FarCode; readonly card?: FarCard; readonly isSlow?: boolean } = {}): void {
    this.#write({
      what: 'moved', id: payment.id, status, ...(more.code ? { code: more.code } : {}), ...(more.card ? { card: more.card } : {}),
      ...(more.isSlow ? { decidesAt: new Date(this.now().getTime() + this.times.slowBankInSeconds * 1000).toISOString() } : {}),
    });
  }

  left(payment: FarPayment): number {
    return payment.status === 'success' ? payment.refunds.reduce((left, refund) => (refund.status === 'error' ? left : left - refund.amount), payment.order.amount) : 0;
  }

  refund(payment: FarPayment, amount: number, status: FarRefund['status'] = 'submitted'): FarRefund {
    const refund = randomBytes(13).toString('hex');
    this.#write({ what: 'refunded', id: payment.id, refund, amount, status, finishesAt: new Date(this.now().getTime() + this.times.refundsTakeInSeconds * 1000).toISOString() });
    const made = payment.refunds.at(-1);
    if (!made) throw new Error('A refund that was written is missing.');
    return made;
  }

  moveRefund(payment: FarPayment, refund: FarRefund, status: FarRefund['status']): void {
    this.#write({ what: 'refund-moved', id: payment.id, refund: refund.id, status });
  }

  /** A ticket that lets one browser in once. It needs no line in the book: only its use does. */
  newVisit(payment: FarPayment): string {
    const visit = randomBytes(9).toString('hex');
    return `${payment.id}.${visit}.${this.#seal(`visit ${payment.id} ${visit}`)}`;
  }

  /** The payment of a ticket, and whether it is used for the first time. */
  useVisit(ticket: string): { readonly payment: FarPayment; readonly isFirst: boolean } | undefined {
    const [id = '', visit = '', seal = ''] = ticket.split('.');
    const payment = this.find(id);
    if (!payment || !isSame(seal, this.#seal(`visit ${id} ${visit}`))) return undefined;
    if (payment.usedVisits.has(visit)) return { payment, isFirst: false };
    this.#write({ what: 'visited', id, visit });
    return { payment, isFirst: true };
  }

  /** What a browser that was let in carries as its cookie. */
  browserSeal(payment: FarPayment): string { return this.#seal(`browser ${payment.id}`); }

  isLetIn(payment: FarPayment, cookie: string | undefined): boolean { return cookie !== undefined && isSame(cookie, this.browserSeal(payment)); }

  /** Brings a payment up to now: what time does by itself. */
  #current(payment: FarPayment): FarPayment {
    const now = this.now().getTime();
    if (this.isOpen(payment) && now >= payment.createdAt.getTime() + this.times.expiresAfterInSeconds * 1000) this.move(payment, 'failed', { code: 'P0020' });
    if (payment.status === 'submitted' && payment.decidesAt && now >= payment.decidesAt.getTime()) this.move(payment, 'success');
    for (const refund of payment.refunds) if (refund.status === 'submitted' && now >= refund.finishesAt.getTime()) this.moveRefund(payment, refund, 'success');
    return payment;
  }

  #seal(text: string): string { return createHmac('sha256', this.#secret).update(text).digest('hex').slice(0, 40); }

  #write(entry: Entry): void {
    const at = this.now();
    writeSync(this.#file, `${JSON.stringify({ at: at.toISOString(), ...entry })}\n`);
    fdatasyncSync(this.#file);
    this.#apply(entry, at);
  }

  #known(id: string): FarPayment {
    const payment = this.#payments.get(id);
    if (!payment) throw new Error(`The book has a line about the payment ${id}, which it does not have.`);
    return payment;
  }

  #apply(entry: Entry, at: Date): void {
    switch (entry.what) {
      case 'opened': this.#secret = entry.secret; return;
      case 'account': this.#accounts.set(entry.account, entry.keyHash); return;
      case 'created': {
        const payment: FarPayment = { id: entry.id, account: entry.account, key: entry.key, order: entry.order, createdAt: at, status: 'created', usedVisits: new Set(), refunds: [] };
        this.#payments.set(entry.id, payment);
        if (entry.key !== undefined) this.#byKey.set(`${entry.account} ${entry.key}`, payment);
        return;
      }
      case 'visited': this.#known(entry.id).usedVisits.add(entry.visit); return;
      case 'moved': {
        const payment = this.#known(entry.id);
        payment.status = entry.status;
        payment.code = entry.code;
        payment.card = entry.card ?? payment.card;
        payment.decidesAt = entry.decidesAt ? new Date(entry.decidesAt) : undefined;
        if (!this.isOpen(payment) && entry.status !== 'submitted') payment.decidedAt = at;
        return;
      }
      case 'refunded': this.#known(entry.id).refunds.push({ id: entry.refund, amount: entry.amount, status: entry.status, createdAt: at, finishesAt: new Date(entry.finishesAt) }); return;
      case 'refund-moved': {
        const refund = this.#known(entry.id).refunds.find((one) => one.id === entry.refund);
        if (refund) refund.status = entry.status;
      }
    }
  }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
