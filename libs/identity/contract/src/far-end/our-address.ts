import { InvalidInput } from '@guildhall/kernel-contract';
import type { Council } from '@guildhall/kernel-contract';

/** Lets a browser be sent back to the council's own site only (RFC 9700, 4.11). @beta @throws InvalidInput */
export function demandOurs(address: string, { origin }: Pick<Council, 'origin'>): void {
  const ours = new URL(origin).origin;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.origin !== ours || url.username || url.password) throw new InvalidInput(`A sign-in may only lead back to ${ours}.`, [{ field: 'redirectUri', message: `Begin with ${ours}.` }]);
}
