import path from 'node:path';
import { Module } from '@nestjs/common';
import { CASES } from '@guildhall/cases-contract';
import { defineModule, does, every, implement, mayUse, onOutward, optionsOf } from '@guildhall/kernel';
import { CONNECTION, register, type RequestContext } from '@guildhall/kernel-contract';
import { DESK_AREA } from '@guildhall/portal-contract';
import { MANAGE_SUBSCRIPTIONS, SUBSCRIPTIONS } from '@guildhall/subscriptions-contract';
import { OtherSystemsConnection } from './checking/other-systems-connection';
import { migrations } from './data/migrations';
import { DeliverDueEvents } from './delivering/deliver-due';
import { FindWaitingDeliveries } from './delivering/find-waiting';
import { DeliverDue, FindWaiting, WipeOld } from './delivering/jobs';
import { SendEvent } from './delivering/send-event';
import { DeliveriesController } from './desk/deliveries.controller';
import { SecretController } from './desk/secret.controller';
import { SubscriptionsController } from './desk/subscriptions.controller';
import { SubscriptionsOnDesk } from './desk/subscriptions-on-desk';
import { SubscriptionsApiController } from './http/subscriptions-api.controller';
import { WipeOldDeliveries } from './keeping/wipe-old';
import { ChangesSubscription } from './managing/change-subscription';
import { CreatesSubscription } from './managing/create-subscription';
import { HandsOutSecret } from './managing/hand-out-secret';
import { SendsTest } from './managing/send-test';
import { StopsAndGoes } from './managing/stop-and-go';
import { ReadsDeliveries } from './reading/reads-deliveries';
import { ReadsSubscriptions } from './reading/reads-subscriptions';
import { ReplaysDeliveries } from './replaying/replays-deliveries';
import { Limits } from './subscriptions.limits';
import type { SubscriptionsOptions } from './subscriptions.options';
import { SubscriptionsService } from './subscriptions.service';
import { TakeEvent } from './taking/take-event';
import { deskTexts } from './wording/desk-texts';

@Module({
  controllers: [SubscriptionsApiController, SubscriptionsController, SecretController, DeliveriesController],
  providers: [
    SubscriptionsService, TakeEvent, DeliverDueEvents, FindWaitingDeliveries, SendEvent, WipeOldDeliveries, CreatesSubscription, ChangesSubscription, StopsAndGoes, HandsOutSecret, SendsTest, ReadsSubscriptions, ReadsDeliveries, ReplaysDeliveries, SubscriptionsOnDesk, OtherSystemsConnection,
    { provide: Limits, useFactory: () => new Limits((ctx: RequestContext) => optionsOf(ctx, subscriptions)) },
  ],
})
class SubscriptionsModule {}

/**
 * Tells other systems what happens: CloudEvents over signed webhooks, looked after on the officer's desk and over REST.
 * @public
 * @example modules: [subscriptions({ privateReceivers: ['http://hub.riverbourne.internal:8080'] })]
 */
export const subscriptions = defineModule<SubscriptionsOptions>({
  id: 'subscriptions',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: SubscriptionsModule,
  provides: [implement(SUBSCRIPTIONS, SubscriptionsService)],
  requires: [mayUse(CASES, '^0.1.0')],
  schema: 'subscriptions',
  migrations,
  permissions: [MANAGE_SUBSCRIPTIONS],
  subscribers: [onOutward('subscriptions.take-event', TakeEvent)],
  jobs: [does(DeliverDue, DeliverDueEvents), does(FindWaiting, FindWaitingDeliveries), does(WipeOld, WipeOldDeliveries)],
  recurring: [every('5 minutes', FindWaiting), every('day', WipeOld)],
  registers: [register(DESK_AREA, SubscriptionsOnDesk), register(CONNECTION, OtherSystemsConnection)],
  deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
});
