import { Inject, Injectable } from '@nestjs/common';
import { PageRenderer } from '@guildhall/kernel';
import type { CasePanel, CasePanelContent, CaseView } from '@guildhall/cases-contract';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_MESSAGE_PREFERENCES, READ_MESSAGES } from '@guildhall/notifications-contract';
import { Preferences } from './preferences';

/** How the person whose case it is hears from the council, beside its facts. Whoever is no person to us has nothing to choose. */
@Injectable()
export class ChoicesOnCase implements CasePanel {
  readonly id = 'notifications.choices';
  readonly order = 300;
  constructor(@Inject(Preferences) private readonly preferences: Preferences, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  async load(ctx: RequestContext, { personId, reference }: CaseView): Promise<CasePanelContent | undefined> {
    if (!personId || !may(ctx, READ_MESSAGES)) return undefined;
    return {
      title: this.renderer.messages.t(ctx, 'notifications.desk.choices.panel'), template: 'notifications/case-panel.njk',
      data: { preferences: await this.preferences.of(ctx, personId), ...(may(ctx, CHANGE_MESSAGE_PREFERENCES) && { changeHref: `/desk/messages/people/${personId}?from=/desk/cases/${reference}` }) },
    };
  }
}
