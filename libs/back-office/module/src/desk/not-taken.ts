import { Inject, Injectable } from '@nestjs/common';
import { HAND_OVER_CASES } from '@guildhall/back-office-contract';
import { Database } from '@guildhall/kernel';
import { InvalidInput, demand, isUuid, type RequestContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { NEEDS_SOMEBODY } from '../data/hand-over-row';

const A_PAGE = 25;
const MOST_COUNTED = 100;

interface Row { readonly case_id: string; readonly case_reference: string | null; readonly provider_id: string; readonly last_message: string | null; readonly refused_at: Date }

/** One case that its system did not take. */
export interface NotTakenCase { readonly caseId: string; readonly reference: string | null; readonly system: string; readonly message: string | null; readonly at: Date }

/** The cases that no system has, and that are not tried again by themselves. */
@Injectable()
export class NotTaken {
  constructor(@Inject(Database) private readonly db: Database, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings) {}

  /** The newest first. @param after the `next` of the page before @throws InvalidInput when it is none */
  async list(ctx: RequestContext, after?: string): Promise<{ readonly cases: readonly NotTakenCase[]; readonly next?: string }> {
    demand(ctx, HAND_OVER_CASES);
    const place = after === undefined ? undefined : placeOf(after);
    const rows = await this.db.query<Row>(ctx, `
      select case_id, case_reference, provider_id, last_message, refused_at from back_office.hand_over where council_id = $1 and ${NEEDS_SOMEBODY} ${place ? 'and (refused_at, case_id) < ($3, $4)' : ''} order by refused_at desc, case_id desc limit $2`,
    [ctx.council.id, A_PAGE + 1, ...(place ? [place.at, place.id] : [])]);
    const last = rows.length > A_PAGE ? rows[A_PAGE - 1] : undefined;
    return {
      cases: rows.slice(0, A_PAGE).map((row) => ({ caseId: row.case_id, reference: row.case_reference, system: this.settings.titleOf(ctx, row.provider_id), message: row.last_message, at: row.refused_at })),
      ...(last && { next: `${last.refused_at.getTime()}_${last.case_id}` }),
    };
  }

  /** Counted to a hundred. */
  async count(ctx: RequestContext): Promise<{ readonly count: number; readonly isCapped: boolean }> {
    const [found] = await this.db.query<{ count: number }>(ctx, `select count(*)::int as count from (select from back_office.hand_over where council_id = $1 and ${NEEDS_SOMEBODY} limit ${MOST_COUNTED + 1}) as refused`, [ctx.council.id]);
    const count = found?.count ?? 0;
    return { count: Math.min(count, MOST_COUNTED), isCapped: count > MOST_COUNTED };
  }
}

function placeOf(text: string): { readonly at: Date; readonly id: string } {
  const [, milliseconds = '', id = ''] = /^(\d{1,15})_(.{36})$/.exec(text) ?? [];
  const at = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(at.getTime()) || !isUuid(id)) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'after', message: 'is not a place in this list' }]);
  return { at, id };
}
