/**
 * What a payer, their bank, the clock or somebody in the dashboard can do to a session. `submit`: the bank has it and nobody has decided. `decline` and `error`: the bank does not pay after all, and the session is over; a declined
 * card, which leaves the session open, is `card-declined`. `cancel`: somebody ends the session before its time. `open`: the payer looks at the page, which Stripe does not tell anybody.
 * @public
 */
export type PayerDoes = 'open' | 'submit' | 'succeed' | 'card-declined' | 'decline' | 'cancel' | 'expire' | 'error';

/** @internal */
export const EVERY_DOING: readonly PayerDoes[] = ['open', 'submit', 'succeed', 'card-declined', 'decline', 'cancel', 'expire', 'error'];

/** @throws RangeError when nobody does such a thing */
export function payerDoes(text: string): PayerDoes {
  const known = EVERY_DOING.find((does) => does === text);
  if (!known) throw new RangeError(`Nobody does "${text}" here. Known: ${EVERY_DOING.join(', ')}.`);
  return known;
}
