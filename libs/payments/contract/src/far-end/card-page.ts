import type { Text } from '@guildhall/kernel-contract';
import { CARD_PAGE_TEXTS } from './card-page-texts';
import { escape, pounds } from './markup';
import type { TestCard } from './test-cards';
import { grouped, testCard } from './test-cards';

/** The languages that the page speaks. @beta */
export type PageLanguage = 'en' | 'cy';
/** What a payer typed. @beta */
export interface CardForm { readonly cardNumber: string; readonly expiryMonth: string; readonly expiryYear: string; readonly holder: string; readonly securityCode: string; readonly line1: string; readonly line2: string; readonly city: string; readonly postcode: string }
/** A field and what is wrong with it, in the payer's language. @beta */
export type CardErrors = Readonly<Partial<Record<'cardNumber' | 'expiryMonth' | 'holder' | 'securityCode', string>>>;

/** What makes one simulator's card page its own. @beta */
export interface CardPageLook {
  /** At the top of the page: `Simulated payments`. */
  readonly name: Text;
  /** What the page stands in for, and that no money moves. */
  readonly notice: Text;
  /** In the order in which the page lists them. */
  readonly cards: readonly TestCard[];
}

/** What the page is to collect, and where its forms lead. @beta */
export interface PaymentOnCardPage {
  /** The page's own path, `/card_details/…`: the card is posted to it, and cancelling and expiring to `/cancel` and `/expire` below it. */
  readonly at: string;
  readonly amountInPence: number;
  readonly description: string;
  readonly reference: string;
  /** Whom the payer pays, in their language. */
  readonly payee: string;
  /** Asks for the billing address too. */
  readonly asksForAddress?: boolean;
  /** A member of staff enters the card that a caller reads out. */
  readonly isByTelephone?: boolean;
}

const NOTHING_TYPED: CardForm = { cardNumber: '', expiryMonth: '', expiryYear: '', holder: '', securityCode: '', line1: '', line2: '', city: '', postcode: '' };

/**
 * A simulator's page on which a payer enters one of its practice cards: in English and Welsh, without JavaScript, and with each mistake at its field and at the top.
 * @beta
 * @example new CardPage({ name, notice, cards }).show({ at: '/card_details/1', amountInPence: 5500, … }, 'cy', page.known({}), {})
 */
export class CardPage {
  constructor(private readonly look: CardPageLook) {}

  /** The form as it stands before anybody typed, with what is known already; with a card of the list, filled in so that it is accepted as it is. */
  known(payer: Partial<CardForm>, cardNumber?: string | null, now = new Date()): CardForm {
    const card = testCard(cardNumber ?? '', this.look.cards);
    const filled = card ? { cardNumber: grouped(card.number), expiryMonth: '12', expiryYear: String((now.getUTCFullYear() + 3) % 100), holder: payer.holder || 'Alex Example', securityCode: '123' } : {};
    return { ...NOTHING_TYPED, ...payer, ...filled };
  }

  /** What was posted; every field that is missing is empty. */
  typed(form: URLSearchParams): CardForm {
    return Object.assign({}, NOTHING_TYPED, Object.fromEntries(Object.keys(NOTHING_TYPED).map((name) => [name, form.get(name) ?? ''])));
  }

  /** The card that was typed, when it is one of the list. */
  card(form: CardForm): TestCard | undefined { return testCard(form.cardNumber, this.look.cards); }

  /** What is wrong with what a payer typed; nothing when all is well. */
  check(form: CardForm, language: PageLanguage, now: Date): CardErrors {
    const t = CARD_PAGE_TEXTS[language];
    const month = Number(form.expiryMonth);
    const year = form.expiryYear.length === 2 ? 2000 + Number(form.expiryYear) : Number(form.expiryYear);
    const isFuture = /^\d{1,2}$/.test(form.expiryMonth) && /^(\d{2}|\d{4})$/.test(form.expiryYear) && month >= 1 && month <= 12 && Date.UTC(year, month) > now.getTime();
    return {
      ...(this.card(form) ? {} : { cardNumber: t.cardUnknown(grouped(this.look.cards[0]?.number ?? '')) }),
      ...(isFuture ? {} : { expiryMonth: t.expiryWrong }),
      ...(form.holder.trim() ? {} : { holder: t.holderMissing }),
      ...(/^\d{3,4}$/.test(form.securityCode.trim()) ? {} : { securityCode: t.securityCodeWrong }),
    };
  }

  /** That the bank declined the card, for a far end at which the payer may then use another. */
  declined(language: PageLanguage): CardErrors { return { cardNumber: CARD_PAGE_TEXTS[language].cardDeclined }; }

