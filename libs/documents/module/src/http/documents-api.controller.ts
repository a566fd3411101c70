import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { Ctx, Requires, TakesFiles, dto, form, json } from '@guildhall/kernel';
import type { DownloadResult, FormBody, GuildhallRequest, JsonResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { InvalidInput, NotFound, demand, refused } from '@guildhall/kernel-contract';
import { ADD_DOCUMENTS, READ_DOCUMENTS, REMOVE_DOCUMENTS, VOUCH_FOR_SUBJECTS } from '@guildhall/documents-contract';
import type { DocumentId, DocumentSubject, StoredDocument, Vouched } from '@guildhall/documents-contract';
import { DocumentsService } from '../documents.service';
import { checkedSubject } from '../keeping/subject';
import { AttachBody, LinkBody } from './documents-api.dto';
import { sendDocument } from './send-document';

type Asked = Readonly<Record<string, unknown>>;

/** Documents for other systems. `vouchedFor` needs a permission of its own: it opens what belongs to somebody else. */
@Controller('api/documents/v1')
export class DocumentsApiController {
  constructor(@Inject(DocumentsService) private readonly documents: DocumentsService) {}

  @Post('documents') @Requires(ADD_DOCUMENTS) @TakesFiles()
  async store(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Body(form()) fields: FormBody): Promise<JsonResult> {
    const [file, ...others] = request.uploads ?? [];
    if (!file || others.length > 0) throw new InvalidInput('Send one file, as multipart/form-data.', [{ field: 'file', message: 'must be sent once' }]);
    const kind = fields['kind'];
    if (kind !== 'photo' && kind !== 'file') throw new InvalidInput('kind must be photo or file.', [{ field: 'kind', message: 'must be photo or file' }]);
    if (file.isTruncated) return json(refused('too-large', 'The file is larger than this server takes.'));
    const subject = subjectIn(fields, 'subjectType', 'subjectId');
    const outcome = await this.documents.store(ctx, { documentId: textOf(fields, 'documentId') as DocumentId, kind, bytes: file, filename: textOf(fields, 'filename') || file.filename, ...(subject ? { subject } : {}) });
    return json(outcome, 201);
  }

  @Get('documents') @Requires(READ_DOCUMENTS)
  async forSubject(@Ctx() ctx: RequestContext, @Query() query: Asked): Promise<{ documents: readonly StoredDocument[] }> {
    const subject = subjectIn(query, 'subjectType', 'subjectId');
    if (!subject) throw new InvalidInput('Say whose documents: subjectType and subjectId.', [{ field: 'subjectType', message: 'must be given' }]);
    return { documents: await this.documents.forSubject(ctx, subject, vouched(ctx, query)) };
  }

  @Get('documents/:id') @Requires(READ_DOCUMENTS)
  async find(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query() query: Asked): Promise<StoredDocument> {
    const document = await this.documents.find(ctx, id as DocumentId, vouched(ctx, query));
    if (!document) throw new NotFound('There is no such document here.');
    return document;
  }

  @Get('documents/:id/content') @Requires(READ_DOCUMENTS)
  content(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('id') id: string, @Query() query: Asked): Promise<DownloadResult | string> {
    const variant = textOf(query, 'variant') === 'thumbnail' ? 'thumbnail' : 'whole';
    return sendDocument(request, (range) => this.documents.open(ctx, id as DocumentId, { ...vouched(ctx, query), variant, range }));
  }

  @Put('documents/:id/subject') @Requires(ADD_DOCUMENTS)
  attach(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(dto(AttachBody)) body: AttachBody): Promise<StoredDocument> {
    return this.documents.attach(ctx, id as DocumentId, body.subject, allowed(ctx, body.vouchedFor));
  }

  @Post('documents/:id/links') @Requires(READ_DOCUMENTS)
  async link(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(dto(LinkBody)) body: LinkBody): Promise<{ path: string }> {
    return { path: await this.documents.link(ctx, id as DocumentId, { variant: body.variant, forSeconds: body.forSeconds, ...allowed(ctx, body.vouchedFor) }) };
  }

  @Delete('documents/:id/links') @Requires(REMOVE_DOCUMENTS) @HttpCode(204)
  async endLinks(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query() query: Asked): Promise<void> {
    await this.documents.endLinks(ctx, id as DocumentId, vouched(ctx, query));
  }

  @Delete('documents/:id') @Requires(REMOVE_DOCUMENTS) @HttpCode(204)
  async remove(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query() query: Asked): Promise<void> {
    await this.documents.remove(ctx, id as DocumentId, vouched(ctx, query));
  }
}

function textOf(fields: Asked, name: string): string {
  const value = fields[name];
  if (value !== undefined && typeof value !== 'string') throw new InvalidInput(`${name} is given more than once.`, [{ field: name, message: 'is given more than once' }]);
  return value ?? '';
}
function subjectIn(fields: Asked, type: string, id: string): DocumentSubject | undefined {
  const subject = { type: textOf(fields, type), id: textOf(fields, id) };
  return subject.type === '' && subject.id === '' ? undefined : checkedSubject(subject);
}
function vouched(ctx: RequestContext, query: Asked): Vouched { return allowed(ctx, subjectIn(query, 'vouchedForType', 'vouchedForId')); }
function allowed(ctx: RequestContext, vouchedFor: DocumentSubject | undefined): Vouched {
  if (!vouchedFor) return {};
  demand(ctx, VOUCH_FOR_SUBJECTS);
  return { vouchedFor };
}
