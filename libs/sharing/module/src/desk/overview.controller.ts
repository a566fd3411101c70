import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { READ_AGREEMENTS, partiesOf } from '@guildhall/sharing-contract';
import { CountsShared } from '../counting/count-shared';
import { Figures } from '../counting/figures';
import { Agreements } from '../knowing/agreements';
import { OwnNode } from '../node/own-node';
import { stateOn } from './agreement-state';
import { ReadsAgreements } from './reads-agreements';
import { resultOf } from './results';
import { reviewsByMonth } from './reviews-by-month';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const nameOf = (month: string): string => MONTH.format(new Date(`${month}-01T00:00:00Z`));

/** The officer's page of all agreements together: when each is to be reviewed, and how much is shared by them. */
@Controller('desk/sharing')
export class OverviewController {
  constructor(private readonly agreements: Agreements, private readonly reading: ReadsAgreements, private readonly figures: Figures, private readonly counting: CountsShared, private readonly node: OwnNode) {}

  @Get('overview') @Requires(READ_AGREEMENTS)
  async overview(@Ctx() ctx: RequestContext, @Query('result') result?: string): Promise<PageResult> {
    const today = this.reading.today();
    const all = await this.agreements.newest(ctx);
    const ids = all.map(({ document: { id } }) => id);
    const together = await this.figures.together(ctx, ids);
    const own = this.node.id(ctx);
    const going = all.map((kept) => ({ ...kept, state: stateOn(today, kept.document, kept.endedOn) })).filter(({ state }) => state !== 'ended').sort((a, b) => a.document.review.localeCompare(b.document.review) || a.document.id.localeCompare(b.document.id));
    return page('sharing/overview', {
      result: resultOf(result),
      reviews: going.map(({ document, state, vocabulary: { bodies } }) => ({ document, state, withWhom: partiesOf(document).filter((id) => id !== own).map((id) => bodies[id] ?? { en: id, cy: id }) })),
      byMonth: reviewsByMonth(today, going.map(({ document: { review } }) => review)).map(({ month, count }) => ({ isOverdue: month === 'overdue', name: month === 'overdue' ? '' : nameOf(month), count })),
      figures: { ...together, months: together.months.map((one) => ({ ...one, name: nameOf(one.month) })) },
      byAgreement: all.map(({ document }) => ({ document, ...(together.agreements.get(document.id) ?? { told: 0, refused: 0, saidNo: 0 }) })).sort((a, b) => b.told - a.told || a.document.id.localeCompare(b.document.id)),
    });
  }

  /** Whoever looks need not wait for the hour. */
  @Post('overview/count') @Requires(READ_AGREEMENTS)
  async count(@Ctx() ctx: RequestContext, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    await this.counting.run(ctx);
    return redirect('/desk/sharing/overview?result=counted');
  }

  @Post('agreements/:id/count') @Requires(READ_AGREEMENTS)
  async countFor(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const { document } = await this.reading.find(ctx, id);
    await this.counting.run(ctx);
    return redirect(`/desk/sharing/agreements/${document.id}?result=counted`);
  }
}
