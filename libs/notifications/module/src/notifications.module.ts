import path from 'node:path';
import { CONFIGURABLE } from '@guildhall/configuration-contract';
import { Module } from '@nestjs/common';
import { CASES, CASE_PANEL } from '@guildhall/cases-contract';
import { IDENTITY } from '@guildhall/identity-contract';
import { PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { Councils, defineModule, does, every, implement, mayUse, optionsOf } from '@guildhall/kernel';
import { register, type RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_MESSAGE_PREFERENCES, MESSAGE_TEMPLATE, MessageDelivered, MessageFailed, MessageSent, NOTIFICATIONS, READ_MESSAGES, RETRY_MESSAGES, SEND_MESSAGES } from '@guildhall/notifications-contract';
import { ACCOUNT_SECTION, DESK_AREA, PRIVACY_NOTE } from '@guildhall/portal-contract';

import { templateSets } from './configuring/template-sets';import { AccountController } from './account/account.controller';
import { MessagesInAccount } from './account/messages-in-account';
import { messagesPrivacyNote } from './account/privacy-note';
import { migrations } from './data/migrations';
import { AnotherWay } from './failures/another-way';
import { CaseOfMessage } from './failures/case-of-message';
import { DealWithFailure } from './failures/deal-with-failure';
import { DeskController } from './failures/desk.controller';
import { FailedMessages } from './failures/failed-messages';
import { FailuresOnDesk } from './failures/failures-on-desk';
import { LookAtMessage } from './failures/look-at-message';
import { RetryMessage } from './failures/retry-message';
import { AskProvidersForNews } from './following/ask-providers';
import { TakeCallback } from './following/take-callback';
import { CallbacksController } from './http/callbacks.controller';
import { NotificationsApiController } from './http/notifications-api.controller';
import { ChoicesController } from './preferring/choices.controller';
import { ChoicesOnCase } from './preferring/choices-on-case';
import { DeskChoicesController } from './preferring/desk-choices.controller';
import { PersonOnDesk } from './preferring/person-on-desk';
import { Preferences } from './preferring/preferences';
import { OneClickController, StopController } from './preferring/stop.controller';
import { StopNews } from './preferring/stop-news';
import { RetentionTimes } from './keeping/retention-times';
import { WipeOldMessages } from './keeping/wipe-old';
import type { NotificationsOptions } from './notifications.options';
import { NotificationsService } from './notifications.service';
import { OutboxController } from './outbox/outbox.controller';
import { ReadMessages } from './reading/read-messages';
import { MessagesOfPerson } from './rights/personal-data';
import { ClosedChannels } from './sending/closed-channels';
import { FindForgottenMessages } from './sending/find-forgotten';
import { AskProviders, FindForgotten, SendWaiting, WipeOld } from './sending/jobs';
import { KeepMessage } from './sending/keep-message';
import { SendTimes } from './sending/send-times';
import { SendWaitingMessage } from './sending/send-waiting';
import { TemplateCatalogue } from './templates/template-catalogue';
import { notificationsDeskTexts, notificationsTexts } from './texts';

@Module({
  controllers: [NotificationsApiController, CallbacksController, ChoicesController, AccountController, StopController, OneClickController, DeskChoicesController, DeskController, OutboxController],
  providers: [
    NotificationsService, KeepMessage, SendWaitingMessage, ClosedChannels, FindForgottenMessages, TakeCallback, AskProvidersForNews, WipeOldMessages, ReadMessages, RetryMessage, FailedMessages, LookAtMessage, CaseOfMessage, DealWithFailure, AnotherWay,
    FailuresOnDesk, MessagesInAccount, TemplateCatalogue, Preferences, PersonOnDesk, ChoicesOnCase, StopNews, MessagesOfPerson,
    { provide: SendTimes, inject: [Councils], useFactory: (councils: Councils) => new SendTimes((ctx) => optionsOf(ctx as RequestContext, notifications), councils) },
    { provide: RetentionTimes, useFactory: () => new RetentionTimes((ctx: RequestContext) => optionsOf(ctx, notifications)) },
  ],
})
class NotificationsModule {}

/**
 * Messages by e-mail, text and letter: kept, sent, tried again, and shown to whom they were sent and to officers when they fail.
 * @public
 * @example modules: [notifications({ providers: [outbox()] })]
 */
export const notifications = defineModule<NotificationsOptions>({
  id: 'notifications',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: NotificationsModule,
  provides: [implement(NOTIFICATIONS, NotificationsService)],
  requires: [mayUse(CASES, '^0.1.0'), mayUse(IDENTITY, '^0.1.0')],
  schema: 'notifications',
  migrations,
  permissions: [SEND_MESSAGES, READ_MESSAGES, RETRY_MESSAGES, CHANGE_MESSAGE_PREFERENCES],
  events: [MessageSent, MessageDelivered, MessageFailed],
  jobs: [does(SendWaiting, SendWaitingMessage), does(FindForgotten, FindForgottenMessages), does(AskProviders, AskProvidersForNews), does(WipeOld, WipeOldMessages)],
  recurring: [every('5 minutes', FindForgotten), every('15 minutes', AskProviders), every('day', WipeOld)],
  extensionPoints: [MESSAGE_TEMPLATE],
  registers: [register(CONFIGURABLE, templateSets), register(ACCOUNT_SECTION, MessagesInAccount), register(DESK_AREA, FailuresOnDesk), register(CASE_PANEL, ChoicesOnCase), register(PRIVACY_NOTE, messagesPrivacyNote), register(PERSONAL_DATA, MessagesOfPerson)],
  texts: notificationsTexts,
  deskTexts: notificationsDeskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
});
