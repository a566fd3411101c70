import { readCounterClaim } from '@guildhall/assurance-contract';
import { openNotice, proveRelease, type Publisher } from '@guildhall/catalogue-contract';
import { Database, enqueue, sql } from '@guildhall/kernel';
import type { JobHandler, Outcome, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { assessedBy } from '../assessing/keeps-assessment';
import { takeOffAssessment } from '../assessing/take-off-assessment';
import { isSignedBy } from '../assessing/keeps-counter-claim';
import { showPackageAnew } from '../listing/package-in-list';
import { WritesFeed, type HeldFeed } from '../logging/writes-feed';
import { takeOffNotice } from '../telling/take-off-notice';
import { LookAgain } from './jobs';
import { putOut, putOutWords } from './put-out';

const AT_ONCE = 100;

interface Row { readonly name: string; readonly version: string; readonly sha512: string; readonly facts_digest: string; readonly digest: string; readonly logged_at: Date; readonly envelope: Envelope }

interface NoticeRow { readonly notice_id: string; readonly package: string; readonly digest: string; readonly logged_at: Date; readonly envelope: Envelope }
interface AssessmentRow { readonly digest: string; readonly logged_at: Date; readonly envelope: Envelope }

/** Why something does not stand any more, by the keys that its publisher has now; nothing where it stands. */
type Against = (prove: (publisher: Publisher) => Outcome<unknown>) => string | undefined;

/**
 * Looks again at all that somebody has signed, by the keys that it has now: releases, notices, what it found of others' and what it says against what was found. What the log had before a key was stolen stands; the rest is listed no more, and the feed says
 * why. Of somebody who was put out nothing stands.
 */
@Injectable()
export class LooksAgain implements JobHandler<{ readonly publisherId: string; readonly after?: readonly [string, string] }> {
  constructor(private readonly db: Database, private readonly feed: WritesFeed) {}

  async run(ctx: RequestContext, { publisherId, after = ['', ''] }: { readonly publisherId: string; readonly after?: readonly [string, string] }): Promise<void> {
    await this.db.run(ctx, (tx) => this.feed.hold(tx, async (feed) => {
      const [[publisher], out, rows] = await Promise.all([
        sql<{ state: Publisher }>(tx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [tx.council.id, publisherId]),
        putOut(tx, publisherId),
        sql<Row>(tx, `select r.name, r.version, r.sha512, r.facts_digest, r.digest, r.logged_at, s.envelope from catalogue.release r join catalogue.signed s on s.council_id = r.council_id and s.digest = r.digest
          where r.council_id = $1 and r.publisher_id = $2 and (r.name, r.version) > ($3, $4) and r.removed_because is null order by r.name, r.version limit $5`, [tx.council.id, publisherId, ...after, AT_ONCE]),
      ]);
      if (!publisher && !out) return;
      const against: Against = (prove) => {
        const proved = publisher ? prove(publisher.state) : undefined;
        return proved ? (proved.ok ? undefined : proved.refusal.message) : out && putOutWords(publisherId, out);
      };
      await this.#remove(tx, feed, rows, against);
      if (after[0] === '') {
        await this.#removeNotices(tx, feed, publisherId, against);
        await this.#removeAssessments(tx, feed, publisherId, against);
        await this.#removeCounterClaims(tx, feed, publisherId, against);
      }
      const last = rows.length === AT_ONCE ? rows.at(-1) : undefined;
      if (last) enqueue(tx, LookAgain, { publisherId, after: [last.name, last.version] });
    }), { retry: true });
  }

  async #removeNotices(tx: TransactionContext, feed: HeldFeed, publisherId: string, against: Against): Promise<void> {
    const rows = await sql<NoticeRow>(tx, `select n.notice_id, n.package, n.digest, coalesce(n.logged_at, n.listed_at) as logged_at, s.envelope from catalogue.notice n join catalogue.signed s on s.council_id = n.council_id and s.digest = n.digest
      where n.council_id = $1 and n.publisher_id = $2 and n.removed_because is null order by n.notice_id`, [tx.council.id, publisherId]);
    for (const { notice_id: id, package: about, digest, logged_at: loggedAt, envelope } of rows) {
      const because = against((publisher) => openNotice(envelope, publisher, loggedAt));
      if (because !== undefined) await takeOffNotice(tx, feed, { publisherId, id, about, digest, because });
    }
  }

  async #removeAssessments(tx: TransactionContext, feed: HeldFeed, publisherId: string, against: Against): Promise<void> {
    const rows = await sql<AssessmentRow>(tx, `select t.digest, coalesce(t.logged_at, t.listed_at) as logged_at, s.envelope from catalogue.assessment t join catalogue.signed s on s.council_id = t.council_id and s.digest = t.digest
      where t.council_id = $1 and t.assessor_id = $2 and t.removed_because is null order by t.digest`, [tx.council.id, publisherId]);
    for (const { digest, logged_at: loggedAt, envelope } of rows) {
      const because = against((publisher) => assessedBy(publisher, envelope, loggedAt));
      if (because !== undefined) await takeOffAssessment(tx, feed, { digest, envelope, because });
    }
  }

  async #removeCounterClaims(tx: TransactionContext, feed: HeldFeed, publisherId: string, against: Against): Promise<void> {
    const rows = await sql<{ assessment: string; digest: string; about: string; logged_at: Date; envelope: Envelope }>(tx, `select c.assessment, c.digest, c.logged_at, s.envelope, coalesce((select min(a.subject) from catalogue.assessment_subject a where a.council_id = c.council_id and a.digest = c.assessment), '') as about
      from catalogue.counter_claim c join catalogue.signed s on s.council_id = c.council_id and s.digest = c.digest where c.council_id = $1 and c.publisher_id = $2 order by c.assessment`, [tx.council.id, publisherId]);
    for (const { assessment, digest, about, logged_at: loggedAt, envelope } of rows) {
      const read = readCounterClaim(envelope);
      const because = against((publisher) => (read.ok ? isSignedBy(envelope, publisher, read.value, loggedAt) : read));
      if (because === undefined) continue;
      feed.remove({ about: about.slice(0, 300), version: null, digest, because });
      await sql(tx, 'delete from catalogue.counter_claim where council_id = $1 and assessment = $2 and publisher_id = $3', [tx.council.id, assessment, publisherId]);
    }
  }

  async #remove(tx: TransactionContext, feed: HeldFeed, rows: readonly Row[], against: Against): Promise<void> {
    const removed = rows.flatMap(({ name, version, sha512, facts_digest: facts, digest, logged_at: loggedAt, envelope }) => {
      const because = against((publisher) => proveRelease(envelope, { package: name, version, sha512, facts, publisher, known: [], loggedAt, now: feed.at }));
      return because === undefined ? [] : [{ name, version, digest, because }];
    });
    for (const { name, version, digest, because } of removed) {
      feed.remove({ about: name, version, digest, because });
      await sql(tx, 'update catalogue.release set removed_because = $4 where council_id = $1 and name = $2 and version = $3', [tx.council.id, name, version, because]);
    }
    for (const name of new Set(removed.map((one) => one.name))) await showPackageAnew(tx, name);
  }
}
