import type { Answer, CardErrors, CardForm, PageLanguage } from '@guildhall/payments-contract/far-end';
import { CardPage, goTo, html } from '@guildhall/payments-contract/far-end';
import type { Accounts } from './accounts';
import { LOOK } from './card-page-look';
import type { KeptSession } from './kept-session';
import type { SessionBook } from './session-book';

/** The page, which also says what is amiss where there is nothing to pay. */
export const CARD_PAGE = new CardPage(LOOK);

/** The hosted page of a session: its address works as often as one likes, for as long as the session is open. A declined card leaves it open, and so does going back. It begins in English, as Stripe's does where it does not have the browser's language. */
export class PayerPages {
  constructor(private readonly book: SessionBook, private readonly accounts: Accounts, private readonly now: () => Date) {}

  show(id: string, query: URLSearchParams): Answer {
    return this.#open(id, query, (session, language) => this.#page(session, language, CARD_PAGE.known({}, query.get('card'), this.now()), {}));
  }

  pay(id: string, query: URLSearchParams, form: URLSearchParams): Answer {
    return this.#open(id, query, (session, language) => {
      const typed = CARD_PAGE.typed(form);
      const errors = CARD_PAGE.check(typed, language, this.now());
      const card = CARD_PAGE.card(typed);
      if (Object.keys(errors).length > 0 || !card) return this.#page(session, language, typed, errors);
      if (card.result === 'decline' || card.result === 'error') {
        this.book.decline(session, card.result === 'decline' ? { type: 'card_error', code: 'card_declined', declineCode: 'generic_decline' } : { type: 'card_error', code: 'processing_error' });
        return this.#page(session, language, typed, CARD_PAGE.declined(language));
      }
      if (card.result === 'slow') this.book.submit(session, true);
      else this.book.pay(session, { brand: card.brand, last4: card.number.slice(-4) });
      return goTo(session.order.successUrl);
    });
  }

  /** Back to the council: the session knows nothing of it. */
  goBack(id: string, query: URLSearchParams): Answer { return this.#open(id, query, (session) => goTo(session.order.cancelUrl ?? session.order.successUrl)); }

  /** Lets the time of the session be over. */
  expire(id: string, query: URLSearchParams): Answer {
    return this.#open(id, query, (session) => {
      session.expiresAt = Math.floor(this.now().getTime() / 1000);
      this.book.expire(session);
      return goTo(session.order.cancelUrl ?? session.order.successUrl);
    });
  }

  #open(id: string, query: URLSearchParams, then: (session: KeptSession, language: PageLanguage) => Answer): Answer {
    const session = this.book.find(id);
    const language = query.get('lang') === 'cy' ? 'cy' : 'en';
    if (!session) return html(404, CARD_PAGE.notice(language, 'notFound', undefined));
    return session.status === 'open' ? then(session, language) : html(410, CARD_PAGE.notice(language, 'over', session.order.cancelUrl ?? session.order.successUrl));
  }

  #page(session: KeptSession, language: PageLanguage, form: CardForm, errors: CardErrors): Answer {
    const { amount, name, reference = '', successUrl, cancelUrl } = session.order;
    const payee = this.accounts.find(session.account)?.name?.[language] ?? (language === 'cy' ? 'Cyngor ymarfer' : 'Practice council');
    return html(200, CARD_PAGE.show({ at: `/c/pay/${session.id}`, amountInPence: amount, description: name, reference, payee }, language, form, errors), [...new Set([successUrl, cancelUrl ?? successUrl].map((url) => new URL(url).origin))]);
  }
}
