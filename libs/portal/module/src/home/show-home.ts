import { Inject, Injectable } from '@nestjs/common';
import { LOG, extensionsOf, hasModule } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { HOME_ALERTS, HOME_PANEL } from '@guildhall/portal-contract';
import type { HomePanelContent, ServiceAlert } from '@guildhall/portal-contract';
import { SERVICES } from '@guildhall/services-contract';
import type { ServiceView, ServicesApi } from '@guildhall/services-contract';
import { loadPanels } from '../panels/load-panels';
import { PortalSettings } from '../portal-options';

/** What the home page shows. */
export interface Home {
  readonly alerts: readonly ServiceAlert[];
  readonly hasServices: boolean;
  readonly mostUsed: readonly ServiceView[];
  /** Words that find one of the council's services each. */
  readonly examples: string;
  readonly knowsAreas: boolean;
  /** The visitor's own affairs. */
  readonly yourPanels: readonly HomePanelContent[];
  readonly otherPanels: readonly HomePanelContent[];
}

/** Gathers the home page: what is important now, what most people want, and what modules show there. */
@Injectable()
export class ShowHome {
  constructor(@Inject(SERVICES.token) private readonly services: ServicesApi, @Inject(PortalSettings) private readonly settings: PortalSettings, @Inject(LOG) private readonly log: Log) {}

  async for(ctx: RequestContext): Promise<Home> {
    const hasServices = hasModule(ctx, 'services');
    const [alerts, mostUsed, { panels }] = await Promise.all([
      this.alertsOf(ctx),
      hasServices ? this.services.mostUsed(ctx, 6) : [],
      loadPanels(ctx, this.log, extensionsOf(ctx, HOME_PANEL)),
    ]);
    return { alerts, hasServices, mostUsed, examples: examplesFrom(ctx, mostUsed), knowsAreas: hasModule(ctx, 'addresses'), yourPanels: panels.filter(({ isYours }) => isYours), otherPanels: panels.filter(({ isYours }) => !isYours) };
  }

  private async alertsOf(ctx: RequestContext): Promise<readonly ServiceAlert[]> {
    const sources = extensionsOf(ctx, HOME_ALERTS).map((source, order) => ({ id: source.id, order, load: (context: RequestContext) => source.load(context) }));
    const { panels } = await loadPanels(ctx, this.log, sources);
    const alerts = [...this.settings.of(ctx).alerts, ...panels.flat()];
    return [...alerts.filter(({ severity }) => severity === 'warning'), ...alerts.filter(({ severity }) => severity !== 'warning')];
  }
}

/** Up to three words that services are found by: one of each service, then more of the first. */
function examplesFrom({ language }: RequestContext, services: readonly ServiceView[]): string {
  const keywords = services.map((service) => service.keywords[language]);
  const most = Math.max(0, ...keywords.map(({ length }) => length));
  return [...new Set(Array.from({ length: most }, (_, place) => keywords.flatMap((words) => words.slice(place, place + 1))).flat())].slice(0, 3).join(', ');
}
