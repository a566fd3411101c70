import { Inject, Injectable } from '@nestjs/common';
import type { Outcome, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { renderMessage, type MessagePage, type MessagePreferences, type MessageSubject, type MessageView, type NotificationsApi, type RenderedMessage, type RetryRefusal, type SendMessage, type SendRefusal } from '@guildhall/notifications-contract';
import { RetryMessage } from './failures/retry-message';
import { Preferences } from './preferring/preferences';
import { ReadMessages } from './reading/read-messages';
import { KeepMessage } from './sending/keep-message';
import { TemplateCatalogue } from './templates/template-catalogue';

/** The standard interface, each method by its use case. */
@Injectable()
export class NotificationsService implements NotificationsApi {
  constructor(
    @Inject(KeepMessage) private readonly keeping: KeepMessage,
    @Inject(ReadMessages) private readonly reading: ReadMessages,
    @Inject(RetryMessage) private readonly retrying: RetryMessage,
    @Inject(Preferences) private readonly preferences: Preferences,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
  ) {}

  send(ctx: RequestContext, message: SendMessage): Promise<Outcome<MessageView, SendRefusal>> { return this.keeping.keep(ctx, message); }
  find(ctx: RequestContext, messageId: string): Promise<MessageView> { return this.reading.find(ctx, messageId); }
  forPerson(ctx: RequestContext, personId: PersonId, page?: { readonly before?: string; readonly limit?: number }): Promise<MessagePage> { return this.reading.forPerson(ctx, personId, page); }
  forSubject(ctx: RequestContext, subject: MessageSubject): Promise<readonly MessageView[]> { return this.reading.forSubject(ctx, subject); }
  retry(ctx: RequestContext, messageId: string): Promise<Outcome<MessageView, RetryRefusal>> { return this.retrying.retry(ctx, messageId); }
  preferencesOf(ctx: RequestContext, personId: PersonId): Promise<MessagePreferences> { return this.preferences.of(ctx, personId); }
  changePreferences(ctx: RequestContext, personId: PersonId, changed: MessagePreferences): Promise<MessagePreferences> { return this.preferences.change(ctx, personId, changed); }
  async preview(ctx: RequestContext, preview: Parameters<NotificationsApi['preview']>[1]): Promise<RenderedMessage> {
    return renderMessage(this.templates.find(ctx, preview.templateId), preview.channel, preview.language, preview.values, ctx.council);
  }
}
