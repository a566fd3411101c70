import { openPublisher, respelt, type Publisher } from '@guildhall/catalogue-contract';
import { enqueue, sql, write } from '@guildhall/kernel';
import { done, refused, type Outcome, type Refusal, type TransactionContext } from '@guildhall/kernel-contract';
import { canonicalize, documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import type { HeldFeed } from '../logging/writes-feed';
import { LookAgain } from './jobs';
import { putOut, putOutWords } from './put-out';

/** Why a publisher's state is not listed. */
export type PublisherNotListed = Refusal<'malformed' | 'not-signed' | 'not-newer' | 'another' | 'scope-taken' | 'scope-in-use' | 'key-missing' | 'removed-here'>;

/** Lists who publishes: the same for what is handed in and for what comes from another catalogue's feed. Nobody else lists meanwhile. */
@Injectable()
export class KeepsPublisher {
  /**
   * @param from name of the feed that it was first seen in; null where it was given to this catalogue itself
   * @param loggedAt when a log that is believed had it first; now unless told
   */
  async keep(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, id: string, from: string | null, loggedAt = feed.at): Promise<Outcome<Publisher, PublisherNotListed>> {
    const out = await putOut(tx, id);
    // Somebody has to let it in again: neither another catalogue nor a state that was under way does.
    return out ? refused('removed-here', putOutWords(id, out)) : this.#keep(tx, feed, envelope, id, from, loggedAt);
  }

  /** The same, of somebody whom a person lets in: who was put out before is put out no more. */
  async letIn(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, id: string): Promise<Outcome<Publisher, PublisherNotListed>> {
    const kept = await this.#keep(tx, feed, envelope, id, null, feed.at);
    if (kept.ok) await sql(tx, 'delete from catalogue.put_out where council_id = $1 and publisher_id = $2', [tx.council.id, id]);
    return kept;
  }

  async #keep(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, id: string, from: string | null, loggedAt: Date): Promise<Outcome<Publisher, PublisherNotListed>> {
    const [known] = await sql<{ state: Publisher }>(tx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [tx.council.id, id]);
    const before = known?.state;
    // A key that the state before calls stolen signs nothing that comes after it, whenever a log says that it had it.
    const opened = openPublisher(envelope, before && { ...before, keys: before.keys.filter(({ compromisedSince }) => compromisedSince === undefined) }, loggedAt);
    if (!opened.ok) return opened;
    const publisher = opened.value;
    const isRespelt = respelt(envelope, ...(before ? [before] : []), publisher);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    const fault = (await scopeFault(tx, publisher, before)) ?? (before && keyFault(publisher, before));
    if (fault) return { ok: false, refusal: fault };
    feed.list({ kind: 'publisher', about: id, version: null, envelope, from });
    write(tx, `insert into catalogue.publisher (council_id, publisher_id, state, serial, listed_at, from_feed) values ($1, $2, $3::jsonb, $4::bigint, $5::timestamptz, $6)
      on conflict (council_id, publisher_id) do update set state = excluded.state, serial = excluded.serial, listed_at = excluded.listed_at`, [tx.council.id, id, JSON.stringify(publisher), publisher.serial, feed.at.toISOString(), from]);
    write(tx, 'insert into catalogue.publisher_state (council_id, publisher_id, serial, digest, listed_at) values ($1, $2, $3::bigint, $4, $5::timestamptz)', [tx.council.id, id, publisher.serial, documentDigest(envelope), feed.at.toISOString()]);
    for (const scope of publisher.scopes) write(tx, 'insert into catalogue.publisher_scope (council_id, scope, publisher_id) values ($1, $2, $3) on conflict do nothing', [tx.council.id, scope, id]);
    if (before && canonicalize(before.keys) !== canonicalize(publisher.keys)) enqueue(tx, LookAgain, { publisherId: id }, { key: `${id} ${publisher.serial}` });
    return done(publisher);
  }
}

/** A scope is one publisher's, and stays it: what was published under it is believed by its name. */
async function scopeFault(tx: TransactionContext, { id, scopes }: Publisher, before: Publisher | undefined): Promise<PublisherNotListed | undefined> {
  const taken = await sql<{ scope: string; publisher_id: string }>(tx, 'select scope, publisher_id from catalogue.publisher_scope where council_id = $1 and scope = any($2) and publisher_id <> $3 order by scope', [tx.council.id, scopes, id]);
  const [first] = taken;
  if (first) return { reason: 'scope-taken', message: `${first.scope} is ${first.publisher_id}’s. Publish under a scope of your own.` };
  const dropped = before?.scopes.filter((scope) => !scopes.includes(scope)) ?? [];
  const [used] = dropped.length === 0 ? [] : await sql<{ name: string }>(tx, `select name from catalogue.package where council_id = $1 and publisher_id = $2 and split_part(name, '/', 1) = any($3) order by name limit 1`, [tx.council.id, id, dropped]);
  return used && { reason: 'scope-in-use', message: `${used.name} is listed under a scope that this state no longer names. Keep the scope: what is listed is believed by it.` };
}

/** A key that is left out would take with it all that it has signed. */
function keyFault(publisher: Publisher, before: Publisher): PublisherNotListed | undefined {
  const missing = before.keys.find(({ keyid, x }) => !publisher.keys.some((key) => key.keyid === keyid && key.x === x));
  return missing && { reason: 'key-missing', message: `The key ${missing.keyid} was named before and is not in this state. Keep it, and say until when it was good ("until"), or since when somebody else may have had it ("compromisedSince").` };
}
