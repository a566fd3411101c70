import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Councils, Ctx, Public, download, form, page, providersOf, type DownloadResult, type FormBody, type PageResult } from '@guildhall/kernel';
import { NotFound, demand, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, READ_MESSAGES, mobileNumber, type KeptMessage, type Outbox, type OutgoingMessage } from '@guildhall/notifications-contract';
import { textAsParts } from '../reading/text-as-parts';
import { smsFragments } from '../sending/sms-fragments';

/** A mail program shows styles and follows links, and runs nothing. */
const AS_IN_A_MAIL_PROGRAM = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

/**
 * What would have been sent, as a person would see it: only where a provider keeps messages instead of sending them.
 * In development anybody may look; where a council accepted the sandbox in production, only who may read messages: sign-in codes are among them.
 */
@Controller('outbox')
export class OutboxController {
  constructor(@Inject(Councils) private readonly councils: Councils) {}

  @Get() @Public()
  list(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return this.listOf(ctx, '');
  }

  /** To whom is sent as a form, and stands in no address. */
  @Post() @Public()
  narrow(@Ctx() ctx: RequestContext, @Body(form()) { to }: FormBody): Promise<PageResult> {
    return this.listOf(ctx, typeof to === 'string' ? to.trim() : '');
  }

  @Get(':reference') @Public()
  async show(@Ctx() ctx: RequestContext, @Param('reference') reference: string): Promise<PageResult> {
    const kept = await this.find(ctx, reference);
    const { message } = kept;
    const parts = message.channel === 'sms' ? textAsParts(message.text, message.language) : message.parts;
    return page('notifications/outbox-message', { kept, to: recipientOf(message), parts, fragments: message.channel === 'sms' ? smsFragments(message.text) : undefined });
  }

  @Get(':reference/html') @Public()
  async html(@Ctx() ctx: RequestContext, @Param('reference') reference: string): Promise<DownloadResult> {
    const { message } = await this.find(ctx, reference);
    if (message.channel !== 'email') throw new NotFound();
    return download(Buffer.from(message.html), { filename: 'message.html', type: 'text/html; charset=utf-8', isInline: true, headers: { 'content-security-policy': AS_IN_A_MAIL_PROGRAM } });
  }

  private async listOf(ctx: RequestContext, to: string): Promise<PageResult> {
    const kept = await this.outboxOf(ctx).list(to ? { to: mobileNumber(to) ?? to } : {});
    return page('notifications/outbox', { kept: kept.map((each) => ({ ...each, to: recipientOf(each.message).join(', ') })), to, ...(to && { sent: { to } }) });
  }

  private async find(ctx: RequestContext, reference: string): Promise<KeptMessage> {
    const kept = await this.outboxOf(ctx).find(reference);
    if (!kept) throw new NotFound('There is no such message in the outbox.');
    return kept;
  }

  private outboxOf(ctx: RequestContext): Outbox {
    const outbox = providersOf(ctx, MESSAGE_PROVIDER).find((provider) => provider.outbox)?.outbox;
    if (!outbox) throw new NotFound();
    if (!this.councils.isDevelopment) demand(ctx, READ_MESSAGES);
    return outbox;
  }
}

/** To whom, line by line. */
function recipientOf(message: OutgoingMessage): readonly string[] {
  switch (message.channel) {
    case 'email': return [message.to.name === undefined ? message.to.address : `${message.to.name} <${message.to.address}>`];
    case 'sms': return [message.to.phone];
    case 'letter': return message.to.lines;
  }
}
