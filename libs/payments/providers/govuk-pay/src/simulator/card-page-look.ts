import type { CardPageLook, TestCard } from '@guildhall/payments-contract/far-end';

/** The cards that payers may use here: numbers from GOV.UK Pay's documentation ("Testing"), and one of a slow bank; they belong to nobody. */
export const TEST_CARDS: readonly TestCard[] = [
  { number: '4444333322221111', brand: 'Visa', result: 'succeed' },
  { number: '5105105105105100', brand: 'Mastercard', result: 'succeed' },
  { number: '4000000000000002', brand: 'Visa', result: 'decline' },
  { number: '4000000000000119', brand: 'Visa', result: 'error' },
  { number: '4000000000003220', brand: 'Visa', result: 'slow' },
];

/** What a payer reads of whose page this is. */
export const LOOK: CardPageLook = {
  name: { en: 'Simulated payments', cy: 'Taliadau efelychiedig' },
  notice: { en: 'This page stands in for GOV.UK Pay. No money moves and real cards are refused.', cy: 'Mae’r dudalen hon yn cymryd lle GOV.UK Pay. Nid oes arian yn symud a gwrthodir cardiau go iawn.' },
  cards: TEST_CARDS,
};
