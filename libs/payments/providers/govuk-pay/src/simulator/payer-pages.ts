import type { IncomingMessage } from 'node:http';
import type { Answer, CardErrors, CardForm } from '@guildhall/payments-contract/far-end';
import { CardPage, cookie, goTo, html } from '@guildhall/payments-contract/far-end';
import type { Accounts } from './accounts';
import { LOOK } from './card-page-look';
import type { KeptPayment, PayAddress } from './kept-payment';
import { isOpen } from './kept-payment';
import type { PaymentBook } from './payment-book';

/** The page, which also says what is amiss where there is nothing to pay. */
export const CARD_PAGE = new CardPage(LOOK);

/** The pages that a payer's browser sees. Whatever happens to a payment here, the browser then goes back to the service, which asks the API. */
export class PayerPages {
  constructor(private readonly book: PaymentBook, private readonly accounts: Accounts, private readonly now: () => Date) {}

  /** A token from `next_url`: lets one browser in, once. */
  enter(request: IncomingMessage, token: string): Answer {
    const used = this.book.useToken(token);
    if (!used) return html(404, CARD_PAGE.notice('en', 'notFound', undefined));
    const { payment, isFirst } = used;
    const { language, returnUrl = '/' } = payment.order;
    if (!isOpen(payment)) return html(410, CARD_PAGE.notice(language, 'used', returnUrl));
    if (!isFirst && !isLetIn(request, payment)) return html(410, CARD_PAGE.notice(language, 'used', returnUrl));
    if (payment.status === 'created') this.book.move(payment, 'started');
    return goTo(`/card_details/${payment.id}?lang=${language}`, { 'set-cookie': `${cookieName(payment)}=${payment.browserSeal}; Path=/card_details/; HttpOnly; SameSite=Lax` });
  }

  show(request: IncomingMessage, id: string, query: URLSearchParams): Answer {
    return this.#letIn(request, id, query, (payment, language) => {
      const { holder = '', address = {} } = payment.order;
      const known = { holder, line1: address.line1 ?? '', line2: address.line2 ?? '', city: address.city ?? '', postcode: address.postcode ?? '' };
      return this.#page(payment, language, CARD_PAGE.known(known, query.get('card'), this.now()), {});
    });
  }

  pay(request: IncomingMessage, id: string, query: URLSearchParams, form: URLSearchParams): Answer {
    return this.#letIn(request, id, query, (payment, language) => {
      const typed = CARD_PAGE.typed(form);
      const errors = CARD_PAGE.check(typed, language, this.now());
      const card = CARD_PAGE.card(typed);
      if (Object.keys(errors).length > 0 || !card) return this.#page(payment, language, typed, errors);
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
    if (!payment || !isLetIn(request, payment)) return html(404, CARD_PAGE.notice(language, 'notFound', undefined));
    // Paid in another tab, expired, or the button pressed twice: the service knows what to say.
    return isOpen(payment) ? then(payment, language) : goTo(payment.order.returnUrl ?? '/');
  }

  #page(payment: KeptPayment, language: 'en' | 'cy', form: CardForm, errors: CardErrors): Answer {
    const payee = this.accounts.find(payment.account)?.name?.[language] ?? (language === 'cy' ? 'Cyngor ymarfer' : 'Practice council');
    const { amount, description, reference, isMoto, setUpAgreement } = payment.order;
    // What the payer agrees to have taken from the card later, too.
    const agreement = this.book.agreements.find(setUpAgreement);
    const shown = { at: `/card_details/${payment.id}`, amountInPence: amount, description: agreement ? `${description} (${agreement.order.description})` : description, reference, payee, asksForAddress: !isMoto, isByTelephone: isMoto };
    return html(200, CARD_PAGE.show(shown, language, form, errors), payment.order.returnUrl ? [new URL(payment.order.returnUrl).origin] : []);
  }
}

function cookieName(payment: KeptPayment): string { return `simulated-pay-${payment.id}`; }
function isLetIn(request: IncomingMessage, payment: KeptPayment): boolean { return cookie(request, cookieName(payment)) === payment.browserSeal; }
