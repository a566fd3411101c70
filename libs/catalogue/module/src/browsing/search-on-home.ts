import type { RequestContext } from '@guildhall/kernel-contract';
import { CATALOGUE, PACKAGE_KINDS, type CatalogueApi } from '@guildhall/catalogue-contract';
import type { HomePanel, HomePanelContent } from '@guildhall/portal-contract';
import { Inject, Injectable } from '@nestjs/common';

/** The catalogue begins on the home page: what somebody needs, or what kinds of things there are. */
@Injectable()
export class SearchOnHome implements HomePanel {
  readonly id = 'catalogue.search';
  readonly order = 100;
  constructor(@Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi) {}

  async load(ctx: RequestContext): Promise<HomePanelContent> {
    const { items, total } = await this.catalogue.search(ctx, { limit: 5 });
    return { titleKey: 'catalogue.home.title', template: 'catalogue/home-panel.njk', isYours: true, data: { items, total, kinds: PACKAGE_KINDS } };
  }
}
