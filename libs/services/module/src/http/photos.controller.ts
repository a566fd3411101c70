import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { Ctx, DownloadResult, Public, type GuildhallRequest } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { FindDrafts } from '../drafts/find-drafts';
import { photosOf } from '../photos/photo-list';
import { InstalledServices } from '../offering/installed-services';

/** The small pictures of a page with photos: for the owner of the draft, and nobody else. */
@Controller('services/:slug/:page/photos')
export class PhotosController {
  constructor(@Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi) {}

  @Get(':documentId') @Public()
  async show(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('page') pageSlug: string, @Param('documentId') documentId: string): Promise<DownloadResult> {
    const questions = this.services.get(ctx, slug).pages.get(pageSlug)?.questions ?? [];
    const draft = await this.drafts.current(ctx, req.session, slug);
    const photo = questions.flatMap((question) => photosOf(question, draft)).find((one) => one.documentId === documentId);
    if (!photo || !draft) throw new NotFound();
    const vouchedFor = { type: 'draft', id: draft.draftId };
    const known = await this.documents.find(ctx, documentId as DocumentId, { vouchedFor });
    const opened = await this.documents.open(ctx, documentId as DocumentId, { vouchedFor, variant: known?.hasThumbnail ? 'thumbnail' : 'whole' });
    return new DownloadResult(opened.stream, { filename: photo.filename, type: opened.document.contentType, isInline: true, headers: opened.headers });
  }
}
