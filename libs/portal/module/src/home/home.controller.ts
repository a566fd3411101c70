import { Controller, Get, Inject } from '@nestjs/common';
import { Ctx, Public, page } from '@guildhall/kernel';
import type { PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ShowHome } from './show-home';

/** The council's home page. */
@Controller()
export class HomeController {
  constructor(@Inject(ShowHome) private readonly home: ShowHome) {}

  @Get()
  @Public()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return page('portal/home', await this.home.for(ctx));
  }
}
