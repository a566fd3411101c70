import { defineKit } from '@guildhall/kernel-contract';
import { beingLetIn } from './being-let-in';
import { deliveringEvents } from './delivering-events';
import { handingOutSecrets } from './handing-out-secrets';
import { keepingSubscriptions } from './keeping-subscriptions';
import { sendingAgain } from './sending-again';
import type { SubscriptionsHarness } from './subscriptions-harness';

/** The rules that everything keeps that tells other systems what happens: the module, its HTTP client, and the fake. @public */
export const subscriptionsKit = defineKit<SubscriptionsHarness>({ id: 'subscriptions', contract: 'subscriptions', version: '0.1.0', cases: [...keepingSubscriptions, ...beingLetIn, ...handingOutSecrets, ...deliveringEvents, ...sendingAgain] });
