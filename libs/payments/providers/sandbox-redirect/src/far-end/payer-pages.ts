import type { IncomingMessage } from 'node:http';
import type { Answer, CardErrors, CardForm } from '@guildhall/payments-contract/far-end';
import { CardPage, cookie, goTo, html } from '@guildhall/payments-contract/far-end';
import { LOOK } from './card-page-look';
import type { FarPayment, PaymentBook } from './payment-book';

/** The page, which also says what is amiss where there is nothing to pay. */
export const CARD_PAGE = new CardPage(LOOK);

/** The pages that a payer's browser sees. Whatever happens to a payment here, the browser then goes back to the service, which asks the API. */
export class PayerPages {
  constructor(private readonly book: PaymentBook, private readonly payeeOf: (account: string, language: 'en' | 'cy') => string, private readonly now: () => Date) {}

  /** A ticket from `next_url`: lets one browser in, once. */
  enter(request: IncomingMessage, ticket: string): Answer {
    const used = this.book.useVisit(ticket);
    if (!used) return html(404, CARD_PAGE.notice('en', 'notFound', undefined));
    const { payment, isFirst } = used;
    const { language, returnUrl } = payment.order;
    if (!isFirst && !this.book.isLetIn(payment, cookie(request, cookieName(payment)))) return html(410, CARD_PAGE.notice(language, 'used', returnUrl), [originOf(returnUrl)]);
    if (payment.status === 'created') this.book.move(payment, 'started');
    return goTo(`/card_details/${payment.id}?lang=${language}`, { 'set-cookie': `${cookieName(payment)}=${this.book.browserSeal(payment)}; Path=/card_details/; HttpOnly; SameSite=Lax` });
  }

  show(request: IncomingMessage, id: string, query: URLSearchParams): Answer {
    return this.#letIn(request, id, query, (payment, language) => {
      return this.#page(payment, language, CARD_PAGE.known({}, query.get('card'), this.now()), {});
    });
  }

  pay(request: IncomingMessage, id: string, query: URLSearchParams, form: URLSearchParams): Answer {
    return this.#letIn(request, id, query, (payment, language) => {
      const typed = CARD_PAGE.typed(form);
      const errors = CARD_PAGE.check(typed, language, this.now());
      const card = CARD_PAGE.card(typed);
      if (Object.keys(errors).length > 0 || !card) return this.#page(payment, language, typed, errors);
      const details = { card: { brand: card.brand, lastDigits: card.number.slice(-4), holder: typed.holder.trim().slice(0, 100) } };
      if (card.result === 'succeed') this.book.move(payment, 'success', details);
      else if (card.result === 'decline') this.book.move(payment, 'failed', { ...details, code: 'P0010' });
      else if (card.result === 'error') this.book.move(payment, 'error', { ...details, code: 'P0050' });
      else this.book.move(payment, 'submitted', { ...details, isSlow: true });
      return goTo(payment.order.returnUrl);
    });
  }

  end(request: IncomingMessage, id: string, query: URLSearchParams, code: 'P0030' | 'P0020'): Answer {
    return this.#letIn(request, id, query, (payment) => {
      this.book.move(payment, 'failed', { code });
      return goTo(payment.order.returnUrl);
    });
  }

  #letIn(request: IncomingMessage, id: string, query: URLSearchParams, then: (payment: FarPayment, language: 'en' | 'cy') => Answer): Answer {
    const payment = this.book.find(id);
    const asked = query.get('lang');
    const language = asked === 'en' || asked === 'cy' ? asked : (payment?.order.language ?? 'en');
    if (!payment || !this.book.isLetIn(payment, cookie(request, cookieName(payment)))) return html(404, CARD_PAGE.notice(language, 'notFound', undefined));
    // Paid in another tab, expired, or the button pressed twice: the service knows what to say.
    return this.book.isOpen(payment) ? then(payment, language) : goTo(payment.order.returnUrl);
  }

  #page(payment: FarPayment, language: 'en' | 'cy', form: CardForm, errors: CardErrors): Answer {
    const { amount, description, reference } = payment.order;
    const shown = { at: `/card_details/${payment.id}`, amountInPence: amount, description, reference, payee: this.payeeOf(payment.account, language) };
    return html(200, CARD_PAGE.show(shown, language, form, errors), [originOf(payment.order.returnUrl)]);
  }
}

function cookieName(payment: FarPayment): string { return `sandbox-redirect-${payment.id}`; }
function originOf(url: string): string { return new URL(url).origin; }
