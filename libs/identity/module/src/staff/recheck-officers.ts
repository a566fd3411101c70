import type { IdentityClaims } from '@guildhall/identity-contract';
import { Database, Sessions, audit, sql } from '@guildhall/kernel';
import { CLOCK, defineJob, isGuildhallError, refused } from '@guildhall/kernel-contract';
import type { Clock, JobHandler, OfficerId, Outcome, Refusal, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { redirectsOf } from '../signing-in/providers';
import { forgetVouch } from './officer-vouches';
import { RecordOfficer } from './record-officer';

/** Asks the directories again about officers who are signed in. */
export const RecheckOfficersJob = defineJob<Record<never, never>>('identity.recheck-officers');

const MINUTE = 60_000;
/** With a job that comes round every five minutes, an officer whose account was closed is out after fifteen at most. */
const ASKED_AGAIN_AFTER = 10 * MINUTE;
/** A directory that cannot be asked closes the desk in the end: otherwise whoever was let go could stay by cutting a line. */
const LONGEST_SILENCE = 60 * MINUTE;
const AT_ONCE = 5;

interface Row { readonly officer_id: OfficerId; readonly provider: string; readonly keep: string; readonly checked_at: Date; readonly silent_since: Date | null }
type Answer = Outcome<IdentityClaims, Refusal<'no-longer-vouched' | 'silent'>>;

/**
 * Looks whether the directory still vouches for every officer who is signed in, and as what. Not every far end tells when an account is closed
 * (Entra ID has no back-channel logout), so it is asked.
 */
@Injectable()
export class RecheckOfficers implements JobHandler<Record<never, never>> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(RecordOfficer) private readonly recordOfficer: RecordOfficer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(ctx: RequestContext): Promise<void> {
    const dueBefore = new Date(this.clock.now().getTime() - ASKED_AGAIN_AFTER);
    const rows = await this.database.query<Row>(ctx, 'select officer_id, provider, keep, checked_at, silent_since from identity.officer_vouch where council_id = $1 and checked_at <= $2 order by checked_at, officer_id limit 1000', [ctx.council.id, dueBefore]);
    // Whoever is silent is not asked a thousand times.
    const silent = new Set<string>();
    for (let from = 0; from < rows.length; from += AT_ONCE) await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => this.look(ctx, row, silent)));
  }

  private async look(ctx: RequestContext, row: Row, silent: Set<string>): Promise<void> {
    if (!(await this.database.run(ctx, (tx) => this.take(tx, row)))) return;
    const answer = silent.has(row.provider) ? refused('silent', 'The directory does not answer.') : await this.ask(ctx, row);
    if (!answer.ok && answer.refusal.reason === 'silent') silent.add(row.provider);
    await this.database.run(ctx, (tx) => this.act(tx, row, answer));
  }

  /** Whether this officer is to be asked about, and by us: a refresh token may work only once. */
  private async take(tx: TransactionContext, { officer_id, checked_at }: Row): Promise<boolean> {
    if (!(await this.sessions.isOfficerSignedIn(tx, officer_id))) {
      await sql(tx, 'delete from identity.officer_vouch where council_id = $1 and officer_id = $2 and checked_at = $3', [tx.council.id, officer_id, checked_at]);
      return false;
    }
    const taken = await sql(tx, 'update identity.officer_vouch set checked_at = $4 where council_id = $1 and officer_id = $2 and checked_at = $3 returning 1 as taken', [tx.council.id, officer_id, checked_at, this.clock.now()]);
    return taken.length > 0;
  }

  private async ask(ctx: RequestContext, { provider: id, keep }: Row): Promise<Answer> {
    const provider = redirectsOf(ctx, 'officer').find((each) => each.id === id)?.provider;
    if (!provider?.recheck) return refused('no-longer-vouched', 'The council no longer lets officers in by this way.');
    try {
      return await provider.recheck(keep);
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'unavailable') return refused('silent', 'The directory does not answer.');
      throw error;
    }
  }

  private async act(tx: TransactionContext, { officer_id: officerId, provider, keep, silent_since }: Row, answer: Answer): Promise<void> {
    const now = this.clock.now();
    // Somebody who has signed in anew meanwhile has another one, and is not to lose it.
    const [current] = await sql<{ keep: string }>(tx, 'select keep from identity.officer_vouch where council_id = $1 and officer_id = $2 for update', [tx.council.id, officerId]);
    if (current?.keep !== keep) return;
    if (!answer.ok) {
      const isTooLong = silent_since !== null && now.getTime() - silent_since.getTime() >= LONGEST_SILENCE;
      if (answer.refusal.reason === 'silent' && !isTooLong) await sql(tx, 'update identity.officer_vouch set silent_since = coalesce(silent_since, $3) where council_id = $1 and officer_id = $2', [tx.council.id, officerId, now]);
      else await this.out(tx, officerId, provider, answer.refusal.reason);
      return;
    }
    const { staff, name, verifiedEmail, recheck } = answer.value;
    if (staff && staff.roles.length === 0) {
      await this.recordOfficer.withoutRole(tx, officerId);
      await this.out(tx, officerId, provider, 'no-role');
      return;
    }
    await sql(tx, 'update identity.officer_vouch set keep = $3, silent_since = null where council_id = $1 and officer_id = $2', [tx.council.id, officerId, recheck ?? keep]);
    if (staff) await this.recordOfficer.record(tx, provider, { name, email: verifiedEmail, ...staff }, officerId);
  }

  private async out(tx: TransactionContext, officerId: OfficerId, provider: string, reason: string): Promise<void> {
    await forgetVouch(tx, officerId);
    await this.sessions.endOfOfficer(tx, officerId);
    audit(tx, { action: 'identity.officer-no-longer-vouched', subject: { type: 'officer', id: officerId }, detail: { provider, reason } });
  }
}

