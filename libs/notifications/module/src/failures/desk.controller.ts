import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_MESSAGE_PREFERENCES, READ_MESSAGES, RETRY_MESSAGES } from '@guildhall/notifications-contract';
import { isRetryable, toView } from '../data/message-row';
import { AnotherWay } from './another-way';
import { CaseOfMessage } from './case-of-message';
import { DealWithFailure } from './deal-with-failure';
import { FailedMessages } from './failed-messages';
import { RetryMessage } from './retry-message';
import { LookAtMessage } from './look-at-message';

const RESULTS = new Set(['sent-again', 'sent-another-way', 'marked', 'not-retryable', 'no-such-way']);

/** The officer's pages for messages that did not arrive. */
@Controller('desk/messages')
export class DeskController {
  constructor(
    @Inject(FailedMessages) private readonly failed: FailedMessages,
    @Inject(LookAtMessage) private readonly looking: LookAtMessage,
    @Inject(RetryMessage) private readonly retrying: RetryMessage,
    @Inject(DealWithFailure) private readonly dealing: DealWithFailure,
    @Inject(CaseOfMessage) private readonly cases: CaseOfMessage,
    @Inject(AnotherWay) private readonly anotherWay: AnotherWay,
  ) {}

  @Get() @Requires(READ_MESSAGES)
  async list(@Ctx() ctx: RequestContext, @Query('after') after?: string, @Query('result') result?: string): Promise<PageResult> {
    const { rows, next } = await this.failed.list(ctx, after);
    const messages = rows.map((row) => ({ ...toView(row), body: undefined, isRetryable: isRetryable(row) }));
    return page('notifications/desk-failures', { messages, next, mayRetry: may(ctx, RETRY_MESSAGES), result: known(result) });
  }

  @Get(':id') @Requires(READ_MESSAGES)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('result') result?: string): Promise<PageResult> {
    const looked = await this.looking.look(ctx, id);
    const { personId } = looked.message;
    const choicesHref = personId && may(ctx, CHANGE_MESSAGE_PREFERENCES) ? `/desk/messages/people/${personId}?from=/desk/messages/${looked.message.id}` : undefined;
    const mayRetry = may(ctx, RETRY_MESSAGES);
    return page('notifications/desk-message', { ...looked, choicesHref, ways: mayRetry ? await this.anotherWay.waysFor(ctx, id) : [], leadsToCase: this.cases.mayLead(ctx, looked.message), mayRetry, result: known(result) });
  }

  @Get(':id/case') @Requires(READ_MESSAGES)
  async case(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<RedirectResult> {
    return redirect(`/desk/cases/${encodeURIComponent(await this.cases.referenceOf(ctx, id))}`);
  }

  @Post(':id/retry') @Requires(RETRY_MESSAGES)
  async retry(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const outcome = await this.retrying.retry(ctx, id);
    return outcome.ok ? redirect('/desk/messages?result=sent-again') : redirect(`/desk/messages/${encodeURIComponent(id)}?result=not-retryable`);
  }

  @Post(':id/another-way') @Requires(RETRY_MESSAGES)
  async sendAnotherWay(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const outcome = await this.anotherWay.send(ctx, id, typeof body['channel'] === 'string' ? body['channel'] : undefined);
    return outcome.ok ? redirect('/desk/messages?result=sent-another-way') : redirect(`/desk/messages/${encodeURIComponent(id)}?result=no-such-way`);
  }

  @Post(':id/dealt-with') @Requires(RETRY_MESSAGES)
  async dealtWith(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    await this.dealing.deal(ctx, id);
    return redirect('/desk/messages?result=marked');
  }
}

/** Only a result that the page has words for. */
function known(result: string | undefined): string | undefined {
  return result !== undefined && RESULTS.has(result) ? result : undefined;
}
