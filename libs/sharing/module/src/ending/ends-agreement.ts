import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { partiesOf, ukDay, type Agreement } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { TellEnded } from './jobs';

/** Another party, and whether it knows of the end. */
export interface ToldOfEnd { readonly peerId: string; readonly takenAt?: Date; readonly isTurnedDown: boolean }

/** Ends agreements before their time. @internal */
@Injectable()
export class EndsAgreement {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** From this day on nothing is shared by it any more, and the other parties are told. On record; what has ended stays so from its day. */
  async end(ctx: RequestContext, agreement: Agreement): Promise<void> {
    const now = this.clock.now();
    const on = ukDay(now);
    const { id, version } = agreement;
    await this.db.run(ctx, async (tx) => {
      const ended = await sql<Pick<Agreement, 'version'> & { readonly document: Agreement }>(tx, 'update sharing.agreement set ended_on = $4 where council_id = $1 and agreement_id = $2 and version <= $3 and ended_on is null returning version, document', [ctx.council.id, id, version, on]);
      if (ended.length === 0) return;
      audit(tx, { action: 'sharing.agreement-ended', subject: { type: 'sharing.agreement', id }, detail: { on } });
      // Each hears of the newest version that it is a party to: who is left out of the next one may still share by that of today.
      const newest = new Map(ended.toSorted((one, other) => one.version - other.version).flatMap((one) => partiesOf(one.document).map((party): [string, number] => [party, one.version])));
      newest.delete(this.node.id(ctx));
      for (const [peerId, ofVersion] of newest) {
        await sql(tx, 'insert into sharing.agreement_end (council_id, agreement_id, version, peer_id, ended_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [ctx.council.id, id, ofVersion, peerId, now]);
        enqueue(tx, TellEnded, { agreementId: id, version: ofVersion, peerId, tries: 0 });
      }
    });
  }

  /** Who was to be told when this version was ended, parties of older ones that ended with it too. */
  async told(ctx: RequestContext, { id, version }: Pick<Agreement, 'id' | 'version'>): Promise<readonly ToldOfEnd[]> {
    const rows = await this.db.query<{ peer_id: string; taken_at: Date | null; is_turned_down: boolean }>(ctx, `
      select peer_id, taken_at, turned_down_at is not null as is_turned_down from sharing.agreement_end where council_id = $1 and agreement_id = $2
        and ended_at = (select e.ended_at from sharing.agreement_end e where e.council_id = $1 and e.agreement_id = $2 and e.version = $3 limit 1) order by peer_id limit 100`, [ctx.council.id, id, version]);
    return rows.map(({ peer_id: peerId, taken_at: takenAt, is_turned_down: isTurnedDown }) => ({ peerId, isTurnedDown, ...(takenAt && { takenAt }) }));
  }
}
