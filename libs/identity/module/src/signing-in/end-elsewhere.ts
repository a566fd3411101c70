import type { SignedOutElsewhere } from '@guildhall/identity-contract';
import { Database, Sessions, audit, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, done, refused } from '@guildhall/kernel-contract';
import type { Clock, OfficerId, Outcome, PersonId, Refusal, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { keyedHash } from '../keyed-hash';
import { redirectOf } from './providers';
import type { Who } from './providers';
import { subjectOf } from './ways-in';

/** A notice as it came: from which far end, and its bytes as text. */
export interface LogoutNotice { readonly who: Who; readonly provider: string; readonly body: string }

/**
 * Ends every session of somebody who signed out at a far end (OpenID Connect Back-Channel Logout 1.0). The notice's id is written down in the transaction
 * that ends the sessions: it acts once, and one whose work failed may come again.
 */
@Injectable()
export class EndElsewhere {
  constructor(@Inject(Database) private readonly database: Database, @Inject(Sessions) private readonly sessions: Sessions, @Inject(CLOCK) private readonly clock: Clock) {}

  async end(ctx: RequestContext, { who, provider: id, body }: LogoutNotice): Promise<Outcome<void, Refusal<'not-valid' | 'came-before'>>> {
    const provider = redirectOf(ctx, who, id);
    if (!provider.signedOutElsewhere) throw new NotFound('Nobody says there that somebody signed out.');
    const notice = await provider.signedOutElsewhere(body);
    if (!notice.ok) return notice;
    return this.database.run(ctx, async (tx) => {
      if (!(await this.isFirst(tx, notice.value))) return refused('came-before', 'This notice came before.');
      await this.endSessions(tx, who, id, notice.value);
      return done(undefined);
    });
  }

  private async isFirst(tx: TransactionContext, { issuer, noticeId, goodForInSeconds }: SignedOutElsewhere): Promise<boolean> {
    const until = new Date(this.clock.now().getTime() + goodForInSeconds * 1000);
    // What a far end calls its notices is not ours to limit: a hash is always short.
    const rows = await sql(tx, `insert into identity.logout_notice (council_id, issuer, notice_hash, expires_at) values ($1, $2, $3, $4) on conflict do nothing returning 1 as first`,
      [tx.council.id, issuer, keyedHash(tx, 'logout-notice', issuer, noticeId), until]);
    return rows.length > 0;
  }

  private async endSessions(tx: TransactionContext, who: Who, provider: string, { issuer, subject }: SignedOutElsewhere): Promise<void> {
    const { subjectHash } = subjectOf(tx, { issuer, subject });
    const [owner] = await sql<{ person_id: PersonId | null; officer_id: OfficerId | null }>(tx, `select person_id, officer_id from identity.sign_in
      where council_id = $1 and issuer = $2 and subject_hash = $3 and ${who === 'officer' ? 'officer_id' : 'person_id'} is not null limit 1`, [tx.council.id, issuer, subjectHash]);
    // Somebody who never signed in here has no session to end: the far end is told that all is well.
    if (owner?.person_id) {
      await this.sessions.endOfPerson(tx, owner.person_id);
      audit(tx, { action: 'identity.signed-out-elsewhere', subject: { type: 'person', id: owner.person_id }, personId: owner.person_id, detail: { provider } });
    }
    if (owner?.officer_id) {
      await this.sessions.endOfOfficer(tx, owner.officer_id);
      audit(tx, { action: 'identity.signed-out-elsewhere', subject: { type: 'officer', id: owner.officer_id }, detail: { provider } });
    }
  }
}
