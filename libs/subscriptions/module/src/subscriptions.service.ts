import { Inject, Injectable } from '@nestjs/common';
import { demand, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, type OfferedEvent, type SubscriptionsApi } from '@guildhall/subscriptions-contract';
import { ChangesSubscription } from './managing/change-subscription';
import { CreatesSubscription } from './managing/create-subscription';
import { HandsOutSecret } from './managing/hand-out-secret';
import { SendsTest } from './managing/send-test';
import { StopsAndGoes } from './managing/stop-and-go';
import { ReadsDeliveries } from './reading/reads-deliveries';
import { ReadsSubscriptions } from './reading/reads-subscriptions';
import { ReplaysDeliveries } from './replaying/replays-deliveries';
import { offeredEvents } from './taking/outward-event';

/** The standard interface of subscriptions: one use case behind each method. */
@Injectable()
export class SubscriptionsService implements SubscriptionsApi {
  constructor(
    @Inject(ReadsSubscriptions) private readonly reading: ReadsSubscriptions, @Inject(CreatesSubscription) private readonly creating: CreatesSubscription, @Inject(ChangesSubscription) private readonly changing: ChangesSubscription,
    @Inject(StopsAndGoes) private readonly stopping: StopsAndGoes, @Inject(HandsOutSecret) private readonly secrets: HandsOutSecret, @Inject(SendsTest) private readonly testing: SendsTest,
    @Inject(ReadsDeliveries) private readonly delivered: ReadsDeliveries, @Inject(ReplaysDeliveries) private readonly replaying: ReplaysDeliveries,
  ) {}

  async events(ctx: RequestContext): Promise<readonly OfferedEvent[]> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    return Promise.resolve(offeredEvents(ctx));
  }
  list(...given: Parameters<SubscriptionsApi['list']>) { return this.reading.list(...given); }
  find(...given: Parameters<SubscriptionsApi['find']>) { return this.reading.find(...given); }
  create(...given: Parameters<SubscriptionsApi['create']>) { return this.creating.create(...given); }
  change(...given: Parameters<SubscriptionsApi['change']>) { return this.changing.change(...given); }
  pause(...given: Parameters<SubscriptionsApi['pause']>) { return this.stopping.pause(...given); }
  resume(...given: Parameters<SubscriptionsApi['resume']>) { return this.stopping.resume(...given); }
  remove(...given: Parameters<SubscriptionsApi['remove']>) { return this.stopping.remove(...given); }
  revealSecret(...given: Parameters<SubscriptionsApi['revealSecret']>) { return this.secrets.reveal(...given); }
  rollSecret(...given: Parameters<SubscriptionsApi['rollSecret']>) { return this.secrets.roll(...given); }
  test(...given: Parameters<SubscriptionsApi['test']>) { return this.testing.test(...given); }
  deliveries(...given: Parameters<SubscriptionsApi['deliveries']>) { return this.delivered.list(...given); }
  async delivery(...given: Parameters<SubscriptionsApi['delivery']>) { return (await this.delivered.find(...given)).delivery; }
  replayOne(...given: Parameters<SubscriptionsApi['replayOne']>) { return this.replaying.one(...given); }
  replay(...given: Parameters<SubscriptionsApi['replay']>) { return this.replaying.period(...given); }
  retryDead(...given: Parameters<SubscriptionsApi['retryDead']>) { return this.replaying.dead(...given); }
}
