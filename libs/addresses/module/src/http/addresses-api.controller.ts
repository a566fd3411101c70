import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Ctx, Requires, json } from '@guildhall/kernel';
import type { JsonResult } from '@guildhall/kernel';
import { NotFound } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { LOOK_UP_ADDRESSES, parseMapView } from '@guildhall/addresses-contract';
import type { Address, Area, Extent, MapPicture, NearbyAddress, Place, Spot, Street, StreetMap, Uprn, Zone } from '@guildhall/addresses-contract';
import { AddressesService } from '../addresses.service';
import { boundsIn, numberOf, pointIn, textOf, writtenPoint, wrong } from './read-query';
import type { Query as Asked } from './read-query';

/** Addresses for other systems. Every question takes `lang=en|cy`. */
@Controller('api/addresses/v1')
export class AddressesApiController {
  constructor(@Inject(AddressesService) private readonly addresses: AddressesService) {}

  @Get('addresses') @Requires(LOOK_UP_ADDRESSES)
  async search(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<JsonResult> {
    const postcode = textOf(query, 'postcode');
    const text = textOf(query, 'text');
    const limit = numberOf(query, 'limit');
    if ((postcode === undefined) === (text === undefined)) throw wrong('postcode', 'or text must be given, and not both');
    return json(await this.addresses.search(ctx, postcode === undefined ? { text: text ?? '', limit } : { postcode, building: textOf(query, 'building'), limit }));
  }

  @Get('addresses/:uprn') @Requires(LOOK_UP_ADDRESSES)
  async byUprn(@Ctx() ctx: RequestContext, @Param('uprn') uprn: string): Promise<Address> {
    const address = await this.addresses.byUprn(ctx, uprn as Uprn);
    if (!address) throw new NotFound('No address has this UPRN.');
    return address;
  }

  @Get('nearest') @Requires(LOOK_UP_ADDRESSES)
  async nearest(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<{ nearby: readonly NearbyAddress[] }> {
    const point = pointIn(query);
    if (!point) throw wrong('latitude', 'and longitude must be given');
    return { nearby: await this.addresses.nearest(ctx, point, { limit: numberOf(query, 'limit'), withinInMetres: numberOf(query, 'withinInMetres') }) };
  }

  @Get('streets') @Requires(LOOK_UP_ADDRESSES)
  async streets(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<{ streets: readonly Street[] }> {
    return { streets: await this.addresses.searchStreets(ctx, textOf(query, 'text') ?? '', { limit: numberOf(query, 'limit') }) };
  }

  @Get('areas') @Requires(LOOK_UP_ADDRESSES)
  async areaOf(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<{ area: Area | null }> {
    return { area: (await this.addresses.areaOf(ctx, placeIn(query))) ?? null };
  }

  @Get('zones') @Requires(LOOK_UP_ADDRESSES)
  async zonesOf(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<{ zones: readonly Zone[] }> {
    const spot = spotIn(query);
    if (!spot) throw wrong('uprn', 'or latitude and longitude must be given');
    return { zones: await this.addresses.zonesOf(ctx, spot) };
  }

  @Get('map') @Requires(LOOK_UP_ADDRESSES)
  streetsWithin(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<StreetMap> {
    return this.addresses.streetsWithin(ctx, boundsIn(query));
  }

  @Get('extent') @Requires(LOOK_UP_ADDRESSES)
  extent(@Ctx() ctx: RequestContext): Promise<Extent> {
    return this.addresses.extent(ctx);
  }

  @Get('picture') @Requires(LOOK_UP_ADDRESSES)
  picture(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<MapPicture> {
    const view = parseMapView(textOf(query, 'view') ?? '');
    if (!view) throw wrong('view', 'must be a zoom of 13 to 18 and a place, like 16/53.1,1.95');
    return this.addresses.picture(ctx, view, { at: writtenPoint(query, 'at') });
  }
}

function spotIn(query: Asked): Spot | undefined {
  const point = pointIn(query);
  if (point) return { point };
  const uprn = textOf(query, 'uprn');
  return uprn === undefined ? undefined : { uprn: uprn as Uprn };
}

function placeIn(query: Asked): Place {
  const spot = spotIn(query);
  if (spot) return spot;
  const postcode = textOf(query, 'postcode');
  if (postcode !== undefined) return { postcode };
  throw wrong('uprn', 'or postcode, or latitude and longitude, must be given');
}
