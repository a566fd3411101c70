import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { AskingFigure } from '../evidence/evidence-store';
import { lastMonths, toldCount, type ToldCount } from './figures';

/** How answers came in a month: told by somebody else, typed, typed because whoever knew could not be reached; and asked for although they were known. */
export interface MonthOfAsking { readonly month: string; readonly told: ToldCount; readonly typed: ToldCount; readonly unreachable: ToldCount; readonly askedTwice: number }
/** The same of what was asked, for one purpose. */
export interface AskedOf { readonly attribute: string; readonly purpose: string; readonly told: ToldCount; readonly typed: ToldCount; readonly unreachable: ToldCount }
/** How often people were asked in the last twelve months, and how often they need not have been. */
export interface FiguresOfAsking { readonly months: readonly MonthOfAsking[]; readonly attributes: readonly AskedOf[]; /** Nought, or something is wrong with this app. It tells of the app and of nobody, so that it is shown as it is. */ readonly askedTwice: number }

interface FigureRow { readonly month: string; readonly attribute: string; readonly purpose: string; readonly figure: AskingFigure; readonly count: string }
const MOST_ROWS = 20_000;

/** How often people are asked what is known. Each answer counts once for each purpose that it is for. */
@Injectable()
export class AskingFigures {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async of(ctx: RequestContext): Promise<FiguresOfAsking> {
    const months = lastMonths(this.clock.now());
    const rows = await this.db.query<FigureRow>(ctx, `
      select to_char(month, 'YYYY-MM') as month, attribute, purpose, figure, count::text as count from sharing.asking_figure
      where council_id = $1 and month >= $2::date order by month, attribute, purpose, figure limit ${MOST_ROWS}`, [ctx.council.id, `${months[0] ?? ''}-01`]);
    const sum = (some: readonly FigureRow[], figure: AskingFigure): number => some.filter((row) => row.figure === figure).reduce((all, { count }) => all + Number(count), 0);
    const counts = (some: readonly FigureRow[]): Pick<MonthOfAsking, 'told' | 'typed' | 'unreachable'> => ({ told: toldCount(sum(some, 'told')), typed: toldCount(sum(some, 'typed')), unreachable: toldCount(sum(some, 'asked-because-unreachable')) });
    const asked = [...new Map(rows.map(({ attribute, purpose }) => [JSON.stringify([attribute, purpose]), { attribute, purpose }])).values()];
    return {
      months: months.map((month) => { const ofMonth = rows.filter((row) => row.month === month); return { month, ...counts(ofMonth), askedTwice: sum(ofMonth, 'asked-twice') }; }),
      attributes: asked.map((one) => ({ ...one, ...counts(rows.filter(({ attribute, purpose }) => attribute === one.attribute && purpose === one.purpose)) })),
      askedTwice: sum(rows, 'asked-twice'),
    };
  }
}
