import { textsAt } from './claims';
import type { Claims } from './claims';
import type { SecondFactorRule } from './options';

/** Unless a council says otherwise (RFC 8176, 2). */
export const MULTIPLE_FACTORS: SecondFactorRule = { amr: ['mfa'] };

/** Whether a token says, in one of the ways that the council listed, that the second factor was used. Silence is no. */
export function hadSecondFactor(claims: Claims, rule: SecondFactorRule): boolean {
  return (['amr', 'acr', 'acrs'] as const).some((claim) => textsAt(claims, claim).some((value) => rule[claim]?.includes(value)));
}

/** What is asked for, so that the far end demands the second factor of whoever has not used it yet. */
export function secondFactorParameters({ acr = [], acrs = [] }: SecondFactorRule): Readonly<Record<string, string>> {
  return {
    ...(acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
    // Entra ID takes one context in a claims request (OpenID Connect Core 1.0, 5.5).
    ...(acrs[0] === undefined ? {} : { claims: JSON.stringify({ id_token: { acrs: { essential: true, value: acrs[0] } } }) }),
  };
}
