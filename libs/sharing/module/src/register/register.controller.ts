import { Controller, Get, Query } from '@nestjs/common';
import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ReadsRegister } from './reads-register';

/** The agreements by which this body shares, for anybody. */
@Controller('sharing/register')
export class RegisterController {
  constructor(private readonly reading: ReadsRegister) {}

  @Get() @Public()
  async register(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<PageResult> { return page('sharing/register', await this.reading.page(ctx, after)); }
}
