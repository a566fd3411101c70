import type { CardResult } from './test-cards';

/** Every word of the card page that a payer reads, besides the page's own name. @internal */
export const CARD_PAGE_TEXTS = {
  en: {
    tag: 'Practice', otherLanguage: 'Cymraeg', enterDetails: 'Enter card details',
    summary: 'Payment summary', paymentFor: 'Payment for', total: 'Total amount', reference: 'Reference', to: 'Paid to',
    cardNumber: 'Card number', cardNumberHint: 'Use one of the practice cards listed on this page', expiry: 'Expiry date', expiryHint: 'For example, 10/30', month: 'Month', year: 'Year',
    holder: 'Name on card', securityCode: 'Card security code', securityCodeHint: 'Any 3 or 4 digits', pay: (amount: string) => `Pay ${amount}`, cancel: 'Cancel payment',
    telephone: 'This is a payment by telephone: enter the card that the caller reads out.', address: 'Billing address', line1: 'Address line 1', line2: 'Address line 2 (optional)', city: 'Town or city', postcode: 'Postcode',
    practiceCards: 'Practice cards', useCard: 'Use this card', cards: { succeed: 'is accepted', decline: 'is declined', error: 'fails with an error', slow: 'is accepted after a while' } satisfies Record<CardResult, string>, expire: 'Let this payment expire',
    problem: 'There is a problem', cardUnknown: (number: string) => `Enter the number of one of the practice cards, like ${number}`, cardDeclined: 'The card was declined. Use another card', expiryWrong: 'Enter an expiry date in the future, like 10 30', holderMissing: 'Enter the name on the card',
    securityCodeWrong: 'Enter the card security code, 3 or 4 digits', errorTitle: 'Error: ',
    usedTitle: 'You cannot use this link again', usedBody: 'Each link to this page works once. Go back to the council’s page and choose to pay again. Nothing has been paid by opening it.', goBack: 'Go back to the council’s page',
    overTitle: 'This payment is over', overBody: 'Go back to the council’s page: it knows whether you have paid.',
    notFoundTitle: 'There is no such payment', notFoundBody: 'Go back to the council’s page and try again.',
  },
  cy: {
    tag: 'Ymarfer', otherLanguage: 'English', enterDetails: 'Rhowch fanylion eich cerdyn',
    summary: 'Crynodeb o’r taliad', paymentFor: 'Taliad am', total: 'Cyfanswm', reference: 'Cyfeirnod', to: 'Yn daladwy i',
    cardNumber: 'Rhif y cerdyn', cardNumberHint: 'Defnyddiwch un o’r cardiau ymarfer a restrir ar y dudalen hon', expiry: 'Dyddiad dod i ben', expiryHint: 'Er enghraifft, 10/30', month: 'Mis', year: 'Blwyddyn',
    holder: 'Yr enw ar y cerdyn', securityCode: 'Cod diogelwch y cerdyn', securityCodeHint: 'Unrhyw 3 neu 4 digid', pay: (amount: string) => `Talu ${amount}`, cancel: 'Canslo’r taliad',
    telephone: 'Taliad dros y ffôn yw hwn: rhowch fanylion y cerdyn y mae’r galwr yn eu darllen.', address: 'Cyfeiriad bilio', line1: 'Llinell gyfeiriad 1', line2: 'Llinell gyfeiriad 2 (dewisol)', city: 'Tref neu ddinas', postcode: 'Cod post',
    practiceCards: 'Cardiau ymarfer', useCard: 'Defnyddio’r cerdyn hwn', cards: { succeed: 'yn cael ei dderbyn', decline: 'yn cael ei wrthod', error: 'yn methu oherwydd gwall', slow: 'yn cael ei dderbyn ymhen ychydig' } satisfies Record<CardResult, string>, expire: 'Gadael i’r taliad hwn ddod i ben',
    problem: 'Mae problem', cardUnknown: (number: string) => `Rhowch rif un o’r cardiau ymarfer, fel ${number}`, cardDeclined: 'Gwrthodwyd y cerdyn. Defnyddiwch gerdyn arall', expiryWrong: 'Rhowch ddyddiad dod i ben yn y dyfodol, fel 10 30', holderMissing: 'Rhowch yr enw ar y cerdyn',
    securityCodeWrong: 'Rhowch god diogelwch y cerdyn, 3 neu 4 digid', errorTitle: 'Gwall: ',
    usedTitle: 'Ni allwch ddefnyddio’r ddolen hon eto', usedBody: 'Mae pob dolen i’r dudalen hon yn gweithio unwaith. Ewch yn ôl i dudalen y cyngor a dewis talu eto. Ni thalwyd dim drwy ei hagor.', goBack: 'Mynd yn ôl i dudalen y cyngor',
    overTitle: 'Mae’r taliad hwn ar ben', overBody: 'Ewch yn ôl i dudalen y cyngor: mae’n gwybod a ydych wedi talu.',
    notFoundTitle: 'Nid oes taliad o’r fath', notFoundBody: 'Ewch yn ôl i dudalen y cyngor a rhoi cynnig arall arni.',
  },
} as const;
