import type { CardPageLook } from '@guildhall/payments-contract/far-end';

/** What a payer reads of whose page this is, and the cards that they may use: numbers from Stripe's documentation ("Test cards"), which belong to nobody. The last stands in for a bank that takes its time. */
export const LOOK: CardPageLook = {
  name: { en: 'Simulated checkout', cy: 'Til efelychiedig' },
  notice: {
    en: 'This page stands in for Stripe Checkout. No money moves and real cards are refused. Stripe’s own page has no Welsh.',
    cy: 'Mae’r dudalen hon yn cymryd lle Stripe Checkout. Nid oes arian yn symud a gwrthodir cardiau go iawn. Nid oes Cymraeg ar dudalen Stripe ei hun.',
  },
  cards: [
    { number: '4242424242424242', brand: 'visa', result: 'succeed' },
    { number: '5555555555554444', brand: 'mastercard', result: 'succeed' },
    { number: '4000000000000002', brand: 'visa', result: 'decline' },
    { number: '4000000000000119', brand: 'visa', result: 'error' },
    { number: '4000000000003220', brand: 'visa', result: 'slow' },
  ],
};
