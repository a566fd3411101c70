import { Inject, Injectable } from '@nestjs/common';
import { PageRenderer } from '@guildhall/kernel';
import type { CasePanel, CasePanelContent, CaseView } from '@guildhall/cases-contract';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING, onDesk } from './whose-information';

/** The way from a case to the information of whose it is. */
@Injectable()
export class InformationOnCase implements CasePanel {
  readonly id = 'sharing.information';
  readonly order = 500;
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  load(ctx: RequestContext, { personId }: CaseView): Promise<CasePanelContent | undefined> {
    if (!personId || !may(ctx, ACT_ON_SHARING)) return Promise.resolve(undefined);
    return Promise.resolve({ title: this.renderer.messages.t(ctx, 'sharing.desk.information.panel'), template: 'sharing/information/case-panel.njk', data: { href: onDesk(personId, undefined).base } });
  }
}
