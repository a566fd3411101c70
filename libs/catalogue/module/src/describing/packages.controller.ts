import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Ctx, Public, download, page, type DownloadResult, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { DescribesPackage } from './describes-package';
import { newestState, releaseIn } from './opened';
import { publiccodeOf } from './publiccode-of';

/** The pages of a package. */
@Controller('catalogue/packages/:scope/:name')
export class PackagesController {
  constructor(private readonly packages: DescribesPackage, @Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi) {}

  @Get() @Public()
  async latest(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string): Promise<PageResult> { return page('catalogue/package', await this.packages.of(ctx, `${scope}/${name}`)); }

  @Get(':version') @Public()
  async version(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string): Promise<PageResult> { return page('catalogue/package', await this.packages.of(ctx, `${scope}/${name}`, version)); }

  @Get(':version/publiccode.yml') @Public()
  async publiccode(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string): Promise<DownloadResult> {
    const { facts, release, publisher } = await this.catalogue.release(ctx, `${scope}/${name}`, version);
    return download(Buffer.from(facts.publiccode ?? publiccodeOf(facts, releaseIn(release), newestState(publisher))), { filename: 'publiccode.yml', type: 'application/yaml' });
  }

  @Get(':version/components.json') @Public()
  async components(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string): Promise<DownloadResult> {
    return download(Buffer.from(await this.catalogue.components(ctx, `${scope}/${name}`, version)), { filename: `${name}-${version}.cdx.json`, type: 'application/json' });
  }
}
