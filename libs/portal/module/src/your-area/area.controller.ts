import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { Ctx, PageRenderer, Public, form, page } from '@guildhall/kernel';
import type { FormBody, PageResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { oneWord } from '../one-word';
import { LookUpArea } from './look-up-area';

/** "Your area": what belongs to a place. */
@Controller('your-area')
export class AreaController {
  constructor(@Inject(LookUpArea) private readonly lookUp: LookUpArea, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get()
  @Public()
  async ask(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return page('portal/your-area', { found: await this.lookUp.for(ctx, {}), example: await this.lookUp.example(ctx) });
  }

  /** Where somebody lives is sent as a form, and stands in no address. */
  @Post()
  @Public()
  async tell(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult> {
    const typed = oneWord(body.postcode, 40) ?? '';
    const chosen = { uprn: oneWord(body.uprn, 20), building: oneWord(body.building, 60) };
    const found = await this.lookUp.for(ctx, { postcode: typed, ...chosen });
    const say = (key: string): string => this.renderer.messages.t(ctx, `portal.area.errors.${key}`);
    const errors: readonly FieldError[] = found.kind === 'wrong-postcode' ? [{ field: 'postcode', message: say(typed.trim() ? 'wrong' : 'empty') }] : [];
    return page('portal/your-area', { found, errors, typed, sent: { postcode: typed, ...chosen }, example: found.kind === 'found' ? undefined : await this.lookUp.example(ctx) });
  }
}
