import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { HAND_OVER_CASES } from '@guildhall/back-office-contract';
import { Ctx, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { EndsLinks } from './ends-links';
import { NotTaken } from './not-taken';
import { TriesAgain } from './tries-again';

/** What officers see and do about cases that the other system did not take. */
@Controller('desk/back-office')
export class BackOfficeDeskController {
  constructor(@Inject(NotTaken) private readonly cases: NotTaken, @Inject(TriesAgain) private readonly trying: TriesAgain, @Inject(EndsLinks) private readonly ending: EndsLinks) {}

  @Get() @Requires(HAND_OVER_CASES)
  async list(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<PageResult> {
    return page('back-office/not-taken', await this.cases.list(ctx, after));
  }

  @Post(':caseId/again') @Requires(HAND_OVER_CASES)
  async again(@Ctx() ctx: RequestContext, @Param('caseId') caseId: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    return redirect(`/desk/cases/${encodeURIComponent(await this.trying.again(ctx, caseId))}`);
  }

  @Post(':caseId/end-links') @Requires(HAND_OVER_CASES)
  async endLinks(@Ctx() ctx: RequestContext, @Param('caseId') caseId: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    return redirect(`/desk/cases/${encodeURIComponent(await this.ending.end(ctx, caseId))}`);
  }
}
