import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { Ctx, Public, page } from '@guildhall/kernel';
import type { DownloadResult, GuildhallRequest, PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { DocumentId } from '@guildhall/documents-contract';
import { DocumentLinks } from '../showing/document-links';
import { OpensDocuments } from '../showing/open-document';
import { sendDocument } from './send-document';

/** Documents for people: their own, those of the cases that an officer works, and what a signed link shows. Everything else is not there. */
@Controller('documents')
export class DocumentsController {
  constructor(@Inject(OpensDocuments) private readonly opening: OpensDocuments, @Inject(DocumentLinks) private readonly links: DocumentLinks) {}

  @Get(':documentId') @Public()
  whole(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('documentId') documentId: string): Promise<DownloadResult | string> {
    return sendDocument(request, (range) => this.opening.open(ctx, documentId as DocumentId, { range }));
  }
  @Get(':documentId/thumbnail') @Public()
  thumbnail(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('documentId') documentId: string): Promise<DownloadResult | string> {
    return sendDocument(request, (range) => this.opening.open(ctx, documentId as DocumentId, { variant: 'thumbnail', range }));
  }
  @Get(':documentId/shown') @Public()
  async shown(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('documentId') documentId: string, @Query() query: Readonly<Record<string, unknown>>): Promise<DownloadResult | PageResult | string> {
    const text = (name: string): string | undefined => (typeof query[name] === 'string' ? query[name] : undefined);
    const linked = await this.links.check(ctx, documentId, { as: text('as'), until: text('until'), series: text('series'), key: text('key') });
    if (linked === 'over') return page('documents/link-over', {}, { status: 404 });
    return sendDocument(request, (range) => this.opening.openByLink(ctx, linked.row, { variant: linked.variant, range }));
  }
}
