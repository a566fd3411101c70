import { Ctx, PageRenderer, Requires, download, form, page, type DownloadResult, type FormBody, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS } from '@guildhall/sharing-contract';
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { FORMATS, PeopleOfRegister } from './people-of-register';

const BASE = '/desk/sharing/people';
const TYPES = { json: 'application/json', pdf: 'application/pdf' } as const;

/** The officer's pages of somebody's rights. An id stands in no address: addresses are in logs and histories. */
@Controller('desk/sharing/people')
export class PeopleController {
  constructor(private readonly people: PeopleOfRegister, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get() @Requires(MANAGE_AGREEMENTS)
  begin(): PageResult { return page('node-people/people'); }

  @Post() @HttpCode(200) @Requires(MANAGE_AGREEMENTS)
  async show(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult> {
    const id = idIn(body);
    return id === undefined ? this.#again(ctx, body) : page('node-people/person', { id, sections: await this.people.show(ctx, id) }, { gotAt: BASE });
  }

  @Post('copy') @HttpCode(200) @Requires(MANAGE_AGREEMENTS)
  async copy(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | DownloadResult> {
    const [id, format] = [idIn(body), FORMATS.find((one) => one === body['format']) ?? 'pdf'];
    if (id === undefined) return this.#again(ctx, body);
    const { reference, bytes } = await this.people.copy(ctx, id, { format, language: body['language'] === 'cy' ? 'cy' : 'en' });
    return download(bytes, { filename: `${reference}.${format}`, type: TYPES[format] });
  }

  /** Asks first, and erases when it was confirmed. */
  @Post('erase') @HttpCode(200) @Requires(MANAGE_AGREEMENTS)
  async erase(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult> {
    const id = idIn(body);
    if (id === undefined) return this.#again(ctx, body);
    return body['confirmed'] === 'yes' ? page('node-people/erased', { id, ...(await this.people.erase(ctx, id)) }, { gotAt: BASE }) : page('node-people/erase', { id }, { gotAt: BASE });
  }

  #again(ctx: RequestContext, body: FormBody): PageResult { return page('node-people/people', { id: body['id'], errors: [{ field: 'id', message: this.renderer.messages.t(ctx, 'node-people.desk.error-id') }] }, { status: 400, gotAt: BASE }); }
}

function idIn({ id }: FormBody): string | undefined { return typeof id === 'string' && id.trim() !== '' && id.trim().length <= 200 ? id.trim() : undefined; }
