import { Controller, Get, Inject } from '@nestjs/common';
import { Ctx, ForResidents, page } from '@guildhall/kernel';
import type { PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ShowAccount } from './show-account';

/** A resident's account: what waits for them first, then what each module has of theirs. */
@Controller('account')
export class AccountController {
  constructor(@Inject(ShowAccount) private readonly account: ShowAccount) {}

  @Get()
  @ForResidents()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return page('portal/account', await this.account.for(ctx));
  }
}
