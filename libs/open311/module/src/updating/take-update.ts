import { Inject, Injectable } from '@nestjs/common';
import { Database, extensionsOf, requestHash } from '@guildhall/kernel';
import { CASES, CASE_TYPE, findCaseType, transitionOf, type CaseTransition, type CaseView, type CasesApi } from '@guildhall/cases-contract';
import { photoHashesOf, type OfferedPhoto } from '@guildhall/documents-contract/from-elsewhere';
import { CLOCK, IDS, InvalidInput, NotFound, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { standardStatusOf } from '@guildhall/open311-contract';
import { actingFor, privateFor, type Caller } from '../http/callers';
import { KeepPhotos, lostWords } from '../receiving/keep-photos';
import { NOT_RIGHT_YET, asksToReopen, wayBack } from './reopening';
import type { SentUpdate } from './sent-update';

interface Planned { readonly case_id: string; readonly update_id: string; readonly request_hash: string; readonly transition: string | null }

/**
 * Takes in what another system wrote about a report. What is to be done is written down first, under the update's own id; every step bears being done twice,
 * so an update that comes again is carried on with and comes to the same end.
 */
@Injectable()
export class TakeUpdate {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(KeepPhotos) private readonly photos: KeepPhotos,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @returns our id of the update @throws NotFound when there is no such report here, or a private one of somebody else, InvalidInput when the update's id came before with something else */
  async take(ctx: RequestContext, caller: Caller, update: SentUpdate, files: readonly OfferedPhoto[]): Promise<string> {
    const acting = actingFor(ctx, caller);
    const [row] = await this.database.query<{ case_id: string }>(ctx, 'select case_id from open311.request where council_id = $1 and reference = $2 and (not is_private or client_id = $3 or $4)', [ctx.council.id, update.number, ...privateFor(caller)]);
    const view = row && (await this.cases.find(acting, { caseId: row.case_id }));
    if (!view) throw new NotFound('The service_request_id is not the number of a report here.');
    const reopens = asksToReopen(update, view);
    const media = [...update.media, ...files];
    const planned = await this.plan(ctx, caller, update, media, view, reopens ? wayBack(acting, view) : undefined);
    const key = `open311:${caller.clientId}:${update.updateId}`;
    const kept = await this.photos.keep(acting, view.id, media);
    const documents = kept.documentIds.length ? { documents: [...kept.documentIds] } : {};
    const transition = planned.transition === null ? undefined : stepOf(ctx, view, planned.transition);
    // What is said with a step that asks for reasons stands there; nobody reads it twice.
    const isSaidByMove = transition?.reasons !== undefined;
    const hasMoved = transition && (await this.cases.move(acting, { caseId: view.id, transition: transition.id, idempotencyKey: `${key}:move`, ...(isSaidByMove && { reasons: update.description || NOT_RIGHT_YET[view.language ?? ctx.council.languages[0]], ...documents }) })).ok;
    if (!(hasMoved && isSaidByMove) && (update.description || kept.documentIds.length)) await this.cases.write(acting, { caseId: view.id, text: update.description, idempotencyKey: `${key}:write`, ...documents });
    const notes = [...(reopens && !hasMoved ? ['They ask to open it again, and there is no step from here that does so.'] : []), ...(view.stateKind !== 'closed' && standardStatusOf(update.status) === 'closed' ? [`They say of it: ${update.status.replaceAll('_', ' ')}.`] : []), ...(kept.lost.length ? [lostWords(kept.lost)] : [])];
    if (notes.length) await this.cases.note(acting, { caseId: view.id, text: notes.join('\n'), idempotencyKey: `${key}:note:${requestHash(notes).slice(0, 16)}` });
    return planned.update_id;
  }

  /** What this update comes to; the same when it comes again, however the case stands by then. */
  private async plan(ctx: RequestContext, { clientId }: Caller, update: SentUpdate, media: readonly OfferedPhoto[], view: CaseView, transition: CaseTransition | undefined): Promise<Planned> {
    const hash = requestHash({ ...update, at: update.at.toISOString(), media: photoHashesOf(media) });
    await this.database.query(ctx, `insert into open311.sent_update (council_id, client_id, update_key, case_id, update_id, request_hash, transition, sent_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (council_id, client_id, update_key) do nothing`,
      [ctx.council.id, clientId, update.updateId, view.id, this.ids.uuid(), hash, transition?.id ?? null, this.clock.now()]);
    const [planned] = await this.database.query<Planned>(ctx, 'select case_id, update_id, request_hash, transition from open311.sent_update where council_id = $1 and client_id = $2 and update_key = $3', [ctx.council.id, clientId, update.updateId]);
    if (!planned) throw new Error(`The update ${update.updateId} was written down and is not there.`);
    if (planned.request_hash !== hash) throw new InvalidInput('The request has mistakes.', [{ field: 'update_id', message: 'came before with another update' }]);
    return planned;
  }
}

function stepOf(ctx: RequestContext, view: CaseView, id: string): CaseTransition | undefined {
  const type = findCaseType(extensionsOf(ctx, CASE_TYPE), view.caseType, view.caseTypeVersion);
  return type && transitionOf(type, id);
}
