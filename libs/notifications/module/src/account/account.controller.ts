import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Ctx, ForResidents, page, type PageResult } from '@guildhall/kernel';
import { NotAuthenticated, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { ReadMessages } from '../reading/read-messages';

const A_PAGE = 20;

/** The resident's own log of messages. */
@Controller('account/messages')
export class AccountController {
  constructor(@Inject(ReadMessages) private readonly reading: ReadMessages) {}

  @Get() @ForResidents()
  async list(@Ctx() ctx: RequestContext, @Query('before') before?: string): Promise<PageResult> {
    return page('notifications/account-messages', await this.reading.forPerson(ctx, personOf(ctx), { before, limit: A_PAGE }));
  }

  @Get(':id') @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> {
    return page('notifications/account-message', await this.reading.open(ctx, id));
  }
}

/** @throws NotAuthenticated when it is nobody's account */
export function personOf(ctx: RequestContext): PersonId {
  if (ctx.actor.kind !== 'resident') throw new NotAuthenticated();
  return ctx.actor.personId;
}
