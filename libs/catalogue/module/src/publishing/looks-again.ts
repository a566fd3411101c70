import { readCounterClaim } from '@guildhall/assurance-contract';
import { openNotice, proveRelease, type Publisher } from '@guildhall/catalogue-contract';
import { Database, enqueue, sql } from '@guildhall/kernel';
import type { JobHandler, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { isSignedBy } from '../assessing/keeps-counter-claim';
import { showPackageAnew } from '../listing/package-in-list';
import { WritesFeed, type HeldFeed } from '../logging/writes-feed';
import { LookAgain } from './jobs';

const AT_ONCE = 100;

interface Row { readonly name: string; readonly version: string; readonly sha512: string; readonly facts_digest: string; readonly digest: string; readonly logged_at: Date; readonly envelope: Envelope }

interface NoticeRow { readonly notice_id: string; readonly package: string; readonly digest: string; readonly logged_at: Date; readonly envelope: Envelope }

/** Looks again at a publisher's releases, notices and counter-claims by the keys that it has now. What the log had before a key was stolen stands; the rest is listed no more, and the feed says why. */
@Injectable()
export class LooksAgain implements JobHandler<{ readonly publisherId: string; readonly after?: readonly [string, string] }> {
  constructor(private readonly db: Database, private readonly feed: WritesFeed) {}

  async run(ctx: RequestContext, { publisherId, after = ['', ''] }: { readonly publisherId: string; readonly after?: readonly [string, string] }): Promise<void> {
    await this.db.run(ctx, (tx) => this.feed.hold(tx, async (feed) => {
      const [[publisher], rows] = await Promise.all([
        sql<{ state: Publisher }>(tx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [tx.council.id, publisherId]),
        sql<Row>(tx, `select r.name, r.version, r.sha512, r.facts_digest, r.digest, r.logged_at, s.envelope from catalogue.release r join catalogue.signed s on s.council_id = r.council_id and s.digest = r.digest
          where r.council_id = $1 and r.publisher_id = $2 and (r.name, r.version) > ($3, $4) and r.removed_because is null order by r.name, r.version limit $5`, [tx.council.id, publisherId, ...after, AT_ONCE]),
      ]);
      if (!publisher) return;
      await this.#remove(tx, feed, rows, publisher.state);
      if (after[0] === '') {
        await this.#removeNotices(tx, feed, publisher.state);
        await this.#removeCounterClaims(tx, feed, publisher.state);
      }
      const last = rows.length === AT_ONCE ? rows.at(-1) : undefined;
      if (last) enqueue(tx, LookAgain, { publisherId, after: [last.name, last.version] });
    }), { retry: true });
  }

  async #removeNotices(tx: TransactionContext, feed: HeldFeed, publisher: Publisher): Promise<void> {
    const rows = await sql<NoticeRow>(tx, `select n.notice_id, n.package, n.digest, coalesce(n.logged_at, n.listed_at) as logged_at, s.envelope from catalogue.notice n join catalogue.signed s on s.council_id = n.council_id and s.digest = n.digest
      where n.council_id = $1 and n.publisher_id = $2 and n.removed_because is null order by n.notice_id`, [tx.council.id, publisher.id]);
    const touched = new Set<string>();
    for (const { notice_id: id, package: name, digest, logged_at: loggedAt, envelope } of rows) {
      const opened = openNotice(envelope, publisher, loggedAt);
      if (opened.ok) continue;
      feed.remove({ about: name, version: null, digest, because: opened.refusal.message });
      await sql(tx, 'update catalogue.notice set removed_because = $4 where council_id = $1 and publisher_id = $2 and notice_id = $3', [tx.council.id, publisher.id, id, opened.refusal.message]);
      touched.add(name);
    }
    for (const name of touched) await showPackageAnew(tx, name);
  }

  async #removeCounterClaims(tx: TransactionContext, feed: HeldFeed, publisher: Publisher): Promise<void> {
    const rows = await sql<{ assessment: string; digest: string; about: string; logged_at: Date; envelope: Envelope }>(tx, `select c.assessment, c.digest, c.logged_at, s.envelope, coalesce((select min(a.subject) from catalogue.assessment_subject a where a.council_id = c.council_id and a.digest = c.assessment), '') as about
      from catalogue.counter_claim c join catalogue.signed s on s.council_id = c.council_id and s.digest = c.digest where c.council_id = $1 and c.publisher_id = $2 order by c.assessment`, [tx.council.id, publisher.id]);
    for (const { assessment, digest, about, logged_at: loggedAt, envelope } of rows) {
      const read = readCounterClaim(envelope);
      const signed = read.ok ? isSignedBy(envelope, publisher, read.value, loggedAt) : read;
      if (signed.ok) continue;
      feed.remove({ about: about.slice(0, 300), version: null, digest, because: signed.refusal.message });
      await sql(tx, 'delete from catalogue.counter_claim where council_id = $1 and assessment = $2 and publisher_id = $3', [tx.council.id, assessment, publisher.id]);
    }
  }

  async #remove(tx: TransactionContext, feed: HeldFeed, rows: readonly Row[], publisher: Publisher): Promise<void> {
    const removed = rows.flatMap(({ name, version, sha512, facts_digest: facts, digest, logged_at: loggedAt, envelope }) => {
      const proved = proveRelease(envelope, { package: name, version, sha512, facts, publisher, known: [], loggedAt, now: feed.at });
      return proved.ok ? [] : [{ name, version, digest, because: proved.refusal.message }];
    });
    for (const { name, version, digest, because } of removed) {
      feed.remove({ about: name, version, digest, because });
      await sql(tx, 'update catalogue.release set removed_because = $4 where council_id = $1 and name = $2 and version = $3', [tx.council.id, name, version, because]);
    }
    for (const name of new Set(removed.map((one) => one.name))) await showPackageAnew(tx, name);
  }
}
