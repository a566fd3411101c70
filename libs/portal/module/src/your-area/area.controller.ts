import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Public, page } from '@guildhall/kernel';
import type { PageResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { oneWord } from '../one-word';
import { LookUpArea } from './look-up-area';

/** "Your area": what belongs to a place. */
@Controller('your-area')
export class AreaController {
  constructor(@Inject(LookUpArea) private readonly lookUp: LookUpArea, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get()
  @Public()
  async show(@Ctx() ctx: RequestContext, @Query('postcode') postcode?: unknown, @Query('uprn') uprn?: unknown, @Query('building') building?: unknown): Promise<PageResult> {
    const typed = typeof postcode === 'string' ? postcode.slice(0, 40) : undefined;
    const found = await this.lookUp.for(ctx, { postcode: typed, uprn: typeof uprn === 'string' ? uprn : undefined, building: oneWord(building, 60) });
    const say = (key: string): string => this.renderer.messages.t(ctx, `portal.area.errors.${key}`);
    const errors: readonly FieldError[] = found.kind === 'wrong-postcode' ? [{ field: 'postcode', message: say(typed?.trim() ? 'wrong' : 'empty') }] : [];
    return page('portal/your-area', { found, errors, typed });
  }
}
