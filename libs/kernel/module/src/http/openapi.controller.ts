import { Controller, Get, Param, Req } from '@nestjs/common';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { openApiOf } from '../assembling/openapi-document';
import { Public } from './access';
import type { GuildhallRequest } from './request';
import { Ctx } from './request';
import { written, type WrittenResult } from './results';

/** What each capability of the council says of its own REST interface, for whoever writes a client of it. */
@Controller('api')
export class OpenApiController {
  /** The OpenAPI 3.1 document of a capability. */
  @Get(':capability/v1/openapi.json')
  @Public()
  read(@Ctx() ctx: RequestContext, @Param('capability') capability: string, @Req() { headers }: GuildhallRequest): WrittenResult {
    const document = openApiOf(ctx, capability);
    if (!document) throw new NotFound('This council has no such capability with a REST interface of its own.');
    const kept = { 'cache-control': 'public, max-age=3600', etag: document.etag };
    return headers['if-none-match']?.includes(document.etag) ? written('', { status: 304, headers: kept }) : written(document.text, { headers: { ...kept, 'content-type': 'application/json; charset=utf-8' } });
  }
}
