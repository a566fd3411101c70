import { bankHolidays, dayOf, makeReference } from '@guildhall/cases-contract';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { ASK_FOR_RESIDENTS, answerDueOn, type ResponseTime } from '@guildhall/information-rights-contract';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, IDS, demand, type Clock, type Ids, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ListForErasure, PrepareCopy } from '../jobs';
import { REQUEST_COLUMNS, requestOf, type RequestKind, type RequestRow, type RightsRequest } from './request';
import { addStep } from './steps';

/** Takes a request for one of somebody's rights: the time begins with it. */
@Injectable()
export class AsksForRights {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /**
   * While one of the same kind is open, asking again gives that one.
   * @param basis on what authority an adviser asks, and after which checks
   */
  async ask(ctx: RequestContext, personId: PersonId, kind: RequestKind, basis?: AssistedBasis): Promise<RightsRequest> {
    const isOwn = ctx.actor.kind === 'resident' && ctx.actor.personId === personId;
    if (!isOwn) demand(ctx, ASK_FOR_RESIDENTS);
    const [at, requestId, reference] = [this.clock.now(), this.ids.uuid(), makeReference(this.ids, ctx.council.referencePrefix)];
    const time: ResponseTime = { receivedOn: dayOf(at), clarifications: [], isExtended: false };
    return this.db.run(ctx, async (tx) => {
      const made = await sql<RequestRow>(tx, `
        insert into information_rights.request (council_id, request_id, reference, kind, person_id, language, asked_by, basis, state, received_at, time, due_on) values ($1, $2, $3, $4, $5, $6, $7, $8, 'preparing', $9, $10, $11)
        on conflict (council_id, person_id, kind) where closed_at is null do nothing returning ${REQUEST_COLUMNS}`,
      [tx.council.id, requestId, reference, kind, personId, ctx.language, isOwn ? 'resident' : 'adviser', basis ? JSON.stringify(basis) : null, at, JSON.stringify(time), answerDueOn(time, bankHolidays(tx.council.nation), dayOf(at))]);
      if (made[0]) {
        addStep(tx, requestId, 'asked', at);
        audit(tx, { action: `information-rights.ask-${kind}`, subject: { type: 'information-rights.request', id: requestId }, personId, detail: { ...basis } });
        enqueue(tx, kind === 'access' ? PrepareCopy : ListForErasure, { requestId }, { key: requestId });
      }
      const [row] = made[0] ? made : await sql<RequestRow>(tx, `select ${REQUEST_COLUMNS} from information_rights.request where council_id = $1 and person_id = $2 and kind = $3 and closed_at is null`, [tx.council.id, personId, kind]);
      if (!row) throw new Error('A request that was there is closed now: ask again.');
      return requestOf(row);
    });
  }
}
