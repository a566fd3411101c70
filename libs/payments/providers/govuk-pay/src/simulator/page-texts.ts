/** Every word that a payer reads here. */
export const PAGE_TEXTS = {
  en: {
    service: 'Simulated payments', tag: 'Practice', sandbox: 'This page stands in for GOV.UK Pay. No money moves and real cards are refused.', otherLanguage: 'Cymraeg', enterDetails: 'Enter card details',
    summary: 'Payment summary', paymentFor: 'Payment for', total: 'Total amount', reference: 'Reference', to: 'Paid to',
    cardNumber: 'Card number', cardNumberHint: 'Use one of the practice cards listed on this page', expiry: 'Expiry date', expiryHint: 'For example, 10/30', month: 'Month', year: 'Year',
    holder: 'Name on card', securityCode: 'Card security code', securityCodeHint: 'Any 3 or 4 digits', pay: (amount: string) => `Pay ${amount}`, cancel: 'Cancel payment',
    telephone: 'This is a payment by telephone: enter the card that the caller reads out.', address: 'Billing address', line1: 'Address line 1', line2: 'Address line 2 (optional)', city: 'Town or city', postcode: 'Postcode',
    practiceCards: 'Practice cards', useCard: 'Use this card', succeeds: 'is accepted', declined: 'is declined', fails: 'fails with an error', slow: 'is accepted after a while', expire: 'Let this payment expire',
    problem: 'There is a problem', cardUnknown: 'Enter the number of one of the practice cards, like 4444 3333 2222 1111', expiryWrong: 'Enter an expiry date in the future, like 10 30', holderMissing: 'Enter the name on the card',
    securityCodeWrong: 'Enter the card security code, 3 or 4 digits', errorTitle: 'Error: ',
    usedTitle: 'You cannot use this link again', usedBody: 'Each link to this page works once. Go back to the council’s page and choose to pay again. Nothing has been paid by opening it.', goBack: 'Go back to the council’s page',
    notFoundTitle: 'There is no such payment', notFoundBody: 'Go back to the council’s page and try again.',
  },
  cy: {
    service: 'Taliadau efelychiedig', tag: 'Ymarfer', sandbox: 'Mae’r dudalen hon yn cymryd lle GOV.UK Pay. Nid oes arian yn symud a gwrthodir cardiau go iawn.', otherLanguage: 'English', enterDetails: 'Rhowch fanylion eich cerdyn',
    summary: 'Crynodeb o’r taliad', paymentFor: 'Taliad am', total: 'Cyfanswm', reference: 'Cyfeirnod', to: 'Yn daladwy i',
    cardNumber: 'Rhif y cerdyn', cardNumberHint: 'Defnyddiwch un o’r cardiau ymarfer a restrir ar y dudalen hon', expiry: 'Dyddiad dod i ben', expiryHint: 'Er enghraifft, 10/30', month: 'Mis', year: 'Blwyddyn',
    holder: 'Yr enw ar y cerdyn', securityCode: 'Cod diogelwch y cerdyn', securityCodeHint: 'Unrhyw 3 neu 4 digid', pay: (amount: string) => `Talu ${amount}`, cancel: 'Canslo’r taliad',
    telephone: 'Taliad dros y ffôn yw hwn: rhowch fanylion y cerdyn y mae’r galwr yn eu darllen.', address: 'Cyfeiriad bilio', line1: 'Llinell gyfeiriad 1', line2: 'Llinell gyfeiriad 2 (dewisol)', city: 'Tref neu ddinas', postcode: 'Cod post',
    practiceCards: 'Cardiau ymarfer', useCard: 'Defnyddio’r cerdyn hwn', succeeds: 'yn cael ei dderbyn', declined: 'yn cael ei wrthod', fails: 'yn methu oherwydd gwall', slow: 'yn cael ei dderbyn ymhen ychydig', expire: 'Gadael i’r taliad hwn ddod i ben',
    problem: 'Mae problem', cardUnknown: 'Rhowch rif un o’r cardiau ymarfer, fel 4444 3333 2222 1111', expiryWrong: 'Rhowch ddyddiad dod i ben yn y dyfodol, fel 10 30', holderMissing: 'Rhowch yr enw ar y cerdyn',
    securityCodeWrong: 'Rhowch god diogelwch y cerdyn, 3 neu 4 digid', errorTitle: 'Gwall: ',
    usedTitle: 'Ni allwch ddefnyddio’r ddolen hon eto', usedBody: 'Mae pob dolen i’r dudalen hon yn gweithio unwaith. Ewch yn ôl i dudalen y cyngor a dewis talu eto. Ni thalwyd dim drwy ei hagor.', goBack: 'Mynd yn ôl i dudalen y cyngor',
    notFoundTitle: 'Nid oes taliad o’r fath', notFoundBody: 'Ewch yn ôl i dudalen y cyngor a rhoi cynnig arall arni.',
  },
} as const;
