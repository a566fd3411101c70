import { timingSafeEqual } from 'node:crypto';
import type { Answer } from '@guildhall/payments-contract/far-end';
import { escape, goTo, grouped, html, pounds } from '@guildhall/payments-contract/far-end';
import { CHECKOUT_TEXTS } from './checkout-texts';
import type { Session, SessionBook, SessionState } from './session-book';

type PageLanguage = 'en' | 'cy';
type CardResult = Extract<SessionState, 'paid' | 'declined' | 'broken' | 'processing'>;
/** The cards that payers may use: the numbers that Stripe publishes for tests. */
const CARDS: readonly { readonly number: string; readonly result: CardResult }[] = [
  { number: '4242424242424242', result: 'paid' }, { number: '4000000000000002', result: 'declined' }, { number: '4000000000000119', result: 'broken' }, { number: '4000000000000077', result: 'processing' },
];
const FIELDS = ['card', 'month', 'year', 'holder', 'cvc'] as const;
type Form = Readonly<Record<(typeof FIELDS)[number], string>>;
type Wrong = Readonly<Partial<Record<'card' | 'month' | 'holder' | 'cvc', string>>>;
const EMPTY: Form = { card: '', month: '', year: '', holder: '', cvc: '' };

/** The hosted page of a session: its address carries a secret, and works as long as the session is open. */
export class CheckoutPages {
  constructor(private readonly book: SessionBook, private readonly payeeOf: (account: string, language: PageLanguage) => string, private readonly now: () => Date) {}

  show(id: string, secret: string, query: URLSearchParams): Answer {
    return this.#open(id, secret, query, (session, language) => {
      const card = cardOf(query.get('card') ?? '');
      return this.#page(session, language, card ? { card: grouped(card.number), month: '12', year: String((this.now().getUTCFullYear() + 3) % 100), holder: 'Alex Example', cvc: '123' } : EMPTY, {});
    });
  }

  act(id: string, secret: string, query: URLSearchParams, form: URLSearchParams): Answer {
    return this.#open(id, secret, query, (session, language) => {
      switch (form.get('do')) {
        case 'cancel': this.book.move(session, 'cancelled'); return goTo(session.order.returnUrl);
        case 'expire': this.book.move(session, 'expired'); return goTo(session.order.returnUrl);
        default: return this.#pay(session, language, Object.fromEntries(FIELDS.map((name) => [name, (form.get(name) ?? '').slice(0, 100)])) as Form);
      }
    });
  }

  #pay(session: Session, language: PageLanguage, form: Form): Answer {
    const card = cardOf(form.card);
    const wrong = this.#check(form, language);
    if (!card || Object.keys(wrong).length > 0) return this.#page(session, language, { ...form, cvc: '' }, wrong);
    this.book.move(session, card.result, { lastDigits: card.number.slice(-4), isSlow: card.result === 'processing' });
    return goTo(session.order.returnUrl);
  }

  #check(form: Form, language: PageLanguage): Wrong {
    const t = CHECKOUT_TEXTS[language];
    const [month, year] = [Number(form.month), Number(form.year) + (form.year.length === 2 ? 2000 : 0)];
    const isFuture = /^\d{1,2}$/.test(form.month) && /^(\d{2}|\d{4})$/.test(form.year) && month >= 1 && month <= 12 && Date.UTC(year, month) > this.now().getTime();
    return {
      ...(cardOf(form.card) ? {} : { card: t.cardWrong }), ...(isFuture ? {} : { month: t.expiryWrong }),
      ...(form.holder.trim() ? {} : { holder: t.holderWrong }), ...(/^\d{3,4}$/.test(form.cvc) ? {} : { cvc: t.cvcWrong }),
    };
  }

  #open(id: string, secret: string, query: URLSearchParams, then: (session: Session, language: PageLanguage) => Answer): Answer {
    const session = this.book.find(id);
    const asked = query.get('lang');
    const language: PageLanguage = asked === 'en' || asked === 'cy' ? asked : (session?.order.locale ?? 'en');
    if (!session || !isSame(secret, session.paySecret)) return html(404, notice(language, 'missing', undefined));
    if (session.state === 'open') return then(session, language);
    // Paid in another tab, over, or the button pressed twice.
    return html(410, notice(language, 'gone', session.order.returnUrl));
  }

  #page(session: Session, language: PageLanguage, form: Form, wrong: Wrong): Answer {
    return html(200, checkout(session, this.payeeOf(session.account, language), language, form, wrong), [new URL(session.order.returnUrl).origin]);
  }
}

