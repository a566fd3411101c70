import { createPublicKey } from 'node:crypto';
import { openPublisher, readPublisher, type Publisher, type PublisherRefusal } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { documentDigest, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import type { PinnedPublisher } from './council-settings';

/** What a catalogue knows of a publisher: each state that it signed, the newest last. */
export interface Told { readonly catalogue: string; readonly states: readonly Envelope[] }
/** A publisher in the newest state that anybody showed, and the key by which it introduced itself. */
export interface BelievedPublisher { readonly publisher: Publisher; readonly newest: Envelope; readonly key: string }
export type NotBelieved = Refusal<'disagree' | 'not-the-known-one' | 'forked'> | PublisherRefusal;

/** A publisher and those to whom it says that it belongs: what these say of a package of its, they say of themselves. */
export function ownersOf({ id, linkedTo }: Publisher): readonly string[] { return [id, ...linkedTo]; }

/** A state of a publisher, and who told of it first. */
interface State { readonly catalogue: string; readonly digest: string; readonly envelope: Envelope; readonly publisher: Publisher }

/** What a council knows of a publisher already: the key by which it came to know it, and the newest state that it saw. */
export interface Known { readonly pinned?: PinnedPublisher; readonly seen?: Envelope }

/**
 * Who a publisher is, by what it signed: from the state that the council knows, each by a key of the one before, the same at every catalogue. That a key was stolen counts from whoever says it, and cannot be kept back by
 * another that was asked too.
 */
export function believedPublisher(id: string, told: readonly Told[], { pinned, seen }: Known, now: Date): Outcome<BelievedPublisher, NotBelieved> {
  const states = new Map<number, State>();
  for (const { catalogue, states: chain } of told) {
    const from = pinned ? chain.findIndex((one) => isSignedBy(one, pinned.key)) : 0;
    if (from < 0) return refused('not-the-known-one', `${id} at ${catalogue} has never signed with the key by which this council knows it (guildhall.json). Ask ${id} itself, and change the key there only when it has said so.`);
    let before: Publisher | undefined;
    for (const envelope of chain.slice(from)) {
      const opened = openThen(envelope, before, now);
      if (!opened.ok) return refused('not-the-known-one', `What ${catalogue} tells of ${id} does not hold: ${opened.refusal.message}`);
      before = opened.value;
      if (before.id !== id) return refused('not-the-known-one', `${catalogue} tells of ${before.id} in place of ${id}.`);
      const digest = digestOf(envelope);
      const other = states.get(before.serial);
      if (other && other.digest !== digest) return refused('disagree', `${other.catalogue} and ${catalogue} do not tell the same of ${id}: somebody shows keys that are not its own. Ask ${id} itself which are.`);
      if (!other) states.set(before.serial, { catalogue, digest, envelope, publisher: before });
    }
  }
  const line = [...states.values()].sort((one, other) => one.publisher.serial - other.publisher.serial);
  const strange = line.findIndex(({ envelope }, at) => !openThen(envelope, line[at - 1]?.publisher, now).ok);
  if (strange >= 0) return refused('disagree', `${line[strange - 1]?.catalogue ?? ''} and ${line[strange]?.catalogue ?? ''} do not tell the same of ${id}: what one shows as its number ${line[strange]?.publisher.serial ?? ''} is not signed by a key that the other leaves to it. Ask ${id} itself which are its keys.`);
  const [first, newest] = [line[0], line.at(-1)];
  if (!first || !newest) return refused('not-the-known-one', `Nobody tells who ${id} is.`);
  const key = pinned?.key ?? first.publisher.keys.find(({ x }) => isSignedBy(first.envelope, x))?.x ?? '';
  if (!seen) return done({ publisher: newest.publisher, newest: newest.envelope, key });
  const last = read(seen);
  if (!last) return done({ publisher: newest.publisher, newest: newest.envelope, key });
  // Who is behind shows an older state; what was seen stays.
  if (last.serial > newest.publisher.serial) return done({ publisher: last, newest: seen, key });
  if (states.get(last.serial)?.digest !== digestOf(seen)) return refused('forked', `${newest.catalogue} tells of ${id} another history than this app saw before. Ask ${id} itself which is right.`);
  return done({ publisher: newest.publisher, newest: newest.envelope, key });
}

/** A state that is not the newest any more was signed when keys were good that have ended since. One that the state before calls stolen signs nothing after it, for whatever day. */
function openThen(envelope: Envelope, last: Publisher | undefined, now: Date): Outcome<Publisher, PublisherRefusal> {
  const before = last && { ...last, keys: last.keys.filter(({ compromisedSince }) => compromisedSince === undefined) };
  const ended = (before ?? read(envelope))?.keys.flatMap(({ until, compromisedSince }) => [until, compromisedSince].filter((at) => at !== undefined)) ?? [];
  const moments = [now, ...ended.map((at) => new Date(Date.parse(at) - 1)).filter((at) => at < now)];
  return moments.map((at) => openPublisher(envelope, before, at)).find(({ ok }) => ok) ?? openPublisher(envelope, before, now);
}

/** Of what was signed. Anybody can put signatures beside those that are there, and spell all of it otherwise. */
function digestOf({ payloadType, payload }: Envelope): string { return documentDigest([payloadType, Buffer.from(payload, 'base64').toString('base64')]); }

function read({ payload }: Envelope): Publisher | undefined {
  try {
    const publisher = readPublisher(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
    return publisher.ok ? publisher.value : undefined;
  } catch {
    return undefined;
  }
}

function isSignedBy(envelope: Envelope, x: string): boolean {
  return verifyEnvelope(envelope, [{ keyid: 'known', key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) }], 1).ok;
}
