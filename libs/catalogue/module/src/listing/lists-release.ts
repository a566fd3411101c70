import { areAlike, factsDigest, latestVersion, looksOfPackage, proveRelease, respelt, type Looks, type PackageFacts, type Release } from '@guildhall/catalogue-contract';
import { sql } from '@guildhall/kernel';
import { done, refused, type Outcome, type Refusal, type TransactionContext } from '@guildhall/kernel-contract';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import type { HeldFeed } from '../logging/writes-feed';
import { putOut, putOutWords } from '../publishing/put-out';
import { ListedBefore } from './listed-before';
import { showPackage } from './package-in-list';

/** A release with all that is known of it, to be listed. */
export interface ReleaseToList {
  readonly name: string;
  readonly version: string;
  readonly envelope: Envelope;
  /** Of the bytes that came, in hexadecimal. */
  readonly sha512: string;
  /** What the files in them say. */
  readonly facts: PackageFacts;
  readonly publisherId: string;
  readonly components: string | null;
  /** Name of the feed that it was first seen in; null where it was given to this catalogue itself. */
  readonly from: string | null;
  /** When a log that is believed had it first; now unless told. */
  readonly loggedAt?: Date;
}
/** Why a release is not listed. */
export type ReleaseNotListed = Refusal<'unknown-publisher' | 'not-proved' | 'listed-already' | 'another-name' | 'looks-alike' | 'removed-here'>;

/** Proves a release and lists it: the same for what is handed in and for what comes from another catalogue's feed. Nobody else lists meanwhile. */
@Injectable()
export class ListsRelease {
  /** @param before what is listed of the group that it is listed in; asked for where it is alone */
  async list(tx: TransactionContext, feed: HeldFeed, release: ReleaseToList, before?: ListedBefore): Promise<Outcome<Release, ReleaseNotListed>> {
    const { name, version, envelope, sha512, facts, publisherId, components, from, loggedAt = feed.at } = release;
    const group = before ?? (await ListedBefore.of(tx, { names: [name], publishers: [publisherId] }));
    const [publisher, known, notices] = [await group.publisher(tx, publisherId), group.releasesOf(name), group.noticesAbout(name)];
    if (!publisher) {
      const out = await putOut(tx, publisherId);
      return refused('unknown-publisher', out ? putOutWords(publisherId, out) : `${publisherId} does not publish here.`);
    }
    if (facts.name !== name || facts.version !== version) return refused('another-name', `Its package.json says ${facts.name} ${facts.version}, and it was handed in as ${name} ${version}. Pack and sign it anew.`);
    const proved = proveRelease(envelope, { package: name, version, sha512, facts: factsDigest(facts), publisher, known, ...(from !== null && { loggedAt }), now: feed.at });
    if (!proved.ok) return refused('not-proved', proved.refusal.message);
    const isRespelt = respelt(envelope, publisher);
    if (isRespelt !== undefined) return refused('not-proved', isRespelt);
    if (proved.value.kind !== facts.kind) return refused('another-name', `It was signed as a ${proved.value.kind}, and its package.json says ${facts.kind}.`);
    if (known.some((one) => one.version === version && one.removed_because === null)) return refused('listed-already', `${name} ${version} is listed already. A version is published once: give the next one a number of its own.`);
    const takenOff = known.find((one) => one.version === version && one.is_taken_off);
    if (takenOff) return refused('removed-here', `${name} ${version} was taken off here: ${takenOff.removed_because ?? ''}`);
    const alike = group.isShown(name) ? undefined : await alikeTo(tx, name, publisherId);
    if (alike !== undefined) return refused('looks-alike', `${name} could be taken for ${alike}, which is another publisher’s. Give it a name that nobody mistakes.`);
    // What was taken off because of a stolen key, and is signed anew by another, takes its own place again: its bytes are the same, or it would not have been proved. What somebody had listed who was put out gives way.
    const index = feed.list({ kind: 'release', about: name, version, envelope, from });
    const publishedAt = new Date(proved.value.publishedAt);
    // At once, and not with the commit: what is listed next in the same transaction must know of it.
    await sql(tx, `insert into catalogue.release (council_id, name, version, publisher_id, sha512, facts, facts_digest, digest, components, published_at, listed_at, logged_at, feed_index, from_feed)
      values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10::timestamptz, $11::timestamptz, $12::timestamptz, $13::bigint, $14)
      on conflict (council_id, name, version) do update set publisher_id = excluded.publisher_id, sha512 = excluded.sha512, was_put_out = false, is_taken_off = false, facts = excluded.facts, facts_digest = excluded.facts_digest, digest = excluded.digest, components = excluded.components, published_at = excluded.published_at,
        listed_at = excluded.listed_at, logged_at = excluded.logged_at, feed_index = excluded.feed_index, from_feed = excluded.from_feed, removed_because = null`, [
      tx.council.id, name, version, publisherId, sha512, JSON.stringify(facts), proved.value.facts, documentDigest(envelope), components, publishedAt.toISOString(), feed.at.toISOString(), loggedAt.toISOString(), index, from,
    ]);
    const standing = known.filter((one) => one.removed_because === null).map((one) => one.version);
    if (latestVersion(name, [...standing, version], notices) === version) await showPackage(tx, publisherId, facts, publishedAt, notices);
    return done(proved.value);
  }
}

/** A package of another publisher's for which this one could be taken. */
async function alikeTo(tx: TransactionContext, name: string, publisher: string): Promise<string | undefined> {
  const looks = looksOfPackage(name);
  const found = await sql<Looks & { full: string }>(tx, `
    select scope_looks as scope, name_looks as name, name as full from catalogue.package
    where council_id = $1 and publisher_id <> $2 and (
      (length(scope_looks) between length($3) - 1 and length($3) + 1 and length(name_looks) between length($4) - 1 and length($4) + 1)
      or (scope_looks = $4 and name_looks = $3) or scope_looks || name_looks = $4 or name_looks = $3 || $4)`, [tx.council.id, publisher, looks.scope, looks.name]);
  return found.find((one) => areAlike(looks, one))?.full;
}
