import { Ctx, Public, download, type DownloadResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Param } from '@nestjs/common';
import { KeptPictures } from './kept-pictures';

/** A version is published once, and so are its pictures; one that is taken off is not to be seen for long. */
const KEPT_BY_BROWSERS = 'public, max-age=3600';

/** Hands out pictures of packages, as they were encoded here: pictures by their type and by nothing that is in them, and nothing that runs. */
@Controller('catalogue/packages/:scope/:name/:version/pictures')
export class PicturesController {
  constructor(private readonly pictures: KeptPictures) {}

  @Get(':picture') @Public()
  async show(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string, @Param('picture') picture: string): Promise<DownloadResult> {
    return download(await this.pictures.bytes(ctx, `${scope}/${name}`, version, `screenshots/${picture}`), { filename: 'picture.webp', type: 'image/webp', isInline: true, headers: { 'cache-control': KEPT_BY_BROWSERS } });
  }
}
