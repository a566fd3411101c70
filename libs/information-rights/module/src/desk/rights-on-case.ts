import { Inject, Injectable } from '@nestjs/common';
import { PageRenderer } from '@guildhall/kernel';
import type { CasePanel, CasePanelContent, CaseView } from '@guildhall/cases-contract';
import { ASK_FOR_RESIDENTS } from '@guildhall/information-rights-contract';
import { may, type RequestContext } from '@guildhall/kernel-contract';

/** The way from a case to the rights of whose it is. */
@Injectable()
export class RightsOnCase implements CasePanel {
  readonly id = 'information-rights.rights';
  readonly order = 510;
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  load(ctx: RequestContext, { personId, reference }: CaseView): Promise<CasePanelContent | undefined> {
    if (!personId || !may(ctx, ASK_FOR_RESIDENTS)) return Promise.resolve(undefined);
    return Promise.resolve({ title: this.renderer.messages.t(ctx, 'information-rights.desk.panel'), template: 'information-rights/case-panel.njk', data: { href: `/desk/rights/people/${personId}?from=/desk/cases/${reference}` } });
  }
}
