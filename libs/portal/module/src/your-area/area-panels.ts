import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AreaPanel, AskedPlace, PortalPanel } from '@guildhall/portal-contract';
import { PortalSettings } from '../portal-options';

/** Those who were elected for the ward of a place. */
@Injectable()
export class CouncillorsOfPlace implements AreaPanel {
  readonly id = 'portal.councillors';
  readonly order = 200;

  constructor(@Inject(PortalSettings) private readonly settings: PortalSettings) {}

  load(ctx: RequestContext, place: AskedPlace): Promise<PortalPanel | undefined> {
    const councillors = this.settings.of(ctx).councillors.filter(({ ward }) => ward === place.ward?.code);
    return Promise.resolve(councillors.length === 0 ? undefined : { titleKey: 'portal.area.councillors', template: 'portal/councillors.njk', data: { councillors } });
  }
}

/** Which body looks after what here. */
@Injectable()
export class ResponsibilitiesHere implements AreaPanel {
  readonly id = 'portal.responsibilities';
  readonly order = 900;

  constructor(@Inject(PortalSettings) private readonly settings: PortalSettings) {}

  load(ctx: RequestContext): Promise<PortalPanel | undefined> {
    const { responsibilities } = this.settings.of(ctx);
    return Promise.resolve(responsibilities.length === 0 ? undefined : { titleKey: 'portal.area.responsibilities', template: 'portal/responsibilities.njk', data: { responsibilities } });
  }
}
