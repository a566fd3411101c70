import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { Ctx, Public, download } from '@guildhall/kernel';
import type { DownloadResult, GuildhallRequest } from '@guildhall/kernel';
import { NotFound } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { mapAround, parsePoint, parseZoom } from '@guildhall/addresses-contract';
import { MapPictures } from '../drawing/map-pictures';
import { textOf, writtenPoint } from './read-query';
import type { Query as Asked } from './read-query';

/** Streets change seldom: a browser keeps a map for a day, and asks then whether it is still the same. */
const CACHE_CONTROL = 'public, max-age=86400';

/** Maps as pictures. They show what anybody sees in the street. */
@Controller('map')
export class MapController {
  constructor(@Inject(MapPictures) private readonly pictures: MapPictures) {}

  @Get(':language/:zoom/:centre') @Public()
  async picture(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('language') language: string, @Param('zoom') zoomText: string, @Param('centre') centreText: string, @Query() query: Asked): Promise<DownloadResult | string> {
    const spoken = ctx.council.languages.find((each) => each === language);
    const zoom = parseZoom(zoomText);
    const centre = centreText.endsWith('.svg') ? parsePoint(centreText.slice(0, -4)) : undefined;
    if (!spoken || !zoom || !centre) throw new NotFound('There is no such map.');
    const { svg, compressed, etag } = await this.pictures.draw({ ...ctx, language: spoken }, mapAround(centre, zoom), { at: writtenPoint(query, 'at'), isOverlay: textOf(query, 'overlay') === '1' });
    const { reply } = request.guildhall;
    if (request.headers['if-none-match'] === etag) {
      void reply.status(304).headers({ etag, 'cache-control': CACHE_CONTROL });
      return '';
    }
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return download(takesGzip ? compressed : svg, {
      filename: 'map.svg', type: 'image/svg+xml; charset=utf-8', isInline: true,
      headers: { etag, 'cache-control': CACHE_CONTROL, vary: 'accept-encoding', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox", ...(takesGzip ? { 'content-encoding': 'gzip' } : {}) },
    });
  }
}
