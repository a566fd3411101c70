import { Inject, Injectable } from '@nestjs/common';
import type { BackOfficeProvider, HandedPhoto, HandedWords } from '@guildhall/back-office-contract';
import { CASES, CASE_TYPE, findCaseType, stateOf, wordsIn, type CaseView, type CasesApi, type TimelineEntry } from '@guildhall/cases-contract';
import { Database, LOG, enqueue, extensionsOf, nextTryAt, sql } from '@guildhall/kernel';
import { CLOCK, IDS, isGuildhallError, type Clock, type Ids, type JobHandler, type Log, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { actingFor } from '../acting';
import { BackOfficeSettings } from '../back-office.settings';
import { recordAnswer, recordTrouble, restOf } from '../data/far-end';
import type { HandOverState } from '../data/hand-over-row';
import { PhotosOfCase } from '../handing/photos-of-case';
import { PassOn } from '../jobs';
import { unlessDoneBefore } from '../telling/unless-done-before';

const CLAIM_IN_SECONDS = 120;
/** Words about a case that its system does not have yet wait for it, in seconds. */
const WAIT_FOR_CASE = 600;
const MOST_TIMELINE_PAGES = 10;

interface WordsRow { readonly case_type: string; readonly case_id: string; readonly provider_id: string; readonly hand_over: HandOverState; readonly far_reference: string | null; readonly tries: number; readonly next_try_at: Date; readonly claimed_until: Date | null }
type Passing = { readonly kind: 'sent' } | { readonly kind: 'failed'; readonly retryAfterInSeconds?: number; readonly isOurs?: boolean } | { readonly kind: 'refused'; readonly message: string };

/** Passes on what a resident wrote later: under the entry's own id, by which the far end knows the same words again. What does not arrive is a note: an officer tells them by other means. */
@Injectable()
export class PassesOnWords implements JobHandler<{ readonly entryId: string }> {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(PhotosOfCase) private readonly photos: PhotosOfCase,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, { entryId }: { readonly entryId: string }): Promise<void> {
    const row = await this.db.run(ctx, (tx) => this.claim(tx, entryId));
    if (!row) return;
    const outcome = await this.pass(ctx, row, entryId);
    const next = outcome.kind === 'failed' ? nextTryAt(this.clock.now(), row.tries, this.chance(), outcome.retryAfterInSeconds) : undefined;
    // Said before it is recorded, under a key: a try that died between the two says it once.
    if (outcome.kind !== 'sent' && !next) await this.note(ctx, row, entryId, outcome.kind === 'refused' ? outcome.message : 'it does not answer');
    await this.db.run(ctx, async (tx) => {
      const now = this.clock.now();
      if (outcome.kind === 'failed' && !outcome.isOurs) await recordTrouble(tx, row.provider_id, now, this.chance(), outcome.retryAfterInSeconds);
      if (outcome.kind === 'sent') await recordAnswer(tx, row.provider_id);
      await sql(tx, `update back_office.words set state = $4, next_try_at = coalesce($5, next_try_at), claimed_until = null where council_id = $1 and entry_id = $2 and state = 'waiting' and tries = $3`, [ctx.council.id, entryId, row.tries, outcome.kind === 'sent' ? 'sent' : next ? 'waiting' : 'refused', next ?? null]);
      if (next) enqueue(tx, PassOn, { entryId }, { runAt: next });
    });
  }

  private async claim(tx: TransactionContext, entryId: string): Promise<WordsRow | undefined> {
    const now = this.clock.now();
    const [row] = await sql<WordsRow>(tx, `select w.case_id, h.case_type, h.provider_id, h.state as hand_over, h.far_reference, w.tries, w.next_try_at, w.claimed_until from back_office.words w join back_office.hand_over h on h.council_id = w.council_id and h.case_id = w.case_id
      where w.council_id = $1 and w.entry_id = $2 and w.state = 'waiting' for update of w`, [tx.council.id, entryId]);
    if (!row) return undefined;
    const rest = row.hand_over === 'handed-over' ? await restOf(tx, row.provider_id, now) : new Date(now.getTime() + WAIT_FOR_CASE * 1000);
    const later = [row.claimed_until, row.next_try_at, rest].find((at): at is Date => at != null && at > now);
    if (later) {
      enqueue(tx, PassOn, { entryId }, { runAt: later, key: `words:${entryId}:${later.getTime()}` });
      return undefined;
    }
    await sql(tx, 'update back_office.words set tries = tries + 1, claimed_until = $3 where council_id = $1 and entry_id = $2', [tx.council.id, entryId, new Date(now.getTime() + CLAIM_IN_SECONDS * 1000)]);
    return { ...row, tries: row.tries + 1 };
  }

  private async pass(ctx: RequestContext, row: WordsRow, entryId: string): Promise<Passing> {
    const provider = this.settings.provider(ctx, row.provider_id);
    if (!provider?.write) return { kind: 'refused', message: 'it takes nothing after the case itself' };
    try {
      const acting = actingFor(ctx, row.provider_id);
      const view = await this.cases.find(acting, { caseId: row.case_id });
      const entry = view && (await this.entryOf(acting, row.case_id, entryId));
      if (!view || !entry) return { kind: 'sent' };
      const photos = this.settings.lineFor(ctx, row.case_type)?.sends?.photos ? await this.photos.of(acting, view.id, entry.documents ?? [], entry.at) : [];
      if (photos === 'to-come') return { kind: 'failed', isOurs: true };
      const words = wordsOf(ctx, view, entry, photos, row.far_reference);
      if (!words) return { kind: 'sent' };
      return await this.write(provider, words);
    } catch (error) {
      const isKnown = isGuildhallError(error);
      this.log.warn('back-office.words-not-sent', { case: row.case_id, provider: row.provider_id, error: isKnown ? error.code : (error as Error).name });
      return { kind: 'failed', retryAfterInSeconds: (error as { retryAfterInSeconds?: number }).retryAfterInSeconds };
    }
  }

  private async write(provider: BackOfficeProvider, words: HandedWords): Promise<Passing> {
    const outcome = (await provider.write?.(words)) ?? { ok: true };
    if (outcome.ok) return { kind: 'sent' };
    const { reason, message, retryAfterInSeconds } = outcome.refusal;
    return reason === 'not-accepted' ? { kind: 'refused', message } : { kind: 'failed', retryAfterInSeconds };
  }

  private async entryOf(acting: RequestContext, caseId: string, entryId: string): Promise<TimelineEntry | undefined> {
    let after: string | undefined;
    for (let page = 0; page < MOST_TIMELINE_PAGES; page++) {
      const { items, next } = await this.cases.timeline(acting, { caseId }, { limit: 100, ...(after !== undefined && { after }) });
      const found = items.find(({ id }) => id === entryId);
      if (found || next === undefined) return found;
      after = next;
    }
    return undefined;
  }

  private async note(ctx: RequestContext, row: WordsRow, entryId: string, why: string): Promise<void> {
    const text = `${this.settings.titleOf(ctx, row.provider_id)} was not told what the resident wrote: ${why.replace(/\.$/, '')}. Tell them by other means.`;
    await unlessDoneBefore(this.cases.note(actingFor(ctx, row.provider_id), { caseId: row.case_id, text, idempotencyKey: `back-office:words:${entryId}` }));
  }

  private chance(): number {
    return (this.ids.bytes(1)[0] ?? 128) / 255;
  }
}

/** What goes out of an entry; nothing of one without words or photos. */
function wordsOf(ctx: RequestContext, view: CaseView, entry: TimelineEntry, photos: readonly HandedPhoto[], farReference: string | null): HandedWords | undefined {
  const text = entry.reasons ?? (entry.text === undefined ? '' : wordsIn(entry.text, 'en'));
  if (!text.trim() && !photos.length) return undefined;
  const type = findCaseType(extensionsOf(ctx, CASE_TYPE), view.caseType, view.caseTypeVersion);
  const isClosed = (state: string | undefined): boolean => type !== undefined && state !== undefined && stateOf(type, state).kind === 'closed';
  return { wordsId: entry.id, caseId: view.id, caseReference: view.reference, ...(farReference !== null && { farReference }), at: entry.at, text, ...(photos.length > 0 && { photos }), reopens: entry.kind === 'moved' && isClosed(entry.from) && !isClosed(entry.to) };
}
