/** What a card does at a simulator. @beta */
export type CardResult = 'succeed' | 'decline' | 'error' | 'slow';
/** A card that payers may use at a simulator: a number that a provider publishes for tests and that belongs to nobody. @beta */
export interface TestCard { readonly number: string; readonly brand: string; readonly result: CardResult }

/** The card with this number, however its digits are grouped; nothing when it is none of these. @beta */
export function testCard(typed: string, cards: readonly TestCard[]): TestCard | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  return cards.find((card) => card.number === digits);
}

/** `4444 3333 2222 1111` @beta */
export function grouped(number: string): string { return number.replace(/(\d{4})(?=\d)/g, '$1 '); }
