import { canonicalize, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { publisherKeysAt, type Publisher } from '../publisher';

/** Another name, one more scope, or a key in somebody else's hands than theirs who signed, is something that only a person can make sure of. */
export function needsPerson(publisher: Publisher, before: Publisher, envelope: Envelope, now: Date): boolean {
  const signed = verifyEnvelope(envelope, publisherKeysAt(before, now), 1);
  const signers = signed.ok ? before.keys.filter(({ keyid }) => signed.value.keyids.includes(keyid)).map(({ holder }) => holder) : [];
  const isHandedOver = publisher.keys.some(({ keyid, holder }) => {
    const known = before.keys.find((key) => key.keyid === keyid);
    return known ? known.holder !== holder : !signers.includes(holder);
  });
  return publisher.serial > before.serial && (isHandedOver || publisher.kind !== before.kind || publisher.contact.web !== before.contact.web || canonicalize(publisher.name) !== canonicalize(before.name) || publisher.scopes.some((scope) => !before.scopes.includes(scope)));
}

/** Why a state is not listed: a scope is one publisher's and stays it, and a key that is left out would take with it all that it has signed. */
export function keptPublisherFault(publisher: Publisher, before: Publisher | undefined, all: readonly Publisher[], listed: readonly { readonly name: string; readonly publisher: string }[]): string | undefined {
  for (const scope of [...publisher.scopes].sort()) {
    const owner = all.find(({ id, scopes }) => id !== publisher.id && scopes.includes(scope));
    if (owner) return `${scope} is ${owner.id}’s. Publish under a scope of your own.`;
  }
  const used = listed.find(({ name, publisher: by }) => by === publisher.id && !publisher.scopes.some((scope) => name.startsWith(`${scope}/`)));
  if (used) return `${used.name} is listed under a scope that this state no longer names. Keep the scope: what is listed is believed by it.`;
  const missing = before?.keys.find(({ keyid, x }) => !publisher.keys.some((key) => key.keyid === keyid && key.x === x));
  return missing && `The key ${missing.keyid} was named before and is not in this state. Keep it, and say until when it was good ("until"), or since when somebody else may have had it ("compromisedSince").`;
}
