import type { KeptAgreement } from '../knowing/agreements';

/** Whether an agreement is signed by all and in force on that day. */
export function isInForce({ document: { from, until }, missing, endedOn }: KeptAgreement, day: string): boolean { return missing.length === 0 && from <= day && day <= until && (endedOn === undefined || day < endedOn); }

/** Whether one of these lets this body ask that one about people, on that day. */
export function isAgreed(kept: readonly KeptAgreement[], { asker, holder, day }: { readonly asker: string; readonly holder: string; readonly day: string }): boolean {
  return kept.some((one) => isInForce(one, day) && one.document.receivers.includes(asker) && one.document.holders.includes(holder));
}
