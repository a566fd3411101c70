import { json, record, type Answer } from '@guildhall/payments-contract/far-end';
import type { FarOrder, FarPayment, FarRefund, PaymentBook } from './payment-book';

/** The API that a council calls. */
export class PayByBankApi {
  constructor(private readonly book: PaymentBook, private readonly origin: () => string) {}

  create(account: string, key: string, body: string): Answer {
    const order = orderIn(body);
    if (!order || key === '') return json(400, { code: 'not-understood' });
    const payment = this.book.create(account, key, order);
    return payment ? json(201, this.view(payment)) : json(409, { code: 'key-reused' });
  }

  fetch(account: string, id: string): Answer { return this.#with(account, id, (payment) => json(200, this.view(payment))); }

  cancel(account: string, id: string): Answer {
    return this.#with(account, id, (payment) => {
      if (payment.state !== 'choosing-bank' && payment.state !== 'abandoned') return json(409, { code: 'over' });
      this.book.move(payment, 'abandoned');
      return json(200, this.view(payment));
    });
  }

  refund(account: string, id: string, key: string, body: string): Answer {
    return this.#with(account, id, (payment) => {
      const { pence, left } = record(body) ?? {};
      if (key === '' || !isPence(pence)) return json(400, { code: 'not-understood' });
      const refund = this.book.refund(payment, { key, pence, ...(isPence(left) ? { left } : {}) });
      return typeof refund === 'string' ? json(409, { code: refund }) : json(201, viewOfRefund(refund));
    });
  }

  refunds(account: string, id: string): Answer { return this.#with(account, id, ({ refunds }) => json(200, { refunds: refunds.map(viewOfRefund) })); }

  #with(account: string, id: string, does: (payment: FarPayment) => Answer): Answer {
    const payment = this.book.of(account, id);
    return payment ? does(payment) : json(404, { code: 'not-found' });
  }

  private view(payment: FarPayment): object {
    const { id, state, order, receivedAt, bank } = payment;
    return {
      id, state, pence: order.pence, reference: order.reference,
      ...(state === 'choosing-bank' ? { page: `${this.origin()}/choose-bank/${id}?lang=${order.language}` } : {}),
      ...(state === 'received' ? { refundable: this.book.left(payment), receivedAt: receivedAt?.toISOString(), account: { bank, lastDigits: '0042' } } : {}),
      ...(state === 'rejected' || state === 'faulty' ? { because: state } : {}),
    };
  }
}

function viewOfRefund({ id, key, pence, state }: FarRefund): object { return { id, key, pence, state }; }
function isPence(value: unknown): value is number { return typeof value === 'number' && Number.isSafeInteger(value) && value > 0; }

function orderIn(body: string): FarOrder | undefined {
  const { pence, reference, description, returnUrl, language } = record(body) ?? {};
  if (!isPence(pence) || typeof reference !== 'string' || typeof description !== 'string') return undefined;
  if (typeof returnUrl !== 'string' || !/^https?:\/\//.test(returnUrl) || (language !== 'en' && language !== 'cy')) return undefined;
  return { pence, reference, description, returnUrl, language };
}
