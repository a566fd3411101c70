import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { newestState } from '../describing/opened';
import { KnownPublishers } from './known-publishers';

/** Who publishes here, and with which keys. */
@Controller('catalogue/publishers')
export class PublishersController {
  constructor(private readonly known: KnownPublishers, @Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi) {}

  @Get() @Public()
  async list(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('catalogue/publishers', { publishers: await this.known.list(ctx) }); }

  @Get(':id') @Public()
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return page('catalogue/publisher', { publisher: newestState(await this.catalogue.publisher(ctx, id)) }); }
}
