import { Inject, Injectable } from '@nestjs/common';
import { HAND_OVER_CASES } from '@guildhall/back-office-contract';
import type { CasePanel, CasePanelContent, CaseView } from '@guildhall/cases-contract';
import { Database } from '@guildhall/kernel';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { CLOSED_BEFORE, HAND_OVER_COLUMNS, type HandOverRow } from '../data/hand-over-row';

/** Where a case stands in the other system, beside its facts on the officer's page. */
@Injectable()
export class BackOfficeOnCase implements CasePanel {
  readonly id = 'back-office.hand-over';
  readonly order = 150;
  constructor(@Inject(Database) private readonly db: Database, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings) {}

  async load(ctx: RequestContext, { id, caseType, documents }: CaseView): Promise<CasePanelContent | undefined> {
    const [row] = await this.db.query<HandOverRow>(ctx, `select ${HAND_OVER_COLUMNS} from back_office.hand_over where council_id = $1 and case_id = $2`, [ctx.council.id, id]);
    if (!row) return undefined;
    const mayHandOver = may(ctx, HAND_OVER_CASES);
    const goesWithLinks = documents.length > 0 && this.settings.lineFor(ctx, caseType)?.sends?.photos === true && !this.settings.provider(ctx, row.provider_id)?.takesPhotosAsFiles;
    const { state, far_reference: farReference, handed_over_at: handedOverAt, last_message: message, next_try_at: nextTryAt, tries, links_ended_at: linksEndedAt } = row;
    return {
      title: 'Other system', template: 'back-office/case-panel.njk',
      data: { caseId: id, state, system: this.settings.titleOf(ctx, row.provider_id), farReference, handedOverAt, message, needsSomebody: state === 'refused' && row.last_code !== CLOSED_BEFORE, tries, nextTryAt: state === 'waiting' && tries > 0 ? nextTryAt : undefined, linksEndedAt, mayEndLinks: mayHandOver && goesWithLinks, mayTryAgain: mayHandOver && (state === 'refused' || (state === 'waiting' && tries > 0)) },
    };
  }
}
