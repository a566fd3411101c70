import type { KeptAgreement } from '../knowing/agreements';

/** Whether one of these lets this body ask that one about people, on that day. */
export function isAgreed(kept: readonly KeptAgreement[], { asker, holder, day }: { readonly asker: string; readonly holder: string; readonly day: string }): boolean {
  return kept.some(({ document, missing, endedOn }) => missing.length === 0 && document.from <= day && day <= document.until && (endedOn === undefined || day < endedOn) && document.receivers.includes(asker) && document.holders.includes(holder));
}
