import { HANDLE_REQUESTS } from '@guildhall/information-rights-contract';
import { Database, audit, enqueue, sql, write } from '@guildhall/kernel';
import { CLOCK, InvalidInput, demand, done, refused, type Clock, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { TellOfRequest } from '../jobs';
import { lockRequest } from '../requests/holds-clock';
import { MOST_ITEMS_AT_ONCE } from '../requests/reads-requests';
import { addStep } from '../requests/steps';

/** Why nothing was decided. */
export type DecisionRefusal = Refusal<'not-to-decide' | 'changed-meanwhile' | 'is-paused'>;
/** What an officer says of one record. */
export interface ItemDecision { readonly number: number; readonly decision: 'erase' | 'keep'; /** Why it is kept, where its module did not propose that. */ readonly because?: string }

/** Decides record by record what is erased: as the modules propose, or otherwise with a reason. What the law keeps nobody erases. */
@Injectable()
export class DecidesErasure {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws InvalidInput where a record has no decision, must be kept, or is kept without a reason: then nothing is decided */
  async decide(ctx: RequestContext, { requestId, version, decisions }: { readonly requestId: string; readonly version: number; readonly decisions: readonly ItemDecision[] }): Promise<Outcome<undefined, DecisionRefusal>> {
    demand(ctx, HANDLE_REQUESTS);
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const request = await lockRequest(tx, requestId);
      if (request.state !== 'to-decide') return refused('not-to-decide', 'There is nothing to decide at the moment.');
      if (request.version !== version) return refused('changed-meanwhile', 'Somebody else has changed it meanwhile.');
      if (request.pausedFor) return refused('is-paused', 'The time stands still: say first that the answer has come.');
      const items = await itemsOf(tx, requestId);
      const said = new Map(decisions.map((one) => [one.number, one]));
      const faults = items.flatMap(({ number, proposal, must_keep: mustKeep }) => faultOf(number, proposal, mustKeep, said.get(number)));
      if (faults.length > 0) throw new InvalidInput('Decide on each record. What is kept although it could be erased needs a reason.', faults);
      const chosen = items.map(({ number }) => said.get(number) as ItemDecision);
      await sql(tx, `
        update information_rights.item i set decision = d.decision, decided_because = d.because, outcome = case d.decision when 'keep' then 'kept' end, done_at = case d.decision when 'keep' then $6::timestamptz end
        from unnest($3::int[], $4::text[], $5::text[]) as d (number, decision, because) where i.council_id = $1 and i.request_id = $2 and i.number = d.number`,
      [tx.council.id, requestId, chosen.map(({ number }) => number), chosen.map(({ decision }) => decision), chosen.map(({ because }) => because?.trim() || null), now]);
      write(tx, `update information_rights.request set state = 'erasing', version = version + 1 where council_id = $1 and request_id = $2`, [tx.council.id, requestId]);
      addStep(tx, requestId, 'decided', now);
      audit(tx, { action: 'information-rights.decide-erasure', subject: { type: 'information-rights.request', id: requestId }, personId: request.personId, detail: { erased: chosen.filter(({ decision }) => decision === 'erase').length, kept: chosen.filter(({ decision }) => decision === 'keep').length } });
      // Told before anything is gone, and carried out after that: afterwards there may be no address any more.
      enqueue(tx, TellOfRequest, { requestId, step: 'decided' });
      return done(undefined);
    });
  }
}

interface Proposed { readonly number: number; readonly proposal: 'erase' | 'keep'; readonly must_keep: boolean }

/** All of them: what was not read would not be decided, and would be said to be done. */
async function itemsOf(tx: TransactionContext, requestId: string): Promise<readonly Proposed[]> {
  const items: Proposed[] = [];
  for (let isMore = true; isMore; ) {
    const rows = await sql<Proposed>(tx, `select number, proposal, must_keep from information_rights.item where council_id = $1 and request_id = $2 and number > $3 order by number limit ${MOST_ITEMS_AT_ONCE}`, [tx.council.id, requestId, items.at(-1)?.number ?? 0]);
    items.push(...rows);
    isMore = rows.length === MOST_ITEMS_AT_ONCE;
  }
  return items;
}

function faultOf(number: number, proposal: 'erase' | 'keep', mustKeep: boolean, said: ItemDecision | undefined): readonly { readonly field: string; readonly message: string }[] {
  if (!said) return [{ field: `item-${number}`, message: 'is not decided' }];
  if (said.decision === 'erase' && mustKeep) return [{ field: `item-${number}`, message: 'must be kept' }];
  return said.decision === 'keep' && proposal === 'erase' && !said.because?.trim() ? [{ field: `because-${number}`, message: 'is missing' }] : [];
}
