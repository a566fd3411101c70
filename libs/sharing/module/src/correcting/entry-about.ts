import type { AttributeId, Entry } from '@guildhall/sharing-contract';

/** A line of the log about one thing that is held of somebody, where nothing was asked. @param subject the mark of who is meant */
export function entryAbout(kind: 'disputed' | 'corrected' | 'found-right', { at, attribute, subject, peer = null, agreement = null }: { readonly at: Date; readonly attribute: string; readonly subject: string; readonly peer?: string | null; readonly agreement?: string | null }): Entry {
  return { v: 1, t: at.toISOString(), kind, exchange: null, peer, agreement, purpose: null, attributes: [attribute as AttributeId], subject, allow: null, failed: [], req: null, res: null, peerCheckpoint: null };
}
