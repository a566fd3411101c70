import { LogReader, type LogHead } from '@guildhall/append-only-log';
import { MOST_FEED_ITEMS, type FeedEntry, type FeedItem, type FeedPage, type PackageFacts } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { OwnFeed } from './own-feed';

/** Where the feed's tree is. */
export const FEED_TABLES = { log: 'catalogue.feed', subtree: 'catalogue.feed_node' } as const;

/** A page ends where it would become too large, with fewer entries than were asked for: as it is stored, which is a third or less of what is sent. */
const MOST_BYTES_STORED = 2 * 1024 * 1024;

/** What others are told of this catalogue's feed. */
@Injectable()
export class ReadsFeed {
  readonly #log: LogReader;
  constructor(private readonly db: Database, own: OwnFeed) {
    this.#log = new LogReader(db, FEED_TABLES, (ctx) => own.noteKey(ctx));
  }

  /** The feed from this entry on. @throws InvalidInput */
  async page(ctx: RequestContext, from: number, limit: number): Promise<FeedPage> {
    wholeNumber('from', from);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_FEED_ITEMS) throw new InvalidInput(`Ask for 1 to ${MOST_FEED_ITEMS} entries.`, [{ field: 'limit', message: `must be from 1 to ${MOST_FEED_ITEMS}` }]);
    // The head is read after the entries: its tree holds at least these.
    const rows = await this.db.query<{ index: string; leaf: string; envelope: Envelope | null; facts: PackageFacts | null }>(ctx, `
      select index::text as index, leaf, envelope, facts from (
        select page.*, coalesce(sum(coalesce(pg_column_size(facts), 0) + coalesce(pg_column_size(envelope), 0)) over (order by index rows between unbounded preceding and 1 preceding), 0) as bytes_before from (
          select e.index, e.leaf, case when e.kind <> 'removed' and not s.is_removed then s.envelope end as envelope, r.facts
          from catalogue.feed_entry e
          left join catalogue.signed s on s.council_id = e.council_id and s.digest = e.digest
          left join catalogue.release r on e.kind = 'release' and r.council_id = e.council_id and r.name = e.about and r.version = e.version and r.digest = e.digest and r.removed_because is null
          where e.council_id = $1 and e.index >= $2 order by e.index limit $3
        ) page
      ) sized where bytes_before < $4 order by sized.index`, [ctx.council.id, from, limit, MOST_BYTES_STORED]);
    const { checkpoint } = await this.#log.head(ctx);
    return { checkpoint, items: rows.map(({ index, leaf, envelope, facts }): FeedItem => ({ index: Number(index), entry: JSON.parse(leaf) as FeedEntry, envelope, ...(facts && envelope && { facts }) })) };
  }

  async checkpoint(ctx: RequestContext): Promise<string> { return (await this.#log.head(ctx)).checkpoint; }

  /** An entry of the feed, with the proof that it stands in it as it is now. */
  async entry(ctx: RequestContext, index: number): Promise<LogHead & { readonly entry: FeedEntry; readonly proof: readonly string[] }> {
    const [[row], included] = await Promise.all([
      this.db.query<{ leaf: string }>(ctx, 'select leaf from catalogue.feed_entry where council_id = $1 and index = $2', [ctx.council.id, index]),
      this.#log.inclusion(ctx, index),
    ]);
    if (!row) throw new Error(`The feed has no entry ${index}.`);
    return { ...included, entry: JSON.parse(row.leaf) as FeedEntry };
  }

  /** @throws InvalidInput */
  async consistency(ctx: RequestContext, from: number, to: number): Promise<readonly string[]> {
    wholeNumber('from', from);
    wholeNumber('to', to);
    try {
      return await this.#log.consistencyProof(ctx, from, to);
    } catch (error) {
      if (error instanceof RangeError) throw new InvalidInput(error.message, [{ field: 'to', message: 'is not a size of this log after the other' }]);
      throw error;
    }
  }
}

function wholeNumber(field: string, number: number): void {
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidInput(`${field} must be a whole number.`, [{ field, message: 'must be a whole number' }]);
}
