import type { CardPageLook } from '@guildhall/payments-contract/far-end';

/** What a payer reads of whose page this is, and the cards that they may use: invented numbers that pass the check digit and belong to nobody. */
export const LOOK: CardPageLook = {
  name: { en: 'Sandbox payments', cy: 'Taliadau ymarfer' },
  notice: { en: 'This is a practice page. No money moves and real cards are refused.', cy: 'Tudalen ymarfer yw hon. Nid oes arian yn symud a gwrthodir cardiau go iawn.' },
  cards: [
    { number: '4444333322221111', brand: 'visa', result: 'succeed' },
    { number: '4000000000000002', brand: 'visa', result: 'decline' },
    { number: '4000000000000119', brand: 'visa', result: 'error' },
    { number: '4000000000003220', brand: 'visa', result: 'slow' },
  ],
};
