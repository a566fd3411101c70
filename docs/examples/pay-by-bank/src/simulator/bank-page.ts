import { escape, pounds, type PageLanguage } from '@guildhall/payments-contract/far-end';
import type { FarPayment, FarState } from './payment-book';

/** An invented bank, and what becomes of a transfer from it. */
export interface PractiseBank { readonly id: string; readonly name: string; readonly does: FarState; readonly hint: Readonly<Record<PageLanguage, string>> }

/** Banks that there are not, one for each way in which it may end. */
export const BANKS: readonly PractiseBank[] = [
  { id: 'testham', name: 'Bank of Testham', does: 'received', hint: { en: 'The money arrives at once.', cy: 'Mae’r arian yn cyrraedd ar unwaith.' } },
  { id: 'guild', name: 'Guild Bank', does: 'rejected', hint: { en: 'There is not enough in the account.', cy: 'Does dim digon yn y cyfrif.' } },
  { id: 'millpond', name: 'Millpond Building Society', does: 'with-bank', hint: { en: 'It looks at the payment first, and has not decided.', cy: 'Mae’n edrych ar y taliad yn gyntaf, ac nid yw wedi penderfynu.' } },
];

const WORDS = {
  en: { name: 'Pay by bank', notice: 'A simulator: no money moves.', heading: 'Which bank do you want to pay from?', amount: 'Amount', what: 'What it is for', reference: 'Reference', stop: 'Do not pay', back: 'Go back to the council', over: 'There is nothing to pay here any more', other: 'Cymraeg' },
  cy: { name: 'Talu o’r banc', notice: 'Efelychiad: nid oes arian yn symud.', heading: 'O ba fanc yr hoffech dalu?', amount: 'Swm', what: 'Ar gyfer beth', reference: 'Cyfeirnod', stop: 'Peidio â thalu', back: 'Yn ôl i’r cyngor', over: 'Does dim i’w dalu yma mwyach', other: 'English' },
} as const;

/** The style of both pages. */
export const BANK_PAGE_STYLE = `body{font:1.125rem/1.5 sans-serif;color:#1a1a1a;background:#fff;max-width:40rem;margin:0 auto;padding:1rem}
.notice{border-left:.375rem solid #6a3d00;padding-left:1rem}
dt{font-weight:bold}dd{margin:0 0 .5rem}
button{display:block;width:100%;min-height:2.75rem;margin:0 0 .25rem;padding:.5rem 1rem;font:inherit;font-weight:bold;text-align:left;color:#fff;background:#0b4f4a;border:.125rem solid #0b4f4a;border-radius:.25rem;cursor:pointer}
button.plain{color:#0b4f4a;background:#fff}
a{color:#0b4f4a}
:focus-visible{outline:.25rem solid #b35900;outline-offset:.125rem}
.hint{margin:0 0 1rem}`;

/** The page on which a payer chooses their bank: without JavaScript, in their language. */
export function bankPage({ id, order }: FarPayment, language: PageLanguage): string {
  const words = WORDS[language];
  const other = language === 'en' ? 'cy' : 'en';
  const banks = BANKS.map((bank) => `<button name="bank" value="${bank.id}" aria-describedby="${bank.id}">${escape(bank.name)}</button><p class="hint" id="${bank.id}">${escape(bank.hint[language])}</p>`);
  return page(language, words.heading, `<p><a href="?lang=${other}" lang="${other}" hreflang="${other}">${words.other}</a></p>
<h1>${words.heading}</h1>
<dl><dt>${words.amount}</dt><dd>${pounds(order.pence)}</dd><dt>${words.what}</dt><dd>${escape(order.description)}</dd><dt>${words.reference}</dt><dd>${escape(order.reference)}</dd></dl>
<form method="post" action="/choose-bank/${id}?lang=${language}">${banks.join('\n')}<button class="plain" name="bank" value="none">${words.stop}</button></form>`);
}

/** The page that says that nothing can be paid any more. */
export function overPage({ order }: FarPayment, language: PageLanguage): string {
  const words = WORDS[language];
  return page(language, words.over, `<h1>${words.over}</h1><p><a href="${escape(order.returnUrl)}">${words.back}</a></p>`);
}

function page(language: PageLanguage, title: string, main: string): string {
  const { name, notice } = WORDS[language];
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)} – ${escape(name)}</title><link rel="stylesheet" href="/style.css"></head>
<body><header><p><strong>${escape(name)}</strong></p><p class="notice">${escape(notice)}</p></header><main>${main}</main></body></html>`;
}
