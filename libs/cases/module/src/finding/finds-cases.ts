import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, InvalidInput, NotFound, demand, isUuid } from '@guildhall/kernel-contract';
import type { Clock, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Database, audit } from '@guildhall/kernel';
import { SEE_CASES, audienceOf, dayOf, entryFor, isStaff, viewFor } from '@guildhall/cases-contract';
import type { Audience, CaseRecord, CaseType, CaseView, PlainDate, TimelinePage, WhichCase } from '@guildhall/cases-contract';
import { typeOfCase } from '../keeping/case-types';
import { recordOf } from '../keeping/case-row';
import { entriesBefore, readCase } from '../keeping/keeps-cases';
import { isKey } from '../status/status-key';

/** A case as one actor may see it. */
export interface SeenCase { readonly record: CaseRecord; readonly type: CaseType; readonly audience: Audience; readonly today: PlainDate }

const LATEST = 2_147_483_647;

/** Finds the case that is meant, as the actor may see it. Staff without the permission are refused whether there is one or not. */
export async function seeCase(tx: TransactionContext, which: WhichCase, today: PlainDate, options: { readonly forUpdate?: boolean; readonly statusKey?: string } = {}): Promise<SeenCase | undefined> {
  const row = 'caseId' in which && !isUuid(which.caseId) ? undefined : await readCase(tx, which, options.forUpdate);
  if (!row) {
    if (isStaff(tx)) demand(tx, SEE_CASES);
    return undefined;
  }
  const record = recordOf(row);
  const audience = audienceOf(tx, record, isKey('statusKey' in which ? which.statusKey : options.statusKey, row.status_key_hash));
  return audience && { record, type: typeOfCase(tx, record), audience, today };
}

/** A case as its audience reads it on that day. */
export function viewOf(ctx: RequestContext, { audience, type, record, today }: SeenCase): CaseView {
  return viewFor(audience, ctx.council, type, record, today);
}

/** Shows cases, and puts every look of staff on record. */
@Injectable()
export class FindsCases {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async find(ctx: RequestContext, which: WhichCase): Promise<CaseView | undefined> {
    const seen = await this.database.run(ctx, async (tx) => recorded(tx, await seeCase(tx, which, dayOf(this.clock.now()))));
    return seen && viewOf(ctx, seen);
  }

  async timeline(ctx: RequestContext, which: WhichCase, page: { readonly after?: string; readonly limit?: number } = {}): Promise<TimelinePage> {
    return this.database.run(ctx, async (tx) => {
      const seen = recorded(tx, await seeCase(tx, which, dayOf(this.clock.now())));
      if (!seen) throw new NotFound('There is no such case here.');
      return timelineOf(tx, seen, page);
    });
  }

  /** A case with the newest of its timeline, as one look: for pages. */
  async withTimeline(ctx: RequestContext, which: WhichCase, limit: number): Promise<{ readonly seen: SeenCase; readonly view: CaseView; readonly timeline: TimelinePage } | undefined> {
    return this.database.run(ctx, async (tx) => {
      const seen = recorded(tx, await seeCase(tx, which, dayOf(this.clock.now())));
      return seen && { seen, view: viewOf(ctx, seen), timeline: await timelineOf(tx, seen, { limit }) };
    });
  }
}

function recorded(tx: TransactionContext, seen: SeenCase | undefined): SeenCase | undefined {
  if (seen?.audience === 'staff') audit(tx, { action: 'cases.seen', subject: { type: 'case', id: seen.record.id }, personId: seen.record.personId });
  return seen;
}

async function timelineOf(tx: TransactionContext, { record, type, audience }: SeenCase, page: { readonly after?: string; readonly limit?: number }): Promise<TimelinePage> {
  const limit = Math.min(Math.max(page.limit ?? 50, 1), 100);
  const before = page.after === undefined ? LATEST : Number(page.after);
  if (!Number.isInteger(before) || before < 1 || before > LATEST) throw new InvalidInput('after must be the "next" of the page before.', [{ field: 'after', message: 'is not the "next" of a page' }]);
  const found = await entriesBefore(tx, record.id, before, limit + 1, audience !== 'staff');
  const items = found.slice(0, limit).flatMap((entry) => entryFor(audience, type, entry) ?? []);
  const last = found[limit - 1];
  return { items, ...(found.length > limit && last && { next: String(last.caseVersion) }) };
}
