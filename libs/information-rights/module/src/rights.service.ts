import { buffer } from 'node:stream/consumers';
import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS } from '@guildhall/identity-contract';
import { ASK_FOR_RESIDENTS, HANDLE_REQUESTS, RIGHTS, type InformationRightsApi, type RightsRecord, type RightsRequestView } from '@guildhall/information-rights-contract';
import { Database, audit } from '@guildhall/kernel';
import { InvalidInput, NotFound, demand, done, isUuid, type FieldError, type Outcome, type PersonId, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { GivesCopy } from './copies/gives-copy';
import { DecidesErasure } from './erasing/decides-erasure';
import { AsksForRights } from './requests/asks-for-rights';
import { HoldsClock } from './requests/holds-clock';
import { ReadsRequests, type Item } from './requests/reads-requests';
import { placeIn, placeOf } from './requests/place-in-list';
import type { RightsRequest } from './requests/request';

type Api = InformationRightsApi;

/** Information rights, for other modules and systems: what the contract says. */
@Injectable()
export class RightsService implements InformationRightsApi {
  constructor(private readonly db: Database, private readonly asking: AsksForRights, private readonly reading: ReadsRequests, private readonly clock: HoldsClock, private readonly copies: GivesCopy, private readonly deciding: DecidesErasure) {}

  async ask(ctx: RequestContext, { personId, kind, basis }: Parameters<Api['ask']>[1]): ReturnType<Api['ask']> {
    demand(ctx, ASK_FOR_RESIDENTS);
    const faults: readonly FieldError[] = [
      ...(isUuid(personId) ? [] : [{ field: 'personId', message: 'is no id of a person' }]), ...(RIGHTS.includes(kind) ? [] : [{ field: 'kind', message: `must be one of ${RIGHTS.join(', ')}` }]),
      ...(ASSISTED_AUTHORITIES.includes(basis.authority) ? [] : [{ field: 'basis.authority', message: `must be one of ${ASSISTED_AUTHORITIES.join(', ')}` }]),
      ...(basis.checks.every((check) => ASSISTED_CHECKS.includes(check)) ? [] : [{ field: 'basis.checks', message: `must be among ${ASSISTED_CHECKS.join(', ')}` }]),
    ];
    if (faults.length > 0) throw new InvalidInput('The request has mistakes. Each is named in errors.', faults);
    return viewOf(await this.asking.ask(ctx, personId as PersonId, kind, basis));
  }

  async requestsOf(ctx: RequestContext, personId: string): ReturnType<Api['requestsOf']> {
    demand(ctx, HANDLE_REQUESTS);
    if (!isUuid(personId)) throw new NotFound('There is no such person here.');
    await this.#note(ctx, personId);
    return (await this.reading.ofPerson(ctx, personId as PersonId)).map(viewOf);
  }

  async open(ctx: RequestContext, { after }: { readonly after?: string } = {}): ReturnType<Api['open']> {
    demand(ctx, HANDLE_REQUESTS);
    const { requests, next } = await this.reading.open(ctx, placeIn(after));
    return { requests: requests.map(viewOf), ...(next && { next: placeOf(next) }) };
  }

  async find(ctx: RequestContext, id: string): ReturnType<Api['find']> {
    const { steps, ...request } = await this.#look(ctx, id);
    return { ...viewOf(request), steps };
  }

  async records(ctx: RequestContext, id: string): ReturnType<Api['records']> {
    await this.#look(ctx, id);
    return (await this.reading.items(ctx, id)).map(recordOf);
  }

  async pause(ctx: RequestContext, id: string, { reason, ...said }: Parameters<Api['pause']>[2]): ReturnType<Api['pause']> {
    demand(ctx, HANDLE_REQUESTS);
    if (reason !== 'identity' && reason !== 'clarification') throw new InvalidInput('Say what is needed from the person.', [{ field: 'reason', message: 'must be one of identity, clarification' }]);
    return viewed(await this.clock.pause(ctx, { requestId: id, ...said }, reason));
  }
  async resume(ctx: RequestContext, id: string, { version }: Parameters<Api['resume']>[2]): ReturnType<Api['resume']> { return viewed(await this.clock.resume(ctx, { requestId: id, version })); }
  async extend(ctx: RequestContext, id: string, said: Parameters<Api['extend']>[2]): ReturnType<Api['extend']> { return viewed(await this.clock.extend(ctx, { requestId: id, ...said })); }
  async refuse(ctx: RequestContext, id: string, said: Parameters<Api['refuse']>[2]): ReturnType<Api['refuse']> { return viewed(await this.clock.refuse(ctx, { requestId: id, ...said })); }

  async giveCopy(ctx: RequestContext, id: string, given: Parameters<Api['giveCopy']>[2]): ReturnType<Api['giveCopy']> {
    const outcome = await this.copies.give(ctx, { requestId: id, ...given });
    return outcome.ok ? done(await this.#now(ctx, id)) : outcome;
  }

  async copy(ctx: RequestContext, id: string): Promise<unknown> {
    const { bytes } = await this.copies.downloadForCaller(ctx, id, 'json');
    return JSON.parse((await buffer(bytes)).toString()) as unknown;
  }

  async decideErasure(ctx: RequestContext, id: string, decided: Parameters<Api['decideErasure']>[2]): ReturnType<Api['decideErasure']> {
    const outcome = await this.deciding.decide(ctx, { requestId: id, ...decided });
    return outcome.ok ? done(await this.#now(ctx, id)) : outcome;
  }

  async #look(ctx: RequestContext, id: string): ReturnType<ReadsRequests['forOfficer']> {
    const request = await this.reading.forOfficer(ctx, id);
    await this.#note(ctx, request.personId);
    return request;
  }

  async #now(ctx: RequestContext, id: string): Promise<RightsRequestView> { return viewOf(await this.reading.forOfficer(ctx, id)); }

  /** That somebody's requests were looked at is on record. */
  async #note(ctx: RequestContext, personId: string): Promise<void> {
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'information-rights.look', subject: { type: 'person', id: personId }, personId })));
  }
}

function viewed<R extends Refusal>(outcome: Outcome<RightsRequest, R>): Outcome<RightsRequestView, R> { return outcome.ok ? done(viewOf(outcome.value)) : outcome; }

function viewOf({ requestId: id, reference, kind, personId, state, askedBy, receivedAt, dueOn, time: { isExtended }, pausedFor, version, expiresAt, closedAt }: RightsRequest): RightsRequestView {
  return { id, reference, kind, personId, state, askedBy, receivedAt, dueOn, isExtended, version, ...(pausedFor && { pausedFor }), ...(expiresAt && { expiresAt }), ...(closedAt && { closedAt }) };
}

function recordOf({ number, sourceId: source, title, since, proposal, because, keepUntil, mustKeep, decision, decidedBecause, outcome }: Item): RightsRecord {
  return {
    number, source, title, since, proposal, mustKeep, ...(because && { because }), ...(keepUntil !== undefined && { keepUntil }), ...(decision && { decision }), ...(decidedBecause !== undefined && { decidedBecause }), ...(outcome && { outcome }),
  };
}
