import { growLog } from '@guildhall/append-only-log';
import { feedEntryBytes, type FeedEntry } from '@guildhall/catalogue-contract';
import { write, writeRows } from '@guildhall/kernel';
import { CLOCK, type Clock, type TransactionContext } from '@guildhall/kernel-contract';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnFeed } from './own-feed';
import { FEED_TABLES } from './reads-feed';

/** What is listed: with what was signed, or that it is listed no more. */
export interface Listed extends Pick<FeedEntry, 'about' | 'version'> {
  readonly kind: Exclude<FeedEntry['kind'], 'removed'>;
  readonly envelope: Envelope;
  /** Name of the feed that it was first seen in; null where it was given to this catalogue itself. */
  readonly from: string | null;
}
/** The feed while a transaction lists something in it. */
export interface HeldFeed {
  /** When this transaction lists, for all that it lists. */
  readonly at: Date;
  /** @returns where it stands */
  list(listed: Listed): number;
  remove(removed: Pick<FeedEntry, 'about' | 'version' | 'digest'> & { readonly because: string; readonly from?: string | null }): number;
}

/** Lists: each entry goes into the feed in the same transaction as what it lists. */
@Injectable()
export class WritesFeed {
  constructor(private readonly own: OwnFeed, @Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Holds the feed while something is decided and listed: whoever else lists waits, so that what is decided is decided on what is listed.
   * The work may list nothing.
   */
  async hold<Result>(tx: TransactionContext, work: (feed: HeldFeed) => Promise<Result>): Promise<Result> {
    const log = await growLog(tx, FEED_TABLES, this.own.noteKey(tx));
    const at = this.clock.now();
    const entries: { readonly index: number; readonly entry: FeedEntry; readonly leaf: string }[] = [];
    const append = (told: Omit<FeedEntry, 'v' | 't'>): number => {
      const entry: FeedEntry = { v: 1, t: at.toISOString(), ...told };
      const leaf = Buffer.from(feedEntryBytes(entry)).toString();
      const index = log.append(leaf);
      entries.push({ index, entry, leaf });
      return index;
    };
    const result = await work({
      at,
      list: ({ kind, about, version, envelope, from }) => {
        const digest = documentDigest(envelope);
        write(tx, 'insert into catalogue.signed (council_id, digest, kind, envelope) values ($1, $2, $3, $4::jsonb) on conflict (council_id, digest) do update set is_removed = false', [tx.council.id, digest, kind, JSON.stringify(envelope)]);
        return append({ kind, about, version, digest, from, because: null });
      },
      remove: ({ about, version, digest, because, from = null }) => {
        write(tx, 'update catalogue.signed set is_removed = true where council_id = $1 and digest = $2', [tx.council.id, digest]);
        return append({ kind: 'removed', about, version, digest, from, because });
      },
    });
    if (entries.length > 0) {
      writeRows(tx, { into: 'catalogue.feed_entry', columns: { index: 'bigint', at: 'timestamptz', kind: 'text', about: 'text', version: 'text', digest: 'text', leaf: 'text' }, rows: entries.map(({ index, leaf, entry: { t, kind, about, version, digest } }) => [index, t, kind, about, version, digest, leaf]) });
      log.keep();
    }
    return result;
  }
}
