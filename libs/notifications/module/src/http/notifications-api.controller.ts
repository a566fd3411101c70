import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx, Requires, dto, json, type JsonResult } from '@guildhall/kernel';
import { InvalidInput, type Outcome, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_MESSAGE_PREFERENCES, READ_MESSAGES, RETRY_MESSAGES, SEND_MESSAGES, type MessagePage, type MessagePreferences, type MessageView, type RenderedMessage } from '@guildhall/notifications-contract';
import { NotificationsService } from '../notifications.service';
import { PreferencesBody, PreviewBody, SendMessageBody } from './send-message.dto';

/** Notifications for other systems. */
@Controller('api/notifications/v1')
export class NotificationsApiController {
  constructor(@Inject(NotificationsService) private readonly notifications: NotificationsService) {}

  @Post('messages') @Requires(SEND_MESSAGES)
  async send(@Ctx() ctx: RequestContext, @Body(dto(SendMessageBody)) body: SendMessageBody): Promise<JsonResult> {
    return answer(await this.notifications.send(ctx, body), 201);
  }
  @Get('messages/:id') @Requires(READ_MESSAGES)
  find(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<MessageView> {
    return this.notifications.find(ctx, id);
  }
  @Post('messages/:id/retries') @Requires(RETRY_MESSAGES)
  async retry(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<JsonResult> {
    return answer(await this.notifications.retry(ctx, id), 201);
  }
  @Get('people/:id/messages') @Requires(READ_MESSAGES)
  forPerson(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('before') before?: string, @Query('limit') limit?: string): Promise<MessagePage> {
    return this.notifications.forPerson(ctx, id as PersonId, { before, limit: limit === undefined ? undefined : wholeNumber(limit) });
  }
  @Get('people/:id/preferences') @Requires(READ_MESSAGES)
  preferencesOf(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<MessagePreferences> {
    return this.notifications.preferencesOf(ctx, id as PersonId);
  }
  @Put('people/:id/preferences') @Requires(CHANGE_MESSAGE_PREFERENCES)
  changePreferences(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(dto(PreferencesBody)) body: PreferencesBody): Promise<MessagePreferences> {
    return this.notifications.changePreferences(ctx, id as PersonId, body);
  }
  @Get('subjects/:type/:id/messages') @Requires(READ_MESSAGES)
  forSubject(@Ctx() ctx: RequestContext, @Param('type') type: string, @Param('id') id: string): Promise<readonly MessageView[]> {
    return this.notifications.forSubject(ctx, { type, id });
  }
  @Post('previews') @Requires(SEND_MESSAGES)
  async preview(@Ctx() ctx: RequestContext, @Body(dto(PreviewBody)) body: PreviewBody): Promise<JsonResult> {
    const rendered: RenderedMessage = await this.notifications.preview(ctx, body);
    return json(rendered, 200);
  }
}

function answer(outcome: Outcome<MessageView>, status: number): JsonResult {
  return json(outcome, outcome.ok ? status : 422);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidInput('limit must be a whole number.', [{ field: 'limit', message: 'must be a whole number' }]);
  return Number(text);
}
