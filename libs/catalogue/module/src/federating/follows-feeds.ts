import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { parseVerifierKey, type NoteKey } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { OwnFeed } from '../logging/own-feed';
import { REMOVED_HERE } from './feed-conflicts';
import type { Alarm, FollowedRow } from './followed-feed';

/** A feed that is followed, as it stands here. */
export interface Followed {
  readonly name: string;
  readonly origin: string;
  readonly key: NoteKey;
  /** Entries of it that were read. */
  readonly size: number;
  readonly peaks: readonly Uint8Array[];
  /** The last note of it that was believed; empty before the first. */
  readonly checkpoint: string;
  readonly askedAt?: Date;
  readonly heardAt?: Date;
  readonly completeAt?: Date;
  readonly fault?: string;
  readonly alarm?: Alarm;
}

/** An entry of another's feed that is not listed here, or not any more. */
export interface FeedConflict {
  readonly feed: string;
  readonly index: number;
  readonly kind: string;
  readonly about: string;
  readonly version: string | null;
  readonly digest: string;
  /** `two-states`, `not-signed`, `scope-taken`, `removed-there` … */
  readonly reason: string;
  readonly message: string;
  /** An instant. */
  readonly foundAt: string;
}
const MOST_CONFLICTS = 200;

/** The feeds that this catalogue follows, and in what they differ from it. */
@Injectable()
export class FollowsFeeds {
  constructor(private readonly db: Database, private readonly own: OwnFeed) {}

  /** In the order of the configuration. @throws Error that names a key which is none, or one's own feed */
  async all(ctx: RequestContext): Promise<readonly Followed[]> {
    const { feeds = [], feedOrigin } = this.own.options(ctx);
    if (feeds.length === 0) return [];
    const rows = await this.db.query<FollowedRow & { readonly name: string }>(ctx, 'select name, size::text as size, peaks, checkpoint, asked_at, heard_at, complete_at, fault, alarm from catalogue.followed_feed where council_id = $1', [ctx.council.id]);
    return feeds.map(({ origin, key: written }) => {
      const key = keyOf(origin, written);
      if (key.name === feedOrigin) throw new Error(`catalogue({ feeds }) follows ${feedOrigin}, which is its own.`);
      const row = rows.find(({ name }) => name === key.name);
      return {
        name: key.name, origin: origin.replace(/\/$/, ''), key, size: Number(row?.size ?? 0), peaks: row?.peaks.map((hash) => new Uint8Array(hash)) ?? [], checkpoint: row?.checkpoint ?? '',
        ...(row?.asked_at && { askedAt: row.asked_at }), ...(row?.heard_at && { heardAt: row.heard_at }), ...(row?.complete_at && { completeAt: row.complete_at }), ...(row?.fault && { fault: row.fault }), ...(row?.alarm && { alarm: row.alarm }),
      };
    });
  }

  /** In what feeds differ from this catalogue, the newest first; not what was settled since, nor what was taken off there and, since, here. @param about a package or publisher */
  async conflicts(ctx: RequestContext, about?: string): Promise<readonly FeedConflict[]> {
    const rows = await this.db.query<Omit<FeedConflict, 'index' | 'foundAt'> & { index: string; found_at: Date }>(ctx, `
      select feed, index::text as index, kind, about, version, digest, reason, message, found_at from catalogue.feed_conflict c where council_id = $1 and ($2::text is null or about = $2) and not is_settled
        and not ${REMOVED_HERE}
      order by found_at desc, feed, index desc limit $3`, [ctx.council.id, about ?? null, MOST_CONFLICTS]);
    return rows.map(({ index, found_at: foundAt, ...row }) => ({ ...row, index: Number(index), foundAt: foundAt.toISOString() }));
  }
}

function keyOf(origin: string, written: string): NoteKey {
  try {
    return parseVerifierKey(written);
  } catch (error) {
    throw new Error(`catalogue({ feeds }): the key of ${origin} is no verifier key. Ask for it at ${origin}/api/catalogue/v1/feed/key, and compare it with its people.`, { cause: error });
  }
}
