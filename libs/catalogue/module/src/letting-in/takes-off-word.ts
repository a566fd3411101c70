import { Database, audit, sql } from '@guildhall/kernel';
import { demand, done, refused, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { takeOffAssessment } from '../assessing/take-off-assessment';
import { WritesFeed } from '../logging/writes-feed';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { takeOffNotice } from '../telling/take-off-notice';

/** What is taken off, by the digest of what was signed. @param because what everybody reads, in a sentence */
interface WordTakenOff { readonly digest: string; readonly because: string }
type TakenOff = Promise<Outcome<undefined, Refusal<'not-listed'>>>;

/** Takes off a notice or an assessment that is false, or is signed by somebody who should not have been able to. The log keeps that it was listed, and says why it is no more. */
@Injectable()
export class TakesOffWord {
  constructor(private readonly db: Database, private readonly feed: WritesFeed) {}

  /** @throws NotAllowed */
  async notice(ctx: RequestContext, { digest, because }: WordTakenOff): TakenOff {
    demand(ctx, MANAGE_CATALOGUE);
    return this.db.run(ctx, async (tx) => this.feed.hold(tx, async (feed) => {
      const [notice] = await sql<{ package: string; publisher_id: string; notice_id: string }>(tx, 'update catalogue.notice set is_taken_off = true where council_id = $1 and digest = $2 and removed_because is null returning package, publisher_id, notice_id', [tx.council.id, digest]);
      if (!notice) return refused('not-listed', 'This notice is not listed here.');
      await takeOffNotice(tx, feed, { publisherId: notice.publisher_id, id: notice.notice_id, about: notice.package, digest, because });
      await refuseSubmission(tx, digest, because);
      audit(tx, { action: 'catalogue.notice-removed', subject: { type: 'publisher', id: notice.publisher_id }, detail: { notice: notice.notice_id } });
      return done(undefined);
    }), { retry: true });
  }

  /** @throws NotAllowed */
  async assessment(ctx: RequestContext, { digest, because }: WordTakenOff): TakenOff {
    demand(ctx, MANAGE_CATALOGUE);
    return this.db.run(ctx, async (tx) => this.feed.hold(tx, async (feed) => {
      const [found] = await sql<{ assessor_id: string; envelope: Envelope }>(tx, `select t.assessor_id, s.envelope from catalogue.assessment t join catalogue.signed s on s.council_id = t.council_id and s.digest = t.digest
        where t.council_id = $1 and t.digest = $2 and t.removed_because is null for update of t`, [tx.council.id, digest]);
      if (!found) return refused('not-listed', 'This assessment is not listed here.');
      await takeOffAssessment(tx, feed, { digest, envelope: found.envelope, because });
      await refuseSubmission(tx, digest, because);
      audit(tx, { action: 'catalogue.assessment-removed', subject: { type: 'publisher', id: found.assessor_id }, detail: { digest } });
      return done(undefined);
    }), { retry: true });
  }
}

/** Whoever hands in the same again, or asks what became of it, reads that it is not listed any more. */
async function refuseSubmission(tx: TransactionContext, digest: string, because: string): Promise<void> {
  await sql(tx, `update catalogue.submission set state = 'refused', reasons = array[$3] where council_id = $1 and digest = $2 and state = 'listed'`, [tx.council.id, digest, `It was taken off here: ${because}`]);
}
