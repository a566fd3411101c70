import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import type { Clock, Ids, Outcome, Refusal, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Database, audit, once } from '@guildhall/kernel';
import { changedSentence, dayOf, entryFor, isUpToDate, unknownCase } from '@guildhall/cases-contract';
import type { CaseChange, ChangeCase, ChangeRefusal, ChangeSetting, TimelineEntry } from '@guildhall/cases-contract';
import { seeCase, viewOf, type SeenCase } from '../finding/finds-cases';
import { Calendars } from '../working-days/calendars';
import { entriesAfter, writeChange } from './keeps-cases';

/** One kind of change: its name in keys and in the audit trail, and what it makes of a case. */
export interface ChangeOfCase<R extends Refusal> {
  readonly action: string;
  readonly statusKey?: string;
  /** Asks whether the actor may, and does it on paper. No database, no network. */
  readonly decide: (seen: SeenCase, setting: ChangeSetting) => Outcome<CaseChange, R>;
  /** Says what happened, in the same transaction. */
  readonly tell?: (tx: TransactionContext, seen: SeenCase, change: CaseChange) => void;
}

/** Carries a refusal out of a transaction, so that nothing of it is kept, not even the key. */
class Stop extends Error {
  constructor(readonly refusal: Refusal) { super(refusal.reason); }
}

/** Changes cases one after another: holds the case, compares versions, keeps change and entry together, once per key. */
@Injectable()
export class ChangesCases {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(Calendars) private readonly calendars: Calendars) {}

  /** The case after the change, as the actor may see it, and the entry. */
  async change<R extends Refusal>(ctx: RequestContext, request: ChangeCase, how: ChangeOfCase<R>): Promise<Outcome<{ readonly seen: SeenCase; readonly entry: TimelineEntry }, ChangeRefusal | R>> {
    try {
      return await this.database.run(ctx, (tx) => this.changeInside(tx, request, how));
    } catch (error) {
      if (error instanceof Stop) return { ok: false, refusal: error.refusal as ChangeRefusal | R };
      throw error;
    }
  }

  private async changeInside<R extends Refusal>(tx: TransactionContext, request: ChangeCase, how: ChangeOfCase<R>): Promise<{ readonly ok: true; readonly value: { readonly seen: SeenCase; readonly entry: TimelineEntry } }> {
    let changed: { seen: SeenCase; entry: TimelineEntry } | undefined;
    const { result: version } = await once(tx, { scope: how.action, key: request.idempotencyKey, request }, async () => {
      const seen = await this.hold(tx, request, how.statusKey);
      const setting = { entryId: this.ids.uuid(), at: this.clock.now(), calendar: this.calendars.of(tx) };
      const decided = how.decide(seen, setting);
      if (!decided.ok) throw new Stop(decided.refusal);
      await writeChange(tx, seen.type, seen.record, decided.value);
      how.tell?.(tx, seen, decided.value);
      audit(tx, { action: how.action, subject: { type: 'case', id: seen.record.id }, personId: seen.record.personId, detail: { version: decided.value.record.version, entry: decided.value.entry.id } });
      changed = { seen: { ...seen, record: decided.value.record }, entry: decided.value.entry };
      return decided.value.record.version;
    });
    changed ??= await this.before(tx, request, version, how.statusKey);
    return { ok: true, value: changed };
  }

  /** The case, held until the transaction ends, if the sender has seen it as it is. */
  private async hold(tx: TransactionContext, request: ChangeCase, statusKey: string | undefined): Promise<SeenCase> {
    const seen = await seeCase(tx, { caseId: request.caseId }, dayOf(this.clock.now()), { forUpdate: true, statusKey });
    if (!seen) throw new Stop(unknownCase(request.caseId).refusal);
    if (isUpToDate(seen.record, request)) return seen;
    const since = await entriesAfter(tx, seen.record.id, request.expectedVersion ?? 0);
    const changes = since.flatMap((entry) => entryFor(seen.audience, seen.type, entry) ?? []);
    const refusal: ChangeRefusal = { reason: 'changed-meanwhile', message: changedSentence(tx, changes), current: viewOf(tx, seen), changes };
    throw new Stop(refusal);
  }

  /** What the same key did before. */
  private async before(tx: TransactionContext, request: ChangeCase, version: number, statusKey: string | undefined): Promise<{ seen: SeenCase; entry: TimelineEntry }> {
    const seen = await seeCase(tx, { caseId: request.caseId }, dayOf(this.clock.now()), { statusKey });
    if (!seen) throw new Stop(unknownCase(request.caseId).refusal);
    const [entry] = await entriesAfter(tx, seen.record.id, version - 1);
    if (!entry) throw new Error(`The case ${seen.record.id} has no entry of version ${version}.`);
    return { seen, entry };
  }
}
