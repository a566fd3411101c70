/** What a card does here. */
export type CardResult = 'succeed' | 'decline' | 'error' | 'slow';
/** A card that payers may use here: numbers from GOV.UK Pay's documentation ("Testing"), and one of a slow bank; they belong to nobody. */
export interface TestCard { readonly number: string; readonly brand: string; readonly result: CardResult; readonly key: 'succeeds' | 'declined' | 'fails' | 'slow' }

/** The cards, in the order in which the page lists them. */
export const TEST_CARDS: readonly TestCard[] = [
  { number: '4444333322221111', brand: 'Visa', result: 'succeed', key: 'succeeds' },
  { number: '5105105105105100', brand: 'Mastercard', result: 'succeed', key: 'succeeds' },
  { number: '4000000000000002', brand: 'Visa', result: 'decline', key: 'declined' },
  { number: '4000000000000119', brand: 'Visa', result: 'error', key: 'fails' },
  { number: '4000000000003220', brand: 'Visa', result: 'slow', key: 'slow' },
];

/** The card with this number, however its digits are grouped. */
export function testCard(typed: string): TestCard | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  return TEST_CARDS.find((card) => card.number === digits);
}

/** `4444 3333 2222 1111` */
export function grouped(number: string): string { return number.replace(/(\d{4})(?=\d)/g, '$1 '); }
