import { Inject, Injectable } from '@nestjs/common';
import { PageRenderer } from '@guildhall/kernel';
import type { CasePanel, CasePanelContent, CaseView } from '@guildhall/cases-contract';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING, LOOK_AT_OTHERS } from '@guildhall/sharing-contract';
import { fromCase } from './way-back';
import { lookingAt, onDesk } from './whose-information';

/** The way from a case to the information of whose it is, and to what other bodies hold. */
@Injectable()
export class InformationOnCase implements CasePanel {
  readonly id = 'sharing.information';
  readonly order = 500;
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  load(ctx: RequestContext, { personId, reference }: CaseView): Promise<CasePanelContent | undefined> {
    const [mayAct, mayLook] = [may(ctx, ACT_ON_SHARING), may(ctx, LOOK_AT_OTHERS)];
    if (!personId || !(mayAct || mayLook)) return Promise.resolve(undefined);
    return Promise.resolve({ title: this.renderer.messages.t(ctx, 'sharing.desk.information.panel'), template: 'sharing/information/case-panel.njk', data: { ...(mayAct && { href: fromCase(onDesk(personId, undefined).base, reference) }), ...(mayLook && { lookHref: fromCase(lookingAt(personId), reference) }) } });
  }
}
