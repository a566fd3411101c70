import type { IdentityConfidence } from '@guildhall/identity-contract';
import { assertNever } from '@guildhall/kernel-contract';

/** The vectors of trust (RFC 8485) that One Login is asked for: always with a second factor, and as much identity as is needed. */
export function vectorsFor(confidence: IdentityConfidence): string {
  switch (confidence) {
    case 'none': return '["Cl.Cm"]';
    case 'low': return '["Cl.Cm.P1"]';
    case 'medium': return '["Cl.Cm.P2"]';
    default: return assertNever(confidence);
  }
}

/** Whether the credential was as strong as was asked: One Login writes into an ID token the part of the vector that is about credentials only. */
export function hadSecondFactor(vot: unknown): boolean {
  return typeof vot === 'string' && vot.split('.').includes('Cl') && vot.split('.').includes('Cm');
}

/** What a core identity says of confidence; whatever we do not know is nothing. */
export function confidenceOf(vot: unknown): IdentityConfidence {
  return vot === 'P2' ? 'medium' : vot === 'P1' ? 'low' : 'none';
}
