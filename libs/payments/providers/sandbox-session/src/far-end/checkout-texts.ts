/** Every word that a payer reads here. */
export const CHECKOUT_TEXTS = {
  en: {
    name: 'Sandbox checkout', practice: 'Practice page: no money moves and real cards are refused.', otherLanguage: 'Cymraeg', heading: 'Pay by card', to: 'Pay to', reference: 'Reference',
    cardNumber: 'Card number', cardHint: 'One of the practice cards on this page', expiry: 'Expiry (month and year)', expiryHint: 'For example, 10 / 30', holder: 'Name on card', cvc: 'Security code', cvcHint: '3 or 4 digits',
    pay: (amount: string) => `Pay ${amount}`, cancel: 'Cancel and go back', practiceCards: 'Practice cards', use: 'Use it', paid: 'is accepted', declined: 'is declined', broken: 'fails with an error', processing: 'is accepted after a while',
    expire: 'Let this session expire', problem: 'There is a problem', error: 'Error: ', cardWrong: 'Enter the number of one of the practice cards, like 4242 4242 4242 4242', expiryWrong: 'Enter an expiry date in the future, like 10 / 30',
    holderWrong: 'Enter the name on the card', cvcWrong: 'Enter the security code, 3 or 4 digits', goneTitle: 'This checkout is over', goneBody: 'Go back to the council’s page: it knows whether you have paid.', goBack: 'Go back to the council’s page',
    missingTitle: 'There is no such checkout', missingBody: 'Go back to the council’s page and try again.',
  },
  cy: {
    name: 'Til ymarfer', practice: 'Tudalen ymarfer: nid oes arian yn symud a gwrthodir cardiau go iawn.', otherLanguage: 'English', heading: 'Talu â cherdyn', to: 'Derbynnydd:', reference: 'Cyfeirnod',
    cardNumber: 'Rhif y cerdyn', cardHint: 'Un o’r cardiau ymarfer ar y dudalen hon', expiry: 'Dyddiad dod i ben (mis a blwyddyn)', expiryHint: 'Er enghraifft, 10 / 30', holder: 'Yr enw ar y cerdyn', cvc: 'Cod diogelwch', cvcHint: '3 neu 4 digid',
    pay: (amount: string) => `Talu ${amount}`, cancel: 'Canslo a mynd yn ôl', practiceCards: 'Cardiau ymarfer', use: 'Ei ddefnyddio', paid: 'yn cael ei dderbyn', declined: 'yn cael ei wrthod', broken: 'yn methu oherwydd gwall', processing: 'yn cael ei dderbyn ymhen ychydig',
    expire: 'Gadael i’r sesiwn hon ddod i ben', problem: 'Mae problem', error: 'Gwall: ', cardWrong: 'Rhowch rif un o’r cardiau ymarfer, fel 4242 4242 4242 4242', expiryWrong: 'Rhowch ddyddiad dod i ben yn y dyfodol, fel 10 / 30',
    holderWrong: 'Rhowch yr enw ar y cerdyn', cvcWrong: 'Rhowch y cod diogelwch, 3 neu 4 digid', goneTitle: 'Mae’r sesiwn dalu hon wedi dod i ben', goneBody: 'Ewch yn ôl i dudalen y cyngor: mae’n gwybod a ydych wedi talu.', goBack: 'Mynd yn ôl i dudalen y cyngor',
    missingTitle: 'Nid oes sesiwn dalu o’r fath', missingBody: 'Ewch yn ôl i dudalen y cyngor a rhoi cynnig arall arni.',
  },
} as const;
