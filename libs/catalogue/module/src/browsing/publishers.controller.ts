import { CATALOGUE, publisherKeysAt, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { keyFingerprint } from '@guildhall/sharing-contract';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { newestState } from '../describing/opened';
import { ReadsPublishers } from '../publishing/reads-publishers';
import { KnownPublishers } from './known-publishers';

/** Who publishes here, and with which keys. */
@Controller('catalogue/publishers')
export class PublishersController {
  constructor(private readonly known: KnownPublishers, private readonly publishers: ReadsPublishers, @Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get() @Public()
  async list(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const [publishers, putOut] = await Promise.all([this.known.list(ctx), this.known.putOut(ctx)]);
    return page('catalogue/publishers', { publishers, putOut });
  }

  @Get(':id') @Public()
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> {
    const out = await this.publishers.putOut(ctx, id);
    if (out) return page('catalogue/publisher-put-out', out, { status: 410 });
    const publisher = newestState(await this.catalogue.publisher(ctx, id));
    const good = new Set(publisherKeysAt(publisher, this.clock.now()).map(({ keyid }) => keyid));
    return page('catalogue/publisher', { publisher: { ...publisher, keys: publisher.keys.map((key) => ({ ...key, fingerprint: keyFingerprint(key.x), isGood: good.has(key.keyid) })) } });
  }
}
