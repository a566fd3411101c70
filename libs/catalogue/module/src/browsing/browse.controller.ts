import { CATALOGUE, MATURITIES, PACKAGE_KINDS, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { browseHref, browseQuery, narrowedBy } from './browse-query';
import { KnownPublishers } from './known-publishers';

/** The list of what there is: searched and narrowed by an address alone. */
@Controller('catalogue')
export class BrowseController {
  constructor(@Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, private readonly publishers: KnownPublishers) {}

  @Get() @Public()
  async list(@Ctx() ctx: RequestContext, @Query() asked: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const query = browseQuery(asked);
    const [found, publishers] = await Promise.all([this.catalogue.search(ctx, query), this.publishers.list(ctx)]);
    const nameOf = (id: string): string => publishers.find((one) => one.id === id)?.name[ctx.language] ?? id;
    return page('catalogue/browse', {
      found: { ...found, items: found.items.map((item) => ({ ...item, publisher: nameOf(item.publisher) })) }, query, publishers, kinds: PACKAGE_KINDS, maturities: MATURITIES, narrowed: narrowedBy(query).map((one) => ({ ...one, ...(one.key === 'publisher' && { value: nameOf(one.value) }) })), isFirst: query.after === undefined,
      ...(found.next !== null && { nextHref: browseHref({ ...query, after: found.next }) }), ...(query.after !== undefined && { firstHref: browseHref({ ...query, after: undefined }) }),
    });
  }
}
