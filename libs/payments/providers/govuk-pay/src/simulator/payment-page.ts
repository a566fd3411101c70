import type { KeptPayment } from './kept-payment';
import { PAGE_TEXTS } from './page-texts';
import { TEST_CARDS, grouped, testCard } from './test-cards';

type PageLanguage = 'en' | 'cy';
/** What a payer typed. */
export interface CardForm { readonly cardNumber: string; readonly expiryMonth: string; readonly expiryYear: string; readonly holder: string; readonly securityCode: string; readonly line1: string; readonly line2: string; readonly city: string; readonly postcode: string }
/** A field and what is wrong with it. */
export type CardErrors = Readonly<Partial<Record<'cardNumber' | 'expiryMonth' | 'holder' | 'securityCode', string>>>;

/** What is wrong with what a payer typed. */
export function checkCardForm(form: CardForm, language: PageLanguage, now: Date): CardErrors {
  const t = PAGE_TEXTS[language];
  const month = Number(form.expiryMonth);
  const year = form.expiryYear.length === 2 ? 2000 + Number(form.expiryYear) : Number(form.expiryYear);
  const isFuture = /^\d{1,2}$/.test(form.expiryMonth) && /^(\d{2}|\d{4})$/.test(form.expiryYear) && month >= 1 && month <= 12 && Date.UTC(year, month) > now.getTime();
  return {
    ...(testCard(form.cardNumber) ? {} : { cardNumber: t.cardUnknown }),
    ...(isFuture ? {} : { expiryMonth: t.expiryWrong }),
    ...(form.holder.trim() ? {} : { holder: t.holderMissing }),
    ...(/^\d{3,4}$/.test(form.securityCode.trim()) ? {} : { securityCode: t.securityCodeWrong }),
  };
}

