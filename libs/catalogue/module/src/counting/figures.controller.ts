import { Ctx, Limited, PageRenderer, Public, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { CLOCK, type Clock, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { typedIn } from '../contributing/read-form';
import { CatalogueFigures } from './catalogue-figures';
import { Efforts, HOURS, OUTCOMES, STEPS } from './efforts';
import { adoptersOverTime } from './adopters-over-time';

/** Nobody tells of more than a few submissions in a minute. */
const MOST_TOLD_A_MINUTE = 5;
const CHOICES = { outcomes: OUTCOMES, hours: HOURS, steps: STEPS };

/** Figures about the catalogue itself, and the one short form by which people say what it cost them. */
@Controller('catalogue')
export class FiguresController {
  constructor(private readonly figures: CatalogueFigures, private readonly efforts: Efforts, private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get('figures') @Public()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const [adoptions, conformance, efforts] = await Promise.all([this.figures.adoptions(ctx), this.figures.conformance(ctx), this.efforts.told(ctx)]);
    return page('catalogue/figures', { adopters: adoptersOverTime(adoptions, this.clock.now()).map(({ month, count }) => ({ month: new Date(`${month}-01T12:00:00Z`), count })), conformance, efforts });
  }

  @Get('effort') @Public()
  ask(@Query('told') told?: unknown): PageResult { return page('catalogue/effort', { ...CHOICES, typed: {}, isTold: told === 'yes' }); }

  @Post('effort') @Public() @Limited(MOST_TOLD_A_MINUTE)
  async tell(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const errors: FieldError[] = [];
    const oneOf = <Choice extends string>(field: string, choices: readonly Choice[]): Choice => {
      const found = choices.find((choice) => choice === typedIn(body, field)[0]);
      if (found === undefined) errors.push({ field, message: this.renderer.messages.t(ctx, `catalogue.effort.missing.${field}`) });
      return found ?? (choices[0] as Choice);
    };
    const effort = { outcome: oneOf('outcome', OUTCOMES), hours: oneOf('hours', HOURS), hardest: oneOf('hardest', STEPS) };
    if (errors.length) return page('catalogue/effort', { ...CHOICES, typed: Object.fromEntries(['outcome', 'hours', 'hardest'].map((field) => [field, typedIn(body, field)[0]])), errors }, { status: 422 });
    await this.efforts.add(ctx, effort);
    return redirect('/catalogue/effort?told=yes');
  }
}
