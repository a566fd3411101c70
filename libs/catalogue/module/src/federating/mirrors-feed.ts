import { HttpCatalogue, feedLeaf, type CatalogueApi, type FeedItem, type FeedPage } from '@guildhall/catalogue-contract';
import { Database, LOG, OUTBOUND, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, refused, type Clock, type JobHandler, type Log, type Outbound, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { MerkleTree } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { cannotBeKept } from '../logging/cannot-be-kept';
import { WritesFeed } from '../logging/writes-feed';
import { batchesOf } from './batches-of';
import { keepConflict, settleRemoved } from './feed-conflicts';
import type { AlarmReason } from './followed-feed';
import { FetchesBills } from './fetches-bills';
import { FollowsFeeds, type Followed } from './follows-feeds';
import { MirrorFeed } from './jobs';
import { openFeedNote, provePage, type KnownLog, type PageRefusal, type ProvedPage } from './prove-page';
import { TakesFeedItem } from './takes-feed-item';

/** Entries of a page: with what was signed and the facts some ten kilobytes each. */
const PAGE = 250;
/** After so many pages another job goes on, so that none is given to a second worker while it runs. */
const PAGES_AT_ONCE = 8;
/** Clocks of two catalogues differ by no more. */
const CLOCKS_DIFFER_BY_MS = 5 * 60 * 1000;
const PAGE_WITHIN_SECONDS = 30;
const BILL_WITHIN_SECONDS = 10;
const MOST_PAGE_BYTES = 64 * 1024 * 1024;
const ALARMING: readonly PageRefusal['reason'][] = ['forked', 'shrunk'];

/**
 * Reads on in another catalogue's feed, page by page: first whether it is the same log that grew, then each entry as if it were handed in here. How far it has come is kept with what was taken, so that it
 * goes on where it broke off. A log with two histories is an alarm: both notes are kept, and nothing is taken from it any more.
 */
@Injectable()
export class MirrorsFeed implements JobHandler<{ readonly feed: string }> {
  constructor(
    private readonly db: Database, private readonly feeds: FollowsFeeds, private readonly writing: WritesFeed, private readonly taking: TakesFeedItem, private readonly bills: FetchesBills, @Inject(OUTBOUND) private readonly outbound: Outbound,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  async run(ctx: RequestContext, { feed }: { readonly feed: string }): Promise<void> {
    for (let pages = 0; pages < PAGES_AT_ONCE; pages++) if (!(await this.#readOn(ctx, feed))) { if (pages === 0) return this.#fetchBills(ctx, feed); break; }
    await this.db.run(ctx, async (tx) => enqueue(tx, MirrorFeed, { feed }, { key: feed }));
  }

  /** When it is read to its end: what a feed lists comes first. */
  async #fetchBills(ctx: RequestContext, name: string): Promise<void> {
    const followed = (await this.feeds.all(ctx)).find((one) => one.name === name);
    if (!followed || followed.alarm || followed.fault) return;
    if (await this.bills.fetch(ctx, this.#at(followed, BILL_WITHIN_SECONDS), name)) await this.db.run(ctx, async (tx) => enqueue(tx, MirrorFeed, { feed: name }, { key: name }));
  }

  #at({ origin }: Followed, timeoutInSeconds = PAGE_WITHIN_SECONDS): CatalogueApi { return new HttpCatalogue({ origin, outbound: { fetch: (url, request) => this.outbound.fetch(url, { ...request, mostBytes: MOST_PAGE_BYTES, timeoutInSeconds }) } }); }

  /** One page. @returns whether there is more */
  async #readOn(ctx: RequestContext, name: string): Promise<boolean> {
    const followed = (await this.feeds.all(ctx)).find((one) => one.name === name);
    if (!followed || followed.alarm) return false;
    let page: FeedPage;
    let proved: Awaited<ReturnType<typeof provePage>>;
    try {
      const there = this.#at(followed);
      page = await there.feed(ctx, followed.size, PAGE);
      proved = await provePage(page, followed, followed.key, (from, to) => there.consistency(ctx, from, to));
      // Something between may have kept an old answer: the log is shorter when it says so itself, asked for nothing but that.
      if (!proved.ok && proved.refusal.reason === 'shrunk' && !(await isShorter(ctx, there, followed))) proved = refused('out-of-order', `${name} answered with something old.`);
    } catch (error) {
      if (!isGuildhallError(error)) throw error;
      this.diary.warn('catalogue.feed-not-reached', { feed: name });
      await this.#broken(ctx, name, error.message);
      return false;
    }
    if (!proved.ok) {
      if (ALARMING.includes(proved.refusal.reason)) await this.#alarm(ctx, followed, proved.refusal.reason as AlarmReason, page.checkpoint);
      else await this.#broken(ctx, name, proved.refusal.message);
      return false;
    }
    return this.#take(ctx, followed, proved.value, page.checkpoint);
  }

  async #take(ctx: RequestContext, followed: Followed, { items, isLast }: ProvedPage, note: string): Promise<boolean> {
    let known: KnownLog = followed;
    for (const batch of batchesOf(items)) {
      if (!(await this.#keep(ctx, followed, batch, known))) return false;
      known = grown(known, batch);
    }
    const now = this.clock.now();
    await this.db.query(ctx, `insert into catalogue.followed_feed (council_id, name, checkpoint, asked_at, heard_at, complete_at) values ($1, $2, $3, $4, $4, $5)
      on conflict (council_id, name) do update set checkpoint = case when catalogue.followed_feed.alarm is null then excluded.checkpoint else catalogue.followed_feed.checkpoint end, asked_at = excluded.asked_at, heard_at = excluded.heard_at,
        complete_at = coalesce(excluded.complete_at, catalogue.followed_feed.complete_at), fault = null`, [ctx.council.id, followed.name, note, now, isLast ? now : null]);
    return !isLast;
  }

  /** A group of entries with how far the feed is read: both or neither. @returns whether nobody else has read on meanwhile */
  async #keep(ctx: RequestContext, followed: Followed, batch: readonly FeedItem[], known: KnownLog): Promise<boolean> {
    const next = grown(known, batch);
    try {
      return await this.db.run(ctx, async (tx) => {
        if (!(await isAt(tx, followed.name, known.size))) return false;
        await this.writing.hold(tx, async (feed) => {
          const before = await this.taking.before(tx, batch);
          for (const item of batch) {
            const logged = loggedAt(item, followed, feed.at);
            const taken = await this.taking.take(tx, feed, item, { feed: followed.name, loggedAt: logged }, before);
            if (item.entry.kind === 'removed') await settleRemoved(tx, followed.name, item.entry.digest);
            if (taken.state === 'conflict') await keepConflict(tx, followed.name, item, taken, feed.at, logged);
          }
        });
        await readTo(tx, followed.name, next);
        return true;
      }, { retry: true });
    } catch (error) {
      if (!cannotBeKept(error)) throw error;
      if (batch.length > 1) return this.#inHalves(ctx, followed, batch, known);
      // What cannot be held keeps nobody from reading on.
      this.diary.warn('catalogue.feed-entry-not-kept', { feed: followed.name, entry: known.size });
      return this.db.run(ctx, async (tx) => {
        if (!(await isAt(tx, followed.name, known.size))) return false;
        await keepConflict(tx, followed.name, { ...(batch[0] as FeedItem), envelope: null }, { reason: 'not-kept', message: 'What it holds cannot be kept here.' }, this.clock.now(), this.clock.now());
        await readTo(tx, followed.name, next);
        return true;
      });
    }
  }

  /** One of them cannot be kept: the others are, and it is found without each of them having a transaction of its own. */
  async #inHalves(ctx: RequestContext, followed: Followed, batch: readonly FeedItem[], known: KnownLog): Promise<boolean> {
    const half = Math.ceil(batch.length / 2);
    const first = batch.slice(0, half);
    return (await this.#keep(ctx, followed, first, known)) && this.#keep(ctx, followed, batch.slice(half), grown(known, first));
  }

  async #broken(ctx: RequestContext, name: string, fault: string): Promise<void> {
    await this.db.query(ctx, `insert into catalogue.followed_feed (council_id, name, asked_at, fault) values ($1, $2, $3, $4) on conflict (council_id, name) do update set asked_at = excluded.asked_at, fault = excluded.fault`, [ctx.council.id, name, this.clock.now(), fault.slice(0, 2000)]);
  }

  /** Both notes are signed by the same key: whoever sees them needs to believe nobody. */
  async #alarm(ctx: RequestContext, { name, checkpoint, key }: Followed, reason: AlarmReason, note: string): Promise<void> {
    if (!openFeedNote(note, key).ok) return;
    const at = this.clock.now().toISOString();
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `update catalogue.followed_feed set alarm = $3::jsonb, asked_at = $4, heard_at = $4 where council_id = $1 and name = $2 and alarm is null`, [ctx.council.id, name, JSON.stringify({ reason, at, notes: [checkpoint, note] }), at]);
      audit(tx, { action: 'catalogue.feed-contradicts-itself', subject: { type: 'catalogue.feed', id: name } });
    });
    this.diary.error('catalogue.feed-contradicts-itself', { feed: name });
  }
}

