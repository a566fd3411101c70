import { DOCUMENTS, type DocumentsApi } from '@guildhall/documents-contract';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalFact, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, hasContract } from '@guildhall/kernel';
import { demand, isUuid, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { DraftState } from '../drafts/draft';
import { InstalledServices } from '../offering/installed-services';

const AT_ONCE = 50;
const UNDER_WAY: Text = { en: 'it is being paid for or sent just now (UK GDPR, article 17(1)(a): it is still needed)', cy: 'mae’n cael ei dalu neu ei anfon ar hyn o bryd (GDPR y DU, erthygl 17(1)(a): mae ei angen o hyd)' };

interface DraftRow { readonly draft_id: string; readonly service: string; readonly state: DraftState; readonly channel: string; readonly language: string; readonly answers: object; readonly submission: object | null; readonly authority: string | null; readonly reference: string | null; readonly created_at: Date; readonly updated_at: Date; readonly expires_at: Date }

/** What somebody has filled in: what they began and have not sent, and what was sent, for as long as it is kept. */
@Injectable()
export class DraftsOfPerson implements PersonalData {
  readonly id = 'services.drafts';
  readonly order = 300;
  readonly title = { en: 'Forms that you have filled in', cy: 'Ffurflenni rydych wedi’u llenwi' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(InstalledServices) private readonly services: InstalledServices) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    for (let last: DraftRow | undefined; ; ) {
      const rows: readonly DraftRow[] = await this.db.query<DraftRow>(ctx, `
        select draft_id, service, state, channel, language, answers, submission, assisted -> 'basis' ->> 'authority' as authority, reference, created_at, updated_at, expires_at from services.draft
        where council_id = $1 and (owner_key = $2 or assisted ->> 'personId' = $3) ${last ? 'and (created_at, draft_id) > ($4, $5)' : ''} order by created_at, draft_id limit ${AT_ONCE}`, [ctx.council.id, `p:${personId}`, personId, ...(last ? [last.created_at, last.draft_id] : [])]);
      for (const row of rows) yield this.#record(ctx, row);
      last = rows[AT_ONCE - 1];
      if (!last) return;
    }
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    if (!isUuid(recordId)) return true;
    const which = [ctx.council.id, recordId, `p:${personId}`, personId];
    const [row] = await this.db.query<{ state: DraftState }>(ctx, `select state from services.draft where council_id = $1 and draft_id = $2 and (owner_key = $3 or assisted ->> 'personId' = $4)`, which);
    if (!row) return true;
    if (isUnderWay(row.state)) return false;
    if (hasContract(ctx, DOCUMENTS)) {
      const subject = { type: 'draft', id: recordId };
      for (const { id } of await this.documents.forSubject(ctx, subject, { vouchedFor: subject })) await this.documents.remove(ctx, id, { vouchedFor: subject });
    }
    const gone = await this.db.query(ctx, `delete from services.draft where council_id = $1 and draft_id = $2 and (owner_key = $3 or assisted ->> 'personId' = $4) and state in ('open', 'submitted') returning 1 as gone`, which);
    return gone.length > 0;
  }

  #record(ctx: RequestContext, row: DraftRow): PersonalRecord {
    const service = this.services.all(ctx).get(row.service)?.service.title ?? { en: row.service, cy: row.service };
    const isSent = row.state === 'submitted';
    return {
      id: row.draft_id, title: { en: `${service.en}, ${isSent ? 'as sent' : 'not sent yet'}`, cy: `${service.cy}, ${isSent ? 'fel y’i hanfonwyd' : 'heb ei anfon eto'}` }, since: row.created_at,
      source: row.authority === null ? { en: 'You', cy: 'Chi' } : { en: 'You, through an adviser', cy: 'Chi, drwy gynghorydd' },
      facts: [{ label: { en: 'Removed on', cy: 'Tynnir ar' }, value: row.expires_at }, ...answersIn(row.answers)], data: row,
      onErasure: isUnderWay(row.state) ? { does: 'keep', because: UNDER_WAY, mustKeep: true } : { does: 'erase' },
    };
  }
}

function isUnderWay(state: DraftState): boolean { return state === 'paying' || state === 'submitting'; }

/** Answers by the question's id, in words as far as they are words. */
function answersIn(answers: object): readonly PersonalFact[] {
  return Object.entries(answers as Readonly<Record<string, unknown>>).map(([id, answer]) => ({ label: { en: id, cy: id }, value: leavesOf(answer).join(', ') }));
}

function leavesOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [String(value as string | number | boolean)];
}
