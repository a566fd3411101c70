import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { ANSWER_DISPUTES, DISPUTE_OUTCOMES } from '@guildhall/sharing-contract';
import { fieldOf } from '../desk/form-fields';
import { wordsFor } from '../desk/words-for';
import { AnswersDispute, type DisputeAnswer } from './answers-dispute';
import { DisputeStories } from './dispute-story';
import { OpenDisputes } from './open-disputes';

const HOME = '/desk/disputes';
const MOST_CHARACTERS = 2000;

/** The officer's pages of what residents say is wrong: which wait for an answer, what is held, and the answer. */
@Controller('desk/disputes')
export class DisputesOnDeskController {
  constructor(private readonly disputes: OpenDisputes, private readonly stories: DisputeStories, private readonly answers: AnswersDispute, private readonly renderer: PageRenderer) {}

  @Get() @Requires(ANSWER_DISPUTES)
  async list(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<PageResult> { return page('sharing/correcting/disputes', await this.disputes.list(ctx, after)); }

  @Get(':id') @Requires(ANSWER_DISPUTES)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return this.#page(ctx, id, {}); }

  @Post(':id') @Requires(ANSWER_DISPUTES)
  async answer(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const typed = { outcome: fieldOf(body, 'outcome'), en: fieldOf(body, 'en'), cy: fieldOf(body, 'cy') };
    const read = readAnswer(typed);
    if (!read.answer) return this.#page(ctx, id, { typed, errors: read.errors.map(({ field, message }) => ({ field, message: wordsFor(this.renderer, ctx)(`disputes.errors.${message}`) })) }, 422);
    await this.answers.answer(ctx, id, read.answer);
    return redirect(`${HOME}/${id}`);
  }

  async #page(ctx: RequestContext, id: string, more: object, status = 200): Promise<PageResult> {
    const dispute = await this.disputes.find(ctx, id);
    const story = await this.stories.latest(ctx, dispute.localId, dispute.attribute.id);
    return page('sharing/correcting/dispute', { dispute, story, typed: {}, ...more }, { status });
  }
}

/** What was typed; or what is wrong with it, by the name of the sentence. */
function readAnswer({ outcome: said, en, cy }: { readonly outcome: string; readonly en: string; readonly cy: string }): { readonly answer?: DisputeAnswer; readonly errors: readonly FieldError[] } {
  const outcome = DISPUTE_OUTCOMES.find((one) => one === said);
  const errors: readonly FieldError[] = [
    ...(outcome ? [] : [{ field: 'outcome', message: 'outcome' }]), ...(outcome === 'right' && !en && !cy ? [{ field: 'en', message: 'words' }] : []),
    ...[{ field: 'en', text: en }, { field: 'cy', text: cy }].filter(({ text }) => text.length > MOST_CHARACTERS).map(({ field }) => ({ field, message: 'too-long' })),
  ];
  if (!outcome || errors.length > 0) return { errors };
  return { answer: { outcome, words: en || cy ? { ...(en && { en }), ...(cy && { cy }) } : null }, errors };
}
