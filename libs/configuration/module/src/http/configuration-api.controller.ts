import { MOST_FILE_BYTES, PUBLISH_CONFIGURATION, SHARE_CONFIGURATION, type ConfigurableThing, type ConfigurationFile } from '@guildhall/configuration-contract';
import { Ctx, Requires, dto, json, type JsonResult } from '@guildhall/kernel';
import { InvalidInput, done, type RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { VersionView } from '../data/version-row';
import { readAndCheck } from '../keeping/checks-fit';
import { comparisonOf, configurableThings, thingOf } from '../keeping/configured-things';
import { ExportsThings } from '../keeping/exports-things';
import { KeepsVersions } from '../keeping/keeps-versions';
import { BroughtFile, ComparedWith, PutBack } from './configuration-bodies';

/** Configuration for programs: errors as RFC 9457, refusals as `{ ok: false, refusal }` with 422. */
@Controller('api/configuration/v1')
export class ConfigurationApiController {
  constructor(@Inject(ExportsThings) private readonly exporting: ExportsThings, @Inject(KeepsVersions) private readonly versions: KeepsVersions) {}

  /** Everything that can be changed here and travels. */
  @Get('things') @Requires(SHARE_CONFIGURATION)
  things(@Ctx() ctx: RequestContext): { readonly things: readonly (ConfigurableThing & { readonly kind: string })[] } {
    return { things: configurableThings(ctx).flatMap(({ kind, things }) => things.map((thing) => ({ kind, ...thing }))) };
  }

  /** What holds now, as a file. */
  @Get('things/:kind/:id/file') @Requires(SHARE_CONFIGURATION)
  export(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string): ConfigurationFile { return this.exporting.export(ctx, kind, id); }

  /** Who changed what when, the newest first. */
  @Get('things/:kind/:id/revisions') @Requires(SHARE_CONFIGURATION)
  async history(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string): Promise<{ readonly revisions: readonly VersionView[] }> {
    thingOf(ctx, kind, id);
    return { revisions: await this.versions.history(ctx, { kind, id }) };
  }

  /** What a file would change here, line by line; nothing is kept. */
  @Post('comparisons') @HttpCode(200) @Requires(SHARE_CONFIGURATION)
  async compare(@Ctx() ctx: RequestContext, @Body(dto(BroughtFile)) { file }: BroughtFile): Promise<JsonResult> {
    const outcome = await readAndCheck(ctx, notTooLong(file));
    return json(outcome.ok ? done(comparisonOf(ctx, outcome.value.found, outcome.value.file.content)) : outcome);
  }

  /** Keeps a file as a draft. */
  @Post('drafts') @Requires(SHARE_CONFIGURATION)
  async bringIn(@Ctx() ctx: RequestContext, @Body(dto(BroughtFile)) { file }: BroughtFile): Promise<JsonResult> {
    const outcome = await readAndCheck(ctx, notTooLong(file));
    return json(outcome.ok ? await this.versions.bringIn(ctx, outcome.value.file) : outcome, 201);
  }

  /** Publishes a draft: it holds from the moment that is told. */
  @Post('things/:kind/:id/revisions/:revision/publication') @HttpCode(200) @Requires(PUBLISH_CONFIGURATION)
  async publish(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Param('revision') revision: string, @Body(dto(ComparedWith)) { base }: ComparedWith): Promise<JsonResult> {
    return json(await this.versions.publish(ctx, { kind, id }, Number(revision), base));
  }

  /** Throws a draft away. */
  @Post('things/:kind/:id/revisions/:revision/discard') @HttpCode(200) @Requires(SHARE_CONFIGURATION)
  async discard(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Param('revision') revision: string): Promise<JsonResult> {
    return json(await this.versions.discard(ctx, { kind, id }, Number(revision)));
  }

  /** Puts back what held before: published at once, or a draft where another person has to publish it. */
  @Post('things/:kind/:id/putting-back') @HttpCode(200) @Requires(PUBLISH_CONFIGURATION)
  async putBack(@Ctx() ctx: RequestContext, @Param('kind') kind: string, @Param('id') id: string, @Body(dto(PutBack)) { to, base }: PutBack): Promise<JsonResult> {
    return json(await this.versions.putBack(ctx, { kind, id }, to, base));
  }
}

function notTooLong(file: object): object {
  if (JSON.stringify(file).length > MOST_FILE_BYTES) throw new InvalidInput('The file is longer than any configuration.', [{ field: 'file', message: `must be at most ${MOST_FILE_BYTES} bytes` }]);
  return file;
}
