import { HANDLE_REQUESTS } from '@guildhall/information-rights-contract';
import { Database, audit, enqueue, sql, write } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, done, refused, type Clock, type Outcome, type PersonId, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { PrepareCopy } from '../jobs';
import { lockRequest } from '../requests/holds-clock';
import { ReadsRequests } from '../requests/reads-requests';
import type { RightsRequest } from '../requests/request';
import { CopyParts, type CopyFormat } from './copy-parts';

/** Gives a copy: an officer after reading what may be about others, the owner by downloading it. Each download is on record. */
@Injectable()
export class GivesCopy {
  constructor(private readonly db: Database, private readonly reading: ReadsRequests, private readonly parts: CopyParts, @Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * What was read is given, or left out because it is about somebody else: the copy is made again without it.
   * @param leaveOut numbers of items
   */
  async give(ctx: RequestContext, { requestId, version, leaveOut }: { readonly requestId: string; readonly version: number; readonly leaveOut: readonly number[] }): Promise<Outcome<undefined, Refusal<'not-to-read' | 'changed-meanwhile' | 'is-paused'>>> {
    demand(ctx, HANDLE_REQUESTS);
    return this.db.run(ctx, async (tx) => {
      const request = await lockRequest(tx, requestId);
      if (request.state !== 'to-read') return refused('not-to-read', 'There is nothing to give at the moment.');
      if (request.version !== version) return refused('changed-meanwhile', 'Somebody else has changed it meanwhile.');
      if (request.pausedFor) return refused('is-paused', 'The time stands still: say first that the answer has come.');
      await sql(tx, `update information_rights.item set decision = case when number = any($3::int[]) then 'leave-out' else 'give' end, done_at = $4 where council_id = $1 and request_id = $2`, [tx.council.id, requestId, leaveOut, this.clock.now()]);
      write(tx, `update information_rights.request set state = 'preparing', is_read = true, version = version + 1 where council_id = $1 and request_id = $2`, [tx.council.id, requestId]);
      audit(tx, { action: 'information-rights.give-copy', subject: { type: 'information-rights.request', id: requestId }, personId: request.personId, detail: { leftOut: leaveOut.length } });
      enqueue(tx, PrepareCopy, { requestId }, { key: requestId });
      return done(undefined);
    });
  }

  /** @throws NotFound when it is not theirs, not there yet or no longer */
  async downloadOwn(ctx: RequestContext, personId: PersonId, requestId: string, format: CopyFormat): Promise<{ readonly request: RightsRequest; readonly bytes: Readable }> {
    return this.#open(ctx, await this.reading.own(ctx, personId, requestId), format);
  }

  /** For whoever called and has no account: an officer prints and sends it. @throws NotFound */
  async downloadForCaller(ctx: RequestContext, requestId: string, format: CopyFormat): Promise<{ readonly request: RightsRequest; readonly bytes: Readable }> {
    const request = await this.reading.forOfficer(ctx, requestId);
    if (request.askedBy !== 'adviser') throw new NotFound('Its owner downloads this copy themselves.');
    return this.#open(ctx, request, format);
  }

  async #open(ctx: RequestContext, request: RightsRequest, format: CopyFormat): Promise<{ readonly request: RightsRequest; readonly bytes: Readable }> {
    const { requestId, personId, runId, state, expiresAt } = request;
    if (state !== 'ready' || !runId || !expiresAt || expiresAt <= this.clock.now()) throw new NotFound('There is no copy to download. Ask for a new one.');
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'information-rights.download-copy', subject: { type: 'information-rights.request', id: requestId }, personId, detail: { format } })));
    return { request, bytes: Readable.from(this.parts.read(ctx, { requestId, runId, format }), { objectMode: false }) };
  }
}
