import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Ctx, ForResidents, PageRenderer, download, page, redirect, type DownloadResult, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotAuthenticated, NotFound, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { FORMATS, type CopyFormat } from '../copies/copy-parts';
import { GivesCopy } from '../copies/gives-copy';
import { AsksForRights } from '../requests/asks-for-rights';
import { ReadsRequests } from '../requests/reads-requests';
import type { RequestKind, RightsRequest } from '../requests/request';
import { itemInWords, textsFor } from './request-in-words';

const HERE = '/account/data';
const TYPES: Readonly<Record<CopyFormat, string>> = { json: 'application/json', pdf: 'application/pdf' };

/** A resident's rights over what is held about them. */
@Controller('account/data')
export class DataController {
  constructor(private readonly asking: AsksForRights, private readonly reading: ReadsRequests, private readonly copies: GivesCopy, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get() @ForResidents()
  async list(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return page('information-rights/data', { requests: await this.reading.ofPerson(ctx, residentOf(ctx)) });
  }

  @Get('ask/:kind') @ForResidents()
  confirm(@Param('kind') kind: string): PageResult {
    return page('information-rights/ask', { kind: kindIn(kind) });
  }

  @Post('ask/:kind') @ForResidents()
  async ask(@Ctx() ctx: RequestContext, @Param('kind') kind: string): Promise<RedirectResult> {
    return redirect(`${HERE}/${(await this.asking.ask(ctx, residentOf(ctx), kindIn(kind))).requestId}`);
  }

  @Get(':request') @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Param('request') requestId: string): Promise<PageResult> {
    const request = await this.reading.own(ctx, residentOf(ctx), requestId);
    const isDecided = request.state === 'erasing' || request.state === 'erased';
    const t = textsFor(this.renderer, ctx, ctx.language);
    const items = isDecided ? await this.reading.items(ctx, requestId) : [];
    return page('information-rights/request', { request, items: items.map((item) => ({ title: item.title, since: item.since, words: itemInWords(t, ctx.language, item) })) });
  }

  @Get(':request/copy/:format') @ForResidents()
  async download(@Ctx() ctx: RequestContext, @Param('request') requestId: string, @Param('format') format: string): Promise<DownloadResult> {
    const { request, bytes } = await this.copies.downloadOwn(ctx, residentOf(ctx), requestId, formatIn(format));
    return copyFile(request, bytes, formatIn(format));
  }
}

/** @throws NotFound */
export function formatIn(format: string): CopyFormat {
  const found = FORMATS.find((one) => one === format);
  if (!found) throw new NotFound('There is no copy in this format.');
  return found;
}

/** @throws NotFound */
export function kindIn(kind: string): RequestKind {
  if (kind !== 'access' && kind !== 'erasure') throw new NotFound('There is nothing of the kind to ask for.');
  return kind;
}

/** A copy as a file that says whose request it answers: `RB-7K3F-92QD.pdf`. */
export function copyFile({ reference }: RightsRequest, bytes: DownloadResult['body'], format: CopyFormat): DownloadResult {
  return download(bytes, { filename: `${reference}.${format}`, type: TYPES[format], headers: { 'cache-control': 'no-store' } });
}

/** @throws NotAuthenticated */
function residentOf(ctx: RequestContext): PersonId {
  if (ctx.actor.kind !== 'resident') throw new NotAuthenticated();
  return ctx.actor.personId;
}
