import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, demand, done, refused, type Clock, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { isReason } from '../looking/looks-at-others';

/** A contradiction that people have looked at: its notes are kept for good. */
export interface SettledContradiction { readonly notes: readonly string[]; readonly because: string; /** ISO 8601 */ readonly at: string }

/** Lets a body whose log told two stories be shared with again, when people have looked why: it had put back a backup, say. */
@Injectable()
export class SettlesContradiction {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * From now on its log is held against what it says from now on; what it said before and is not proved goes, and the two notes stay with the reason. On record.
   * `no-reason`: a reason in words is needed; `none`: there is no contradiction, or somebody else was first.
   */
  async goOn(ctx: RequestContext, peerId: string, because: string): Promise<Outcome<void, Refusal<'no-reason' | 'none'>>> {
    demand(ctx, MANAGE_AGREEMENTS);
    if (!isReason(because)) return refused('no-reason', 'A reason is needed.');
    return this.db.run(ctx, async (tx) => {
      const at = this.clock.now().toISOString();
      const [settled] = await sql(tx, `
        update sharing.peer set contradiction = null, seen_size = 0, seen_peaks = '{}', growing_size = 0, growing_peaks = '{}', contradictions_settled = contradictions_settled || jsonb_build_object('notes', to_jsonb(contradiction), 'because', $3::text, 'at', $4::text)
        where council_id = $1 and peer_id = $2 and contradiction is not null returning peer_id`, [ctx.council.id, peerId, because.trim(), at]);
      if (!settled) return refused('none', 'There is no contradiction.');
      await sql(tx, 'delete from sharing.heard where council_id = $1 and peer_id = $2', [ctx.council.id, peerId]);
      audit(tx, { action: 'sharing.contradiction-settled', subject: { type: 'sharing.peer', id: peerId } });
      return done(undefined);
    });
  }
}
