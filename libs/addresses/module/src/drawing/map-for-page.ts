import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { isInView, mapAround, mapImagePath, writeMapView } from '@guildhall/addresses-contract';
import type { MapPicture, MapView, Point } from '@guildhall/addresses-contract';
import { AddressesSettings } from '../addresses-settings';
import { DescribeMap } from './describe-map';
import { tiledView } from './tiles';

/** Makes what a page needs to show a map. */
@Injectable()
export class MapForPage {
  constructor(@Inject(AddressesSettings) private readonly settings: AddressesSettings, @Inject(DescribeMap) private readonly words: DescribeMap) {}

  async picture(ctx: RequestContext, wanted: MapView, options: { readonly at?: Point } = {}): Promise<MapPicture> {
    const { tileServer } = this.settings.of(ctx);
    const asked = mapAround(wanted.centre, wanted.zoom);
    const tiled = tileServer && tiledView(asked, tileServer, options.at);
    const view = tiled?.view ?? asked;
    const at = options.at && isInView(view, options.at) ? options.at : undefined;
    return {
      view,
      viewText: writeMapView(view),
      image: mapImagePath(view, { language: ctx.language, at, isOverlay: tiled !== undefined }),
      description: await this.words.describe(ctx, view, at),
      ...(tiled && tileServer ? { tiles: tiled.tiles, attribution: tileServer.attribution } : {}),
      ...(options.at ? { at: options.at } : {}),
    };
  }
}
