import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Ctx, Public } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import type { ServiceView } from '@guildhall/services-contract';
import { OfferServices } from '../offering/offer-services';

/** What the council offers, for other systems. */
@Controller('api/services/v1/services')
export class ServicesApiController {
  constructor(@Inject(OfferServices) private readonly services: OfferServices) {}

  @Get() @Public()
  async list(@Ctx() ctx: RequestContext, @Query('q') q?: string, @Query('sort') sort?: string, @Query('limit') limit?: string): Promise<{ services: readonly ServiceView[] }> {
    const most = limit === undefined ? undefined : Number(limit);
    if (typeof q === 'string') return { services: await this.services.search(ctx, q, most) };
    if (sort === 'most-used') return { services: await this.services.mostUsed(ctx, most) };
    return { services: await this.services.list(ctx) };
  }

  @Get(':slug') @Public()
  async find(@Ctx() ctx: RequestContext, @Param('slug') slug: string): Promise<ServiceView> {
    const found = await this.services.find(ctx, slug);
    if (!found) throw new NotFound(`${ctx.council.slug} does not offer the service ${slug}.`);
    return found;
  }
}