  /** The page; the security code is never shown again. */
  show(payment: PaymentOnCardPage, language: PageLanguage, typed: CardForm, errors: CardErrors): string {
    const t = CARD_PAGE_TEXTS[language];
    const total = pounds(payment.amountInPence);
    const own = escape(payment.at);
    const wrong = Object.entries(errors);
    const form = wrong.length === 0 ? typed : { ...typed, securityCode: '' };
    const summary = wrong.length === 0 ? '' : `
<div class="error-summary" role="alert" aria-labelledby="problem" tabindex="-1"><h2 id="problem">${escape(t.problem)}</h2><ul>${wrong.map(([field, message]) => `<li><a href="#${field}">${escape(message)}</a></li>`).join('')}</ul></div>`;
    const errorAt = (name: keyof CardErrors): string => (errors[name] ? `<p class="error" id="${name}-error">${escape(errors[name])}</p>` : '');
    const described = (name: string, hasHint: boolean): string => {
      const ids = [...(hasHint ? [`${name}-hint`] : []), ...(name in errors ? [`${name}-error`] : [])];
      return ids.length ? `aria-describedby="${ids.join(' ')}" ` : '';
    };
    const field = (name: keyof CardForm, label: string, hint: string, attributes: string): string => `
<div class="group${name in errors ? ' group-error' : ''}"><label for="${name}">${escape(label)}</label>${hint ? `<div class="hint" id="${name}-hint">${escape(hint)}</div>` : ''}${errorAt(name as keyof CardErrors)}
<input id="${name}" name="${name}" type="text" value="${escape(form[name])}" ${described(name, hint !== '')}${attributes}></div>`;
    return this.#layout(`${wrong.length ? t.errorTitle : ''}${t.enterDetails}`, language, `${own}?lang=${language === 'en' ? 'cy' : 'en'}`, `
${summary}<h1>${escape(t.enterDetails)}</h1>${payment.isByTelephone ? `<p>${escape(t.telephone)}</p>` : ''}
<div class="columns"><div class="main">
<form method="post" action="${own}?lang=${language}" novalidate>
${field('cardNumber', t.cardNumber, t.cardNumberHint, 'inputmode="numeric" autocomplete="off" spellcheck="false" class="wide"')}
<fieldset class="group${errors.expiryMonth ? ' group-error' : ''}" aria-describedby="expiry-hint${errors.expiryMonth ? ' expiryMonth-error' : ''}"><legend>${escape(t.expiry)}</legend><div class="hint" id="expiry-hint">${escape(t.expiryHint)}</div>${errorAt('expiryMonth')}
<span class="part"><label for="expiryMonth">${escape(t.month)}</label><input id="expiryMonth" name="expiryMonth" type="text" inputmode="numeric" autocomplete="off" class="two" value="${escape(form.expiryMonth)}"></span>
<span class="part"><label for="expiryYear">${escape(t.year)}</label><input id="expiryYear" name="expiryYear" type="text" inputmode="numeric" autocomplete="off" class="two" value="${escape(form.expiryYear)}"></span></fieldset>
${field('holder', t.holder, '', 'autocomplete="off" spellcheck="false" class="wide"')}
${field('securityCode', t.securityCode, t.securityCodeHint, 'inputmode="numeric" autocomplete="off" class="four"')}
${payment.asksForAddress ? `<h2>${escape(t.address)}</h2>${(['line1', 'line2', 'city', 'postcode'] as const).map((name) => field(name, t[name], '', 'autocomplete="off" class="wide"')).join('')}` : ''}
<button class="button" type="submit">${escape(t.pay(total))}</button>
</form>
<form method="post" action="${own}/cancel?lang=${language}"><button class="link" type="submit">${escape(t.cancel)}</button></form>
</div><aside class="side" aria-labelledby="summary"><h2 id="summary">${escape(t.summary)}</h2>
<dl><dt>${escape(t.to)}</dt><dd>${escape(payment.payee)}</dd><dt>${escape(t.paymentFor)}</dt><dd>${escape(payment.description)}</dd><dt>${escape(t.reference)}</dt><dd>${escape(payment.reference)}</dd><dt>${escape(t.total)}</dt><dd class="total">${total}</dd></dl>
<h2>${escape(t.practiceCards)}</h2>
<ul class="cards">${this.look.cards.map((card) => `<li><span class="number">${grouped(card.number)}</span> ${escape(t.cards[card.result])}<br><a href="${own}?lang=${language}&amp;card=${card.number}">${escape(t.useCard)}<span class="hidden"> ${card.number.slice(-4)}</span></a></li>`).join('')}</ul>
<form method="post" action="${own}/expire?lang=${language}"><button class="button secondary" type="submit">${escape(t.expire)}</button></form>
</aside></div>`);
  }

  /** A page that only says something. `used`: its link works once; `over`: nothing can be paid any more; `notFound`. @param backTo the council's page, when it is known */
  notice(language: PageLanguage, kind: 'used' | 'over' | 'notFound', backTo: string | undefined): string {
    const t = CARD_PAGE_TEXTS[language];
    const title = t[`${kind}Title`];
    return this.#layout(title, language, undefined, `<h1>${escape(title)}</h1><p>${escape(t[`${kind}Body`])}</p>${backTo ? `<p><a class="button" href="${escape(backTo)}">${escape(t.goBack)}</a></p>` : ''}`);
  }

  #layout(title: string, language: PageLanguage, otherLanguageAt: string | undefined, main: string): string {
    const t = CARD_PAGE_TEXTS[language];
    const other = language === 'en' ? 'cy' : 'en';
    const name = escape(this.look.name[language]);
    return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escape(title)} – ${name}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header><div class="width"><span class="name">${name}</span>${otherLanguageAt ? `<a href="${otherLanguageAt}" lang="${other}" hreflang="${other}">${escape(t.otherLanguage)}</a>` : ''}</div></header>
<div class="width"><p class="banner"><strong>${escape(t.tag)}</strong> ${escape(this.look.notice[language])}</p><main id="main">${main}</main></div></body></html>
`;
  }
}