function cardOf(typed: string): (typeof CARDS)[number] | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  return CARDS.find((card) => card.number === digits);
}
function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function checkout(session: Session, payee: string, language: PageLanguage, form: Form, wrong: Wrong): string {
  const t = CHECKOUT_TEXTS[language];
  const at = `/c/pay/${session.id}/${session.paySecret}`;
  const amount = pounds(session.order.amount);
  const errorAt = (name: keyof Wrong): string => (wrong[name] ? `<p class="error" id="${name}-error">${escape(wrong[name])}</p>` : '');
  const input = (name: keyof Form, label: string, hint: string, attributes: string): string => {
    const described = [...(hint ? [`${name}-hint`] : []), ...(name in wrong ? [`${name}-error`] : [])];
    return `<div class="group"><label for="${name}">${escape(label)}</label>${hint ? `<span class="hint" id="${name}-hint">${escape(hint)}</span>` : ''}${name === 'year' ? '' : errorAt(name)}<input id="${name}" name="${name}" type="text" value="${escape(form[name])}"${described.length ? ` aria-describedby="${described.join(' ')}"` : ''} autocomplete="off" spellcheck="false" ${attributes}></div>`;
  };
  const problems = Object.entries(wrong);
  return layout(`${problems.length ? t.error : ''}${t.heading}`, language, `${at}?lang=${language === 'en' ? 'cy' : 'en'}`, `
<section class="order" aria-labelledby="order"><h2 id="order">${escape(t.to)} ${escape(payee)}</h2><p class="amount">${amount}</p><p>${escape(session.order.description)}</p><p>${escape(t.reference)}: ${escape(session.order.reference)}</p>
<h2>${escape(t.practiceCards)}</h2><ul>${CARDS.map((card) => `<li><b>${grouped(card.number)}</b> ${escape(t[card.result])} <a href="${at}?lang=${language}&amp;card=${card.number}">${escape(t.use)}<span class="hidden"> ${card.number.slice(-4)}</span></a></li>`).join('')}</ul>
<form method="post" action="${at}?lang=${language}"><button class="quiet" name="do" value="expire">${escape(t.expire)}</button></form></section>
<section class="card">${problems.length ? `<div class="summary" role="alert" tabindex="-1" aria-labelledby="problem"><h2 id="problem">${escape(t.problem)}</h2><ul>${problems.map(([name, message]) => `<li><a href="#${name}">${escape(message)}</a></li>`).join('')}</ul></div>` : ''}
<h1>${escape(t.heading)}</h1><form method="post" action="${at}?lang=${language}" novalidate>
${input('card', t.cardNumber, t.cardHint, 'inputmode="numeric"')}
<fieldset class="group" aria-describedby="expiry-hint${wrong.month ? ' month-error' : ''}"><legend>${escape(t.expiry)}</legend><span class="hint" id="expiry-hint">${escape(t.expiryHint)}</span>${errorAt('month')}<input class="two" id="month" name="month" type="text" inputmode="numeric" autocomplete="off" value="${escape(form.month)}" aria-label="${language === 'en' ? 'Month' : 'Mis'}"> / <input class="two" id="year" name="year" type="text" inputmode="numeric" autocomplete="off" value="${escape(form.year)}" aria-label="${language === 'en' ? 'Year' : 'Blwyddyn'}"></fieldset>
${input('holder', t.holder, '', '')}
${input('cvc', t.cvc, t.cvcHint, 'inputmode="numeric" class="four"')}
<button class="pay" name="do" value="pay">${escape(t.pay(amount))}</button></form>
<form method="post" action="${at}?lang=${language}"><button class="quiet" name="do" value="cancel">${escape(t.cancel)}</button></form></section>`);
}

function notice(language: PageLanguage, kind: 'gone' | 'missing', backTo: string | undefined): string {
  const t = CHECKOUT_TEXTS[language];
  const title = t[`${kind}Title`];
  return layout(title, language, undefined, `<section class="card"><h1>${escape(title)}</h1><p>${escape(t[`${kind}Body`])}</p>${backTo ? `<p><a href="${escape(backTo)}">${escape(t.goBack)}</a></p>` : ''}</section>`);
}

function layout(title: string, language: PageLanguage, otherLanguageAt: string | undefined, main: string): string {
  const t = CHECKOUT_TEXTS[language];
  const other = language === 'en' ? 'cy' : 'en';
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escape(title)} – ${escape(t.name)}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header><b>${escape(t.name)}</b> <span>${escape(t.practice)}</span>${otherLanguageAt ? ` <a href="${otherLanguageAt}" lang="${other}" hreflang="${other}">${escape(t.otherLanguage)}</a>` : ''}</header><main>${main}</main></body></html>
`;
}

/** The page's one stylesheet. */
export const CHECKOUT_STYLE = `
*{box-sizing:border-box}body{margin:0;color:#1a1a2e;background:#fff;font:1.125rem/1.5 system-ui,"Segoe UI",Roboto,Arial,sans-serif}header{background:#32305f;color:#fff;padding:12px 20px;display:flex;flex-wrap:wrap;gap:6px 20px;align-items:baseline}header span{flex:1 1 200px}header a{color:#fff}
main{display:flex;flex-wrap:wrap;max-width:1000px;margin:0 auto}section{flex:1 1 300px;min-width:0;padding:30px 20px}.order{background:#f4f4f9}h1,h2{line-height:1.2;margin:0 0 15px}h1{font-size:1.75rem}h2{font-size:1.125rem}.amount{font-size:2.25rem;font-weight:700;margin:0 0 10px}.order p{overflow-wrap:anywhere}
ul{padding:0;list-style:none;font-size:1rem}li{margin-bottom:10px}.group{border:0;padding:0;margin:0 0 20px;min-width:0}label,legend{display:block;font-weight:600;padding:0}.hint{display:block;color:#505065}.error{color:#b3261e;font-weight:700;margin:4px 0}input{font:inherit;width:100%;min-height:44px;padding:8px;border:2px solid #505065;border-radius:4px;background:#fff;color:inherit}.two{width:4.5em}.four{width:6em}
button{font:inherit;min-height:44px;border-radius:4px;cursor:pointer}.pay{width:100%;border:2px solid #32305f;background:#32305f;color:#fff;font-weight:600}.quiet{border:2px solid #505065;background:#fff;color:#1a1a2e;margin-top:20px;padding:0 14px}a{color:#32305f}:focus{outline:3px solid #ffbf47;outline-offset:1px}header a:focus{color:#1a1a2e;background:#ffbf47}
.summary{border:4px solid #b3261e;padding:15px;margin-bottom:20px}.summary a{color:#b3261e;font-weight:700}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`;