async function isShorter(ctx: RequestContext, there: CatalogueApi, { key, size }: Followed): Promise<boolean> {
  const now = openFeedNote(await there.checkpoint(ctx), key);
  return now.ok && now.value.size < size;
}

function grown({ size, peaks }: KnownLog, batch: readonly FeedItem[]): KnownLog {
  const tree = MerkleTree.resume(size, peaks);
  for (const { entry } of batch) tree.append(feedLeaf(entry));
  return { size: tree.size, peaks: tree.peaks };
}

/** When the log had it, as far as that can be believed: what was not there when the log was last read to its end came after that, and nothing comes from the future. */
function loggedAt({ entry }: FeedItem, { completeAt }: Followed, now: Date): Date {
  const told = new Date(entry.t);
  return told > now || (completeAt && told.getTime() < completeAt.getTime() - CLOCKS_DIFFER_BY_MS) ? now : told;
}

/** Whether the feed is read just so far: held until the transaction is over. */
async function isAt(tx: TransactionContext, name: string, size: number): Promise<boolean> {
  await sql(tx, 'insert into catalogue.followed_feed (council_id, name) values ($1, $2) on conflict do nothing', [tx.council.id, name]);
  const [row] = await sql<{ size: string; is_alarmed: boolean }>(tx, 'select size::text as size, alarm is not null as is_alarmed from catalogue.followed_feed where council_id = $1 and name = $2 for update', [tx.council.id, name]);
  return row !== undefined && !row.is_alarmed && Number(row.size) === size;
}

async function readTo(tx: TransactionContext, name: string, { size, peaks }: KnownLog): Promise<void> {
  await sql(tx, 'update catalogue.followed_feed set size = $3, peaks = $4 where council_id = $1 and name = $2', [tx.council.id, name, size, peaks.map((hash) => Buffer.from(hash))]);
}
