import { Inject, Injectable } from '@nestjs/common';
import type { BackOfficeProvider, HandedOver } from '@guildhall/back-office-contract';
import { CASES, type CaseView, type CasesApi } from '@guildhall/cases-contract';
import { Database, LOG, enqueue, originOf, sql } from '@guildhall/kernel';
import { CLOCK, IDS, isGuildhallError, type Clock, type Ids, type JobHandler, type Log, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { actingFor } from '../acting';
import type { CasesHandedOver } from '../back-office.options';
import { BackOfficeSettings } from '../back-office.settings';
import { restOf } from '../data/far-end';
import { CLOSED_BEFORE, HAND_OVER_COLUMNS, type HandOverRow } from '../data/hand-over-row';
import { HandOver } from '../jobs';
import { handedCaseOf } from './handed-case';
import { PhotosOfCase } from './photos-of-case';
import { recordOutcome, recordRefused, type TryOutcome } from './record-outcome';

/** A worker that has claimed a case has this long to hand it over; then another may. Longer than any provider's time-outs together. */
const CLAIM_IN_SECONDS = 120;
/** Cases that waited for a far end that was left alone do not come back to it at once. */
const SPREAD_IN_SECONDS = 30;
/** As long as the contract has them, and nothing in them that no page can show and no table keep. */
const isUsable = ({ farReference = '', ticket = '' }: HandedOver): boolean => farReference.length <= 200 && ticket.length <= 500 && !/\p{Cc}/u.test(farReference + ticket);

interface Claimed { readonly row: HandOverRow; readonly line: CasesHandedOver; readonly provider: BackOfficeProvider }

/**
 * Hands one case over: claims it, gives it to the provider outside any transaction, and records what came of it. A crash between the two leaves the claim to run out;
 * the next try is of the same case, by whose id the far end, or the provider, knows it again.
 */
@Injectable()
export class HandOverCase implements JobHandler<{ readonly caseId: string }> {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings,
    @Inject(PhotosOfCase) private readonly photos: PhotosOfCase, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, { caseId }: { readonly caseId: string }): Promise<void> {
    const claimed = await this.db.run(ctx, (tx) => this.claim(tx, caseId));
    if (!claimed) return;
    const outcome = await this.attempt(ctx, claimed);
    await this.db.run(ctx, (tx) => recordOutcome(tx, claimed.row, outcome, { now: this.clock.now(), chance: this.chance(), newId: () => this.ids.uuid() }));
  }

  private async claim(tx: TransactionContext, caseId: string): Promise<Claimed | undefined> {
    const now = this.clock.now();
    const [row] = await sql<HandOverRow>(tx, `select ${HAND_OVER_COLUMNS} from back_office.hand_over where council_id = $1 and case_id = $2 for update`, [tx.council.id, caseId]);
    if (row?.state !== 'waiting') return undefined;
    const later = (runAt: Date, why: string): undefined => { enqueue(tx, HandOver, { caseId }, { runAt, key: `${why}:${caseId}:${runAt.getTime()}` }); return undefined; };
    if (row.claimed_until && row.claimed_until > now) return later(row.claimed_until, 'claimed');
    if (row.next_try_at > now) return later(row.next_try_at, 'later');
    const line = this.settings.lineFor(tx, row.case_type);
    const provider = line && this.settings.provider(tx, line.provider.id);
    if (!line || !provider) {
      await recordRefused(tx, row, { code: 'not-configured', message: 'The council’s configuration names no system for this kind of case any more.' }, { now, newId: () => this.ids.uuid() });
      return undefined;
    }
    const rest = await restOf(tx, line.provider.id, now);
    if (rest) return later(new Date(rest.getTime() + Math.round(this.chance() * SPREAD_IN_SECONDS * 1000)), 'rest');
    // The row as it was is handed on: it says when the try before began.
    await sql(tx, 'update back_office.hand_over set tries = tries + 1, last_tried_at = $5, claimed_until = $3, provider_id = $4 where council_id = $1 and case_id = $2', [tx.council.id, caseId, new Date(now.getTime() + CLAIM_IN_SECONDS * 1000), line.provider.id, now]);
    return { row: { ...row, tries: row.tries + 1, provider_id: line.provider.id }, line, provider };
  }

  private async attempt(ctx: RequestContext, { row, line, provider }: Claimed): Promise<TryOutcome> {
    const acting = actingFor(ctx, row.provider_id);
    let view: CaseView | undefined;
    let isAtFarEnd = false;
    try {
      view = await this.cases.find(acting, { caseId: row.case_id });
      if (!view) return { kind: 'refused', code: 'case-gone', message: 'The case is not here any more.' };
      const reference = view.reference;
      if (view.stateKind === 'closed') return { kind: 'refused', code: CLOSED_BEFORE, message: 'The case was closed before it was handed over.', reference };
      const photos = line.sends?.photos ? await this.photos.of(acting, view.id, view.documents, view.openedAt) : [];
      if (photos === 'to-come') return { kind: 'failed', code: 'photos-to-come', message: 'Its photos are still being looked at for viruses.', reference, isOurs: true };
      isAtFarEnd = true;
      const outcome = await provider.handOver(handedCaseOf(view, line, photos, row));
      if (outcome.ok && !isUsable(outcome.value)) return { kind: 'failed', code: 'odd-reference', message: 'It answered with a reference that cannot be kept.', reference };
      if (outcome.ok) return { kind: 'taken', reference, ...outcome.value };
      const { reason, code, message, retryAfterInSeconds } = outcome.refusal;
      return reason === 'not-accepted' ? { kind: 'refused', code, message, reference } : { kind: 'failed', code, message, reference, retryAfterInSeconds };
    } catch (error) {
      const isKnown = isGuildhallError(error);
      this.log.warn('back-office.hand-over-failed', { case: row.case_id, provider: row.provider_id, error: isKnown ? error.code : (error as Error).name, ...(!isKnown && { at: originOf(error) }) });
      return { kind: 'failed', code: isKnown ? error.code : 'fault', message: 'It did not answer, or not so that it could be read.', reference: view?.reference, retryAfterInSeconds: (error as { retryAfterInSeconds?: number }).retryAfterInSeconds, isOurs: !isAtFarEnd };
    }
  }

  private chance(): number {
    return (this.ids.bytes(1)[0] ?? 128) / 255;
  }
}
