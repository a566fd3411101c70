import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { ANSWER_DISPUTES } from '@guildhall/sharing-contract';
import { fieldOf } from '../desk/form-fields';
import { wordsFor } from '../desk/words-for';
import { AnswersDispute } from './answers-dispute';
import { readAnswer, readAsk, readExtension, typedIn, type Typed } from './dispute-forms';
import { DisputeReads } from './dispute-reads';
import { DisputeStories } from './dispute-story';
import { HoldsDisputeClock, type DisputeClockRefusal } from './holds-dispute-clock';
import { OpenDisputes } from './open-disputes';

const HOME = '/desk/disputes';
/** What was done; and why something was not. */
const RESULTS = ['asked', 'paused', 'resumed', 'extended', 'closed', 'passed-on', 'changed-meanwhile', 'is-paused', 'not-paused', 'is-extended', 'too-late'] as const;

/** The officer's pages of what residents say is wrong: which wait for an answer, what is held, the answer, and the time for it. */
@Controller('desk/disputes')
export class DisputesOnDeskController {
  constructor(private readonly disputes: OpenDisputes, private readonly reads: DisputeReads, private readonly stories: DisputeStories, private readonly answers: AnswersDispute, private readonly clock: HoldsDisputeClock, private readonly renderer: PageRenderer) {}

  @Get() @Requires(ANSWER_DISPUTES)
  async list(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<PageResult> { return page('sharing/correcting/disputes', await this.disputes.list(ctx, after)); }

  @Get(':id') @Requires(ANSWER_DISPUTES)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('result') result?: string): Promise<PageResult> { return this.#page(ctx, id, { result: RESULTS.find((one) => one === result) }); }

  @Post(':id') @Requires(ANSWER_DISPUTES)
  async change(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const [typed, version] = [typedIn(body), Number(fieldOf(body, 'version'))];
    switch (typed['do']) {
      case 'ask': {
        const { value, errors } = readAsk(typed);
        return value ? went(id, value.reason === 'identity' ? 'paused' : 'asked', await this.clock.askBack(ctx, id, { version, words: value.words }, value.reason)) : this.#again(ctx, id, typed, errors);
      }
      case 'extend': {
        const { value, errors } = readExtension(typed);
        return value ? went(id, 'extended', await this.clock.extend(ctx, id, { version, words: value })) : this.#again(ctx, id, typed, errors);
      }
      case 'resume': return went(id, 'resumed', await this.clock.resume(ctx, id, { version }));
      default: {
        const { value, errors } = readAnswer(typed);
        if (!value) return this.#again(ctx, id, typed, errors);
        await this.answers.answer(ctx, id, value);
        return redirect(`${HOME}/${id}`);
      }
    }
  }

  #again(ctx: RequestContext, id: string, typed: Typed, errors: readonly FieldError[]): Promise<PageResult> {
    return this.#page(ctx, id, { typed, errors: errors.map(({ field, message }) => ({ field, message: wordsFor(this.renderer, ctx)(`disputes.errors.${message}`) })) }, 422);
  }

  async #page(ctx: RequestContext, id: string, more: object, status = 200): Promise<PageResult> {
    const dispute = await this.disputes.find(ctx, id);
    const { localId, attribute: { id: attribute } } = dispute;
    const [story, steps] = [await this.stories.latest(ctx, localId, attribute), await this.stories.steps(ctx, dispute.disputeId)];
    // What is decided of one is said of all that the same person says of the same thing.
    const together = dispute.isOpen ? await this.reads.openWith(ctx, { localId, attribute }) : [];
    const notPassedOn = await this.stories.notPassedOn(ctx, together.map((one) => one.disputeId));
    return page('sharing/correcting/dispute', { dispute, story, steps, notPassedOn, typed: {}, ...more }, { status });
  }
}

function went(id: string, what: (typeof RESULTS)[number], outcome: Outcome<void, DisputeClockRefusal>): RedirectResult {
  return redirect(`${HOME}/${id}?result=${outcome.ok ? what : outcome.refusal.reason}`);
}
