import { COUNTER_CLAIM_TYPE } from '@guildhall/assurance-contract';
import { factsDigest, judgeFacts, readNotice, readPackageFacts, readPublisher, readRelease, type FeedEntry, type FeedItem } from '@guildhall/catalogue-contract';
import { sql } from '@guildhall/kernel';
import type { Outcome, Refusal, TransactionContext } from '@guildhall/kernel-contract';
import { documentDigest, readEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { KeepsAssessment } from '../assessing/keeps-assessment';
import { KeepsCounterClaim } from '../assessing/keeps-counter-claim';
import { ListedBefore } from '../listing/listed-before';
import { ListsRelease } from '../listing/lists-release';
import type { HeldFeed } from '../logging/writes-feed';
import { KeepsPublisher } from '../publishing/keeps-publisher';
import { KeepsNotice } from '../telling/keeps-notice';

/** What became of an entry of another's feed. `known`: it is listed here already, or is nothing that could be. */
export type Taken = { readonly state: 'listed' | 'known' } | { readonly state: 'conflict'; readonly reason: string; readonly message: string };
/** From which feed, and when its log had it. */
export interface TakenFrom { readonly feed: string; readonly loggedAt: Date }

const KNOWN: Taken = { state: 'known' };
/** An entry that is named after something else than it holds would be looked for in vain. */
const MISLABELLED: Taken = { state: 'conflict', reason: 'mislabelled', message: 'The entry is about something else than what stands beside it.' };
const NOT_SHOWN: Taken = { state: 'conflict', reason: 'not-shown', message: 'What the entry is about is not shown.' };
const LISTED: Taken = { state: 'listed' };
function conflict({ reason, message }: Refusal<string>): Taken { return { state: 'conflict', reason, message }; }

/** Takes an entry of another catalogue's feed by the same rules as if it were handed in here. What cannot stand beside what is listed is not listed, and is told of. */
@Injectable()
export class TakesFeedItem {
  constructor(private readonly publishers: KeepsPublisher, private readonly releases: ListsRelease, private readonly notices: KeepsNotice, private readonly assessments: KeepsAssessment, private readonly counterClaims: KeepsCounterClaim) {}

  /** What is listed of what a group of entries is about (`batchesOf`), asked for once. */
  before(tx: TransactionContext, batch: readonly FeedItem[]): Promise<ListedBefore> {
    const releases = batch.flatMap(({ entry }) => (entry.kind === 'release' ? [entry] : []));
    return ListedBefore.of(tx, { names: releases.map(({ about }) => about), digests: releases.map(({ digest }) => digest) });
  }

  async take(tx: TransactionContext, feed: HeldFeed, item: FeedItem, from: TakenFrom, group?: ListedBefore): Promise<Taken> {
    const { entry, envelope: shown, facts } = item;
    if (entry.kind === 'removed') return removedThere(tx, entry, from.feed);
    // Listed there once, and no more: its `removed` comes further on. That keys of a publisher are not shown is told until then: they may be kept back.
    if (shown === null) return entry.kind === 'publisher' ? NOT_SHOWN : KNOWN;
    const read = readEnvelope(shown);
    if (!read.ok) return conflict({ reason: 'malformed', message: 'What stands beside the entry is not signed.' });
    const envelope = read.value;
    if (documentDigest(envelope) !== entry.digest) return conflict({ reason: 'tampered', message: 'What stands beside the entry is not what its log names.' });
    const firstSeen = entry.from ?? from.feed;
    switch (entry.kind) {
      case 'publisher': return this.#publisher(tx, feed, envelope, entry, firstSeen, from.loggedAt);
      case 'release': return this.#release(tx, feed, envelope, entry, facts, firstSeen, from.loggedAt, group ?? (await this.before(tx, [item])));
      case 'notice': return this.#notice(tx, feed, envelope, entry, firstSeen, from.loggedAt);
      case 'assessment': return envelope.payloadType === COUNTER_CLAIM_TYPE ? taken(await this.counterClaims.keep(tx, feed, envelope, firstSeen, from.loggedAt), ['not-newer']) : taken(await this.assessments.keep(tx, feed, envelope, firstSeen, from.loggedAt), ['listed-already']);
    }
  }

  async #publisher(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, { about }: FeedEntry, from: string, loggedAt: Date): Promise<Taken> {
    const read = readPublisher(jsonOf(envelope));
    if (!read.ok) return conflict(read.refusal);
    const publisher = read.value;
    if (publisher.id !== about) return MISLABELLED;
    const states = await sql<{ payload: string; serial: string }>(tx, `select s.envelope->>'payload' as payload, p.serial::text as serial from catalogue.publisher_state p join catalogue.signed s on s.council_id = p.council_id and s.digest = p.digest where p.council_id = $1 and p.publisher_id = $2`, [tx.council.id, publisher.id]);
    // By what was signed: who else has signed it, and how that is written, makes no other state.
    if (states.some(({ payload }) => bytesOf(payload).equals(bytesOf(envelope.payload)))) return KNOWN;
    if (states.some(({ serial }) => Number(serial) === publisher.serial)) return conflict({ reason: 'two-states', message: `${from} shows another number ${publisher.serial} of ${publisher.id} than is known here: somebody has signed two.` });
    return taken(await this.publishers.keep(tx, feed, envelope, publisher.id, from, loggedAt), []);
  }

  async #release(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, { digest, about, version }: FeedEntry, told: unknown, from: string, loggedAt: Date, group: ListedBefore): Promise<Taken> {
    const removedBecause = group.removedBecause(digest);
    if (removedBecause !== undefined) return removedBecause === null ? KNOWN : conflict({ reason: 'removed-here', message: `It is listed in ${from}, and was taken off here: ${removedBecause}` });
    // Removed there since, with what its files said.
    if (told === undefined) return KNOWN;
    const [read, facts] = [readRelease(envelope), readPackageFacts(told)];
    if (!read.ok) return conflict(read.refusal);
    if (!facts.ok) return conflict(facts.refusal);
    const { predicate, subject: [subject] } = read.value;
    if (predicate.package !== about || predicate.version !== version) return MISLABELLED;
    if (factsDigest(facts.value) !== predicate.facts) return conflict({ reason: 'tampered', message: `What ${from} says of ${predicate.package} ${predicate.version} is not what was signed.` });
    const judged = judgeFacts(facts.value);
    if (!judged.ok) return conflict(judged.refusal);
    return taken(await this.releases.list(tx, feed, { name: predicate.package, version: predicate.version, envelope, sha512: subject.digest.sha512, facts: facts.value, publisherId: predicate.publisher, components: null, from, loggedAt }, group), ['listed-already']);
  }

  async #notice(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, { digest, about }: FeedEntry, from: string, loggedAt: Date): Promise<Taken> {
    const read = readNotice(envelope);
    if (!read.ok) return conflict(read.refusal);
    if (read.value.package !== about) return MISLABELLED;
    const [known] = await sql<{ removed_because: string | null }>(tx, `select n.removed_because from catalogue.signed s left join catalogue.notice n on n.council_id = s.council_id and n.package = $3 and n.digest = s.digest and s.is_removed where s.council_id = $1 and s.digest = $2`, [tx.council.id, digest, about]);
    if (known && known.removed_because !== null) return conflict({ reason: 'removed-here', message: `It is listed in ${from}, and was taken off here: ${known.removed_because}` });
    // An older word of the same notice was passed by already.
    return known ? KNOWN : taken(await this.notices.keep(tx, feed, envelope, read.value.publisher, from, loggedAt), ['not-newer']);
  }
}

