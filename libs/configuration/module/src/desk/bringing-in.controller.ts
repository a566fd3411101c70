import { text } from 'node:stream/consumers';
import { MOST_FILE_BYTES, SHARE_CONFIGURATION } from '@guildhall/configuration-contract';
import { Ctx, PageRenderer, Requires, TakesFiles, form, page, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { readAndCheck } from '../keeping/checks-fit';
import { KeepsVersions } from '../keeping/keeps-versions';

type Brought = { readonly json: unknown } | { readonly mistake: 'missing' | 'too-long' | 'not-json' };

/** The officer's page for another council's file. */
@Controller('desk/configuration/bring-in')
export class BringingInController {
  constructor(@Inject(KeepsVersions) private readonly versions: KeepsVersions, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get() @Requires(SHARE_CONFIGURATION)
  ask(): PageResult { return page('configuration/bring-in'); }

  @Post() @Requires(SHARE_CONFIGURATION) @TakesFiles()
  async bringIn(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Body(form()) _body: FormBody): Promise<PageResult | RedirectResult> {
    const brought = await fileIn(request);
    if ('mistake' in brought) return again(this.renderer.messages.t(ctx, `configuration.desk.bring-in.${brought.mistake}`));
    const read = await readAndCheck(ctx, brought.json);
    if (!read.ok) return again(read.refusal.message);
    const { file } = read.value;
    const kept = await this.versions.bringIn(ctx, file);
    return kept.ok ? redirect(`/desk/configuration/${file.kind}/${encodeURIComponent(file.id)}/revisions/${kept.value.revision}?result=brought-in`) : again(kept.refusal.message);
  }
}

function again(message: string): PageResult {
  return page('configuration/bring-in', { errors: [{ field: 'file', message }] }, { status: 422 });
}

async function fileIn(request: GuildhallRequest): Promise<Brought> {
  const upload = request.uploads?.find(({ field, sizeInBytes }) => field === 'file' && sizeInBytes > 0);
  if (!upload) return { mistake: 'missing' };
  if (upload.isTruncated || upload.sizeInBytes > MOST_FILE_BYTES) return { mistake: 'too-long' };
  try {
    return { json: JSON.parse((await text(upload.read())).replace(/^\uFEFF/, '')) as unknown };
  } catch {
    return { mistake: 'not-json' };
  }
}
