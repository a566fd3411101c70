import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Ctx, Public, download, page, type DownloadResult, type PageResult } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { DescribesPackage } from './describes-package';

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
    const { facts: { publiccode } } = await this.catalogue.release(ctx, `${scope}/${name}`, version);
    if (publiccode === undefined) throw new NotFound(`${scope}/${name} ${version} has no publiccode.yml.`);
    return download(Buffer.from(publiccode), { filename: 'publiccode.yml', type: 'application/yaml' });
  }

  @Get(':version/components.json') @Public()
  async components(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string): Promise<DownloadResult> {
    return download(Buffer.from(await this.catalogue.components(ctx, `${scope}/${name}`, version)), { filename: `${name}-${version}.cdx.json`, type: 'application/json' });
  }
}
