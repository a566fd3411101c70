import { randomBytes } from 'node:crypto';

/** The API's own words for where a transfer stands. */
export type FarState = 'choosing-bank' | 'with-bank' | 'received' | 'rejected' | 'abandoned' | 'lapsed' | 'faulty';
/** What was asked for. */
export interface FarOrder { readonly pence: number; readonly reference: string; readonly description: string; readonly returnUrl: string; readonly language: 'en' | 'cy' }
/** What was sent back to the payer's account: banks send some of it back again, when that has been closed. */
export interface FarRefund { readonly id: string; readonly key: string; readonly pence: number; state: 'sent' | 'arrived' | 'returned' }
/** A transfer as the simulator has it. */
export interface FarPayment { readonly id: string; readonly account: string; readonly key: string; readonly order: FarOrder; readonly refunds: FarRefund[]; state: FarState; receivedAt?: Date; bank?: string }

/** Every transfer that was asked for since the simulator started, by account. */
export class PaymentBook {
  readonly #payments = new Map<string, FarPayment>();

  constructor(private readonly now: () => Date) {}

  /** A new transfer, or the one that its key has made; nothing when that was another one. */
  create(account: string, key: string, order: FarOrder): FarPayment | undefined {
    const made = this.all().find((payment) => payment.account === account && payment.key === key);
    if (made) return JSON.stringify(made.order) === JSON.stringify(order) ? made : undefined;
    const payment: FarPayment = { id: randomBytes(13).toString('hex'), account, key, order, refunds: [], state: 'choosing-bank' };
    this.#payments.set(payment.id, payment);
    return payment;
  }

  all(): readonly FarPayment[] { return [...this.#payments.values()]; }

  /** @throws RangeError when there is none */
  find(id: string): FarPayment {
    const payment = this.#payments.get(id);
    if (!payment) throw new RangeError(`There is no transfer ${id}.`);
    return payment;
  }

  /** What an account may see of it. */
  of(account: string, id: string): FarPayment | undefined {
    const payment = this.#payments.get(id);
    return payment?.account === account ? payment : undefined;
  }

  /** What is over stays as it is, but for money that arrives when nobody waits for it any more: the bank had it all along. */
  move(payment: FarPayment, state: FarState, bank = 'Bank of Testham'): void {
    const isOpen = payment.state === 'choosing-bank' || payment.state === 'with-bank';
    if (!isOpen && !(payment.state === 'lapsed' && state === 'received')) return;
    payment.state = state;
    if (state === 'received') Object.assign(payment, { receivedAt: this.now(), bank });
  }

  /** What may still be sent back: what the bank returned is here again. */
  left(payment: FarPayment): number { return payment.order.pence - this.sentBack(payment); }
  sentBack(payment: FarPayment): number { return payment.refunds.filter(({ state }) => state !== 'returned').reduce((sum, { pence }) => sum + pence, 0); }

  /** Sends money back, or says in the API's words why not. */
  refund(payment: FarPayment, asked: { readonly key: string; readonly pence: number; readonly left?: number }): FarRefund | string {
    const made = payment.refunds.find(({ key }) => key === asked.key);
    if (made) return made.pence === asked.pence ? made : 'key-reused';
    if (payment.state !== 'received') return 'not-received';
    if (asked.left !== undefined && asked.left !== this.left(payment)) return 'amount-changed';
    if (asked.pence > this.left(payment)) return 'more-than-left';
    const refund: FarRefund = { id: randomBytes(8).toString('hex'), key: asked.key, pence: asked.pence, state: 'sent' };
    payment.refunds.push(refund);
    return refund;
  }

  /** What was on its way back arrives, or is returned. */
  finishRefunds(state: 'arrived' | 'returned'): void {
    for (const { refunds } of this.all()) for (const refund of refunds) if (refund.state === 'sent') refund.state = state;
  }
}