function taken(outcome: Outcome<unknown>, isKnown: readonly string[]): Taken {
  if (outcome.ok) return LISTED;
  return isKnown.includes(outcome.refusal.reason) ? KNOWN : conflict(outcome.refusal);
}

const LISTED_HERE = `select
  exists (select from catalogue.release where council_id = $1 and digest = $2 and removed_because is null)
  or exists (select from catalogue.notice where council_id = $1 and package = $3 and digest = $2 and removed_because is null)
  or exists (select from catalogue.assessment where council_id = $1 and digest = $2 and removed_because is null)
  or exists (select from catalogue.counter_claim where council_id = $1 and digest = $2)
  or exists (select from catalogue.publisher_state t join catalogue.publisher p on p.council_id = t.council_id and p.publisher_id = t.publisher_id and p.serial = t.serial where t.council_id = $1 and t.publisher_id = $3 and t.digest = $2) as is_listed`;

/** What another catalogue lists no more stays listed here until somebody here decides; that they differ is told. Of a publisher it is told once, of its newest state. */
async function removedThere(tx: TransactionContext, { digest, about, version, because }: FeedItem['entry'], feed: string): Promise<Taken> {
  const [here] = await sql<{ is_listed: boolean }>(tx, LISTED_HERE, [tx.council.id, digest, about]);
  return here?.is_listed ? { state: 'conflict', reason: 'removed-there', message: `${about}${version === null ? '' : ` ${version}`} is listed here, and ${feed} has taken it off: ${because ?? ''}` } : KNOWN;
}

function bytesOf(payload: string): Buffer { return Buffer.from(payload, 'base64'); }

function jsonOf({ payload }: Pick<Envelope, 'payload'>): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
