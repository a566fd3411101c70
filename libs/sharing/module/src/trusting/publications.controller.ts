import { Controller, Get, Param } from '@nestjs/common';
import { Ctx, Requires, download, page, type DownloadResult, type PageResult } from '@guildhall/kernel';
import { NotFound, may, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS, READ_AGREEMENTS } from '@guildhall/sharing-contract';
import { OwnNode } from '../node/own-node';
import { FollowsPublications } from './publications';

/** The officer's page of what regional bodies publish: rules to keep to, words to agree in, and agreements to begin from. None is required. */
@Controller('desk/sharing/publications')
export class PublicationsController {
  constructor(private readonly publications: FollowsPublications, private readonly node: OwnNode) {}

  @Get() @Requires(READ_AGREEMENTS)
  async list(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const [followed, models] = [await this.publications.followed(ctx), await this.publications.models(ctx)];
    const { attributes, purposes } = this.node.options(ctx).vocabulary;
    const kept = new Set(this.node.guidelines(ctx).map(({ by, id, version }) => `${by} ${id} ${version}`));
    const shown = followed.map((one) => ({
      ...one, guidelines: one.published?.guidelines.map((guideline) => ({ ...guideline, isKept: kept.has(`${guideline.by} ${guideline.id} ${guideline.version}`) })) ?? [],
      words: [...(one.published?.attributes ?? []).filter(({ id }) => !attributes.some((known) => known.id === id)).map(({ id, title }) => ({ id, title })), ...(one.published?.purposes ?? []).filter(({ id }) => !purposes.some((known) => known.id === id)).map(({ id, to }) => ({ id, title: to }))],
      models: models.filter(({ list }) => list.id === one.followed.id),
    }));
    return page('sharing/publications', { followed: shown, mayManage: may(ctx, MANAGE_AGREEMENTS) });
  }

  /** The document itself, for a configuration to take words and guidelines from as they are. */
  @Get(':list/file') @Requires(READ_AGREEMENTS)
  async file(@Ctx() ctx: RequestContext, @Param('list') id: string): Promise<DownloadResult> {
    const published = (await this.publications.followed(ctx)).find(({ followed }) => followed.id === id)?.published;
    if (!published) throw new NotFound('Nothing that is good is published beside such a list.');
    return download(Buffer.from(JSON.stringify(published, undefined, 2)), { filename: `${published.id}-publications-${published.serial}.json`, type: 'application/json' });
  }
}
