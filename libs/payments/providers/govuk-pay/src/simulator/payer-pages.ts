import type { IncomingMessage } from 'node:http';
import type { Accounts } from './accounts';
import type { Answer } from './answers';
import { cookie, goTo, html } from './answers';
import type { KeptPayment, PayAddress } from './kept-payment';
import { isOpen } from './kept-payment';
import type { PaymentBook } from './payment-book';
import type { CardForm } from './payment-page';
import { cardPage, checkCardForm, noticePage } from './payment-page';
import { grouped, testCard } from './test-cards';

const EMPTY: CardForm = { cardNumber: '', expiryMonth: '', expiryYear: '', holder: '', securityCode: '', line1: '', line2: '', city: '', postcode: '' };

/** The pages that a payer's browser sees. Whatever happens to a payment here, the browser then goes back to the service, which asks the API. */
export class PayerPages {
  constructor(private readonly book: PaymentBook, private readonly accounts: Accounts, private readonly now: () => Date) {}

  /** A token from `next_url`: lets one browser in, once. */
  enter(request: IncomingMessage, token: string): Answer {
    const used = this.book.useToken(token);
    if (!used) return html(404, noticePage('en', 'notFound', undefined));
    const { payment, isFirst } = used;
    const { language, returnUrl = '/' } = payment.order;
    if (!isOpen(payment)) return html(410, noticePage(language, 'used', returnUrl));
    if (!isFirst && !isLetIn(request, payment)) return html(410, noticePage(language, 'used', returnUrl));
    if (payment.status === 'created') this.book.move(payment, 'started');
    return goTo(`/card_details/${payment.id}?lang=${language}`, { 'set-cookie': `${cookieName(payment)}=${payment.browserSeal}; Path=/card_details/; HttpOnly; SameSite=Lax` });
  }

  show(request: IncomingMessage, id: string, query: URLSearchParams): Answer {
    return this.#letIn(request, id, query, (payment, language) => {
      const { holder = '', address = {} } = payment.order;
      const known = { ...EMPTY, holder, line1: address.line1 ?? '', line2: address.line2 ?? '', city: address.city ?? '', postcode: address.postcode ?? '' };
      const card = testCard(query.get('card') ?? '');
      const filled = card ? { cardNumber: grouped(card.number), expiryMonth: '12', expiryYear: String((this.now().getUTCFullYear() + 3) % 100), holder: holder || 'Alex Example', securityCode: '123' } : {};
      return this.#page(payment, language, { ...known, ...filled }, {});
    });
  }

  pay(request: IncomingMessage, id: string, query: URLSearchParams, form: URLSearchParams): Answer {
    return this.#letIn(request, id, query, (payment, language) => {
      const typed: CardForm = Object.assign({}, EMPTY, Object.fromEntries(Object.keys(EMPTY).map((name) => [name, form.get(name) ?? ''])));
      const errors = checkCardForm(typed, language, this.now());
      const card = testCard(typed.cardNumber);
      if (Object.keys(errors).length > 0 || !card) return this.#page(payment, language, { ...typed, securityCode: '' }, errors);
      const address: PayAddress = { line1: typed.line1, line2: typed.line2, city: typed.city, postcode: typed.postcode, country: payment.order.address?.country ?? 'GB' };
      const used = { brand: card.brand, number: card.number, holder: typed.holder.trim().slice(0, 255), expiry: `${typed.expiryMonth.padStart(2, '0')}/${typed.expiryYear.slice(-2)}`, ...(typed.line1 ? { address } : {}) };
      if (card.result === 'succeed') this.book.authorise(payment, used);
      else if (card.result === 'decline') this.book.move(payment, 'failed', { card: used, code: 'P0010' });
      else if (card.result === 'error') this.book.move(payment, 'error', { card: used, code: 'P0050' });
      else this.book.move(payment, 'submitted', { card: used, isSlow: true });
      return goTo(payment.order.returnUrl ?? '/');
    });
  }

  end(request: IncomingMessage, id: string, query: URLSearchParams, code: 'P0030' | 'P0020'): Answer {
    return this.#letIn(request, id, query, (payment) => {
      this.book.move(payment, 'failed', { code });
      return goTo(payment.order.returnUrl ?? '/');
    });
  }

  #letIn(request: IncomingMessage, id: string, query: URLSearchParams, then: (payment: KeptPayment, language: 'en' | 'cy') => Answer): Answer {
    const payment = this.book.find(id);
    const asked = query.get('lang');
    const language = asked === 'en' || asked === 'cy' ? asked : (payment?.order.language ?? 'en');
    if (!payment || !isLetIn(request, payment)) return html(404, noticePage(language, 'notFound', undefined));
    // Paid in another tab, expired, or the button pressed twice: the service knows what to say.
    return isOpen(payment) ? then(payment, language) : goTo(payment.order.returnUrl ?? '/');
  }

  #page(payment: KeptPayment, language: 'en' | 'cy', form: CardForm, errors: ReturnType<typeof checkCardForm>): Answer {
    const payee = this.accounts.find(payment.account)?.name?.[language] ?? (language === 'cy' ? 'Cyngor ymarfer' : 'Practice council');
    return html(200, cardPage(payment, payee, language, form, errors), payment.order.returnUrl ? [new URL(payment.order.returnUrl).origin] : []);
  }
}

function cookieName(payment: KeptPayment): string { return `simulated-pay-${payment.id}`; }
function isLetIn(request: IncomingMessage, payment: KeptPayment): boolean { return cookie(request, cookieName(payment)) === payment.browserSeal; }
