import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { Ctx, Public, type GuildhallRequest } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { CONTENT_TYPES } from '@guildhall/open311-contract';
import { definitionOf, serviceOf } from '../offering/describe-service';
import { OfferedServices } from '../offering/offered-services';
import { Open311Settings } from '../settings';
import { field, namedBy, queryOf } from './fields';
import { giveDocument } from './give-document';

/** When the addresses or formats of this server last changed. */
const CHANGESET = '2026-11-28T00:00:00+00:00';
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';

/** What can be reported and how, for everybody. */
@Controller('open311/v2')
export class Open311ServicesController {
  constructor(@Inject(OfferedServices) private readonly services: OfferedServices, @Inject(Open311Settings) private readonly settings: Open311Settings) {}

  @Get(['discovery.xml', 'discovery.json']) @Public()
  discovery(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest): string {
    this.settings.refuseOtherJurisdiction(ctx, field(queryOf(req), 'jurisdiction_id'));
    const { council } = ctx;
    const { telephone, email } = council.contact;
    const ask = ctx.language === 'cy' ? `Ysgrifennwch at ${email} i gael allwedd.` : `Write to ${email} for a key.`;
    const formats = Object.values(CONTENT_TYPES).map((type) => type.split(';')[0] ?? type);
    return giveDocument(req, 'discovery', {
      changeset: CHANGESET, contact: `${council.name[ctx.language]}, ${email}, ${telephone}`, key_service: ask,
      endpoints: [{ specification: SPECIFICATION, url: `${council.origin}/open311/v2`, changeset: CHANGESET, type: this.settings.options(ctx).isTest ? 'test' : 'production', formats }],
    });
  }

  @Get(['services.xml', 'services.json']) @Public()
  list(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest): string {
    this.settings.refuseOtherJurisdiction(ctx, field(queryOf(req), 'jurisdiction_id'));
    return giveDocument(req, 'services', [...this.services.all(ctx).values()].map((service) => serviceOf(service, ctx.language)));
  }

  @Get('services/:file') @Public()
  definition(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('file') file: string): string {
    const code = namedBy(file);
    this.settings.refuseOtherJurisdiction(ctx, field(queryOf(req), 'jurisdiction_id'));
    return giveDocument(req, 'definition', definitionOf(this.services.get(ctx, code), ctx.language));
  }
}