/** The page on which a card is entered. */
export function cardPage(payment: KeptPayment, payee: string, language: PageLanguage, form: CardForm, errors: CardErrors): string {
  const t = PAGE_TEXTS[language];
  const total = pounds(payment.order.amount);
  const own = `/card_details/${payment.id}`;
  const wrong = Object.entries(errors);
  const summary = wrong.length === 0 ? '' : `
<div class="error-summary" role="alert" aria-labelledby="problem" tabindex="-1"><h2 id="problem">${escape(t.problem)}</h2><ul>${wrong.map(([field, message]) => `<li><a href="#${field}">${escape(message)}</a></li>`).join('')}</ul></div>`;
  const field = (name: keyof CardForm, label: string, hint: string, attributes: string): string => `
<div class="group${name in errors ? ' group-error' : ''}"><label for="${name}">${escape(label)}</label>${hint ? `<div class="hint" id="${name}-hint">${escape(hint)}</div>` : ''}${errorAt(name as keyof CardErrors)}
<input id="${name}" name="${name}" type="text" value="${escape(form[name])}" ${described(name, hint !== '')}${attributes}></div>`;
  const errorAt = (name: keyof CardErrors): string => (errors[name] ? `<p class="error" id="${name}-error">${escape(errors[name])}</p>` : '');
  const described = (name: string, hasHint: boolean): string => {
    const ids = [...(hasHint ? [`${name}-hint`] : []), ...(name in errors ? [`${name}-error`] : [])];
    return ids.length ? `aria-describedby="${ids.join(' ')}" ` : '';
  };
  return layout(`${wrong.length ? t.errorTitle : ''}${t.enterDetails}`, language, `${own}?lang=${language === 'en' ? 'cy' : 'en'}`, `
${summary}<h1>${escape(t.enterDetails)}</h1>${payment.order.isMoto ? `<p>${escape(t.telephone)}</p>` : ''}
<div class="columns"><div class="main">
<form method="post" action="${own}?lang=${language}" novalidate>
${field('cardNumber', t.cardNumber, t.cardNumberHint, 'inputmode="numeric" autocomplete="off" spellcheck="false" class="wide"')}
<fieldset class="group${errors.expiryMonth ? ' group-error' : ''}" aria-describedby="expiry-hint${errors.expiryMonth ? ' expiryMonth-error' : ''}"><legend>${escape(t.expiry)}</legend><div class="hint" id="expiry-hint">${escape(t.expiryHint)}</div>${errorAt('expiryMonth')}
<span class="part"><label for="expiryMonth">${escape(t.month)}</label><input id="expiryMonth" name="expiryMonth" type="text" inputmode="numeric" autocomplete="off" class="two" value="${escape(form.expiryMonth)}"></span>
<span class="part"><label for="expiryYear">${escape(t.year)}</label><input id="expiryYear" name="expiryYear" type="text" inputmode="numeric" autocomplete="off" class="two" value="${escape(form.expiryYear)}"></span></fieldset>
${field('holder', t.holder, '', 'autocomplete="off" spellcheck="false" class="wide"')}
${field('securityCode', t.securityCode, t.securityCodeHint, 'inputmode="numeric" autocomplete="off" class="four"')}
${payment.order.isMoto ? '' : `<h2>${escape(t.address)}</h2>${(['line1', 'line2', 'city', 'postcode'] as const).map((name) => field(name, t[name], '', 'autocomplete="off" class="wide"')).join('')}`}
<button class="button" type="submit">${escape(t.pay(total))}</button>
</form>
<form method="post" action="${own}/cancel?lang=${language}"><button class="link" type="submit">${escape(t.cancel)}</button></form>
</div><aside class="side" aria-labelledby="summary"><h2 id="summary">${escape(t.summary)}</h2>
<dl><dt>${escape(t.to)}</dt><dd>${escape(payee)}</dd><dt>${escape(t.paymentFor)}</dt><dd>${escape(payment.order.description)}</dd><dt>${escape(t.reference)}</dt><dd>${escape(payment.order.reference)}</dd><dt>${escape(t.total)}</dt><dd class="total">${total}</dd></dl>
<h2>${escape(t.practiceCards)}</h2>
<ul class="cards">${TEST_CARDS.map((card) => `<li><span class="number">${grouped(card.number)}</span> ${escape(t[card.key])}<br><a href="${own}?lang=${language}&amp;card=${card.number}">${escape(t.useCard)}<span class="hidden"> ${card.number.slice(-4)}</span></a></li>`).join('')}</ul>
<form method="post" action="${own}/expire?lang=${language}"><button class="button secondary" type="submit">${escape(t.expire)}</button></form>
</aside></div>`);
}

/** A page that only says something. */
export function noticePage(language: PageLanguage, kind: 'used' | 'notFound', backTo: string | undefined): string {
  const t = PAGE_TEXTS[language];
  const title = t[`${kind}Title`];
  return layout(title, language, undefined, `<h1>${escape(title)}</h1><p>${escape(t[`${kind}Body`])}</p>${backTo ? `<p><a class="button" href="${escape(backTo)}">${escape(t.goBack)}</a></p>` : ''}`);
}

/** `£55.00` */
export function pounds(pence: number): string {
  return `£${Math.floor(pence / 100).toLocaleString('en-GB')}.${String(pence % 100).padStart(2, '0')}`;
}

function layout(title: string, language: PageLanguage, otherLanguageAt: string | undefined, main: string): string {
  const t = PAGE_TEXTS[language];
  const other = language === 'en' ? 'cy' : 'en';
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escape(title)} – ${escape(t.service)}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header><div class="width"><span class="name">${escape(t.service)}</span>${otherLanguageAt ? `<a href="${otherLanguageAt}" lang="${other}" hreflang="${other}">${escape(t.otherLanguage)}</a>` : ''}</div></header>
<div class="width"><p class="banner"><strong>${escape(t.tag)}</strong> ${escape(t.sandbox)}</p><main id="main">${main}</main></div></body></html>
`;
}

/** Text as text, never as markup. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
