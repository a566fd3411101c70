import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Councils } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { MessageChannel } from '@guildhall/notifications-contract';
import type { NotificationsOptions } from '../notifications.options';
import { afterQuietHours, quietHoursFault } from './quiet-hours';

/** When a council sends what. */
export class SendTimes implements OnApplicationBootstrap {
  constructor(private readonly optionsOf: (ctx: Pick<RequestContext, 'council'>) => NotificationsOptions, private readonly councils: Councils) {}

  /** @throws Error that names the council whose quiet hours are no times of the day */
  onApplicationBootstrap(): void {
    for (const { council, installations } of this.councils.all) {
      const { quietHours } = installations.has('notifications') ? this.optionsOf({ council }) : {};
      const fault = quietHours && quietHoursFault(quietHours);
      if (fault) throw new Error(`${council.slug}, notifications: ${fault}`);
    }
  }

  /** The first moment from this one on at which such a message may go: a text wakes people, and a code to sign in is waited for by somebody awake. */
  from(ctx: RequestContext, at: Date, { channel, isSecret }: { readonly channel: MessageChannel; readonly isSecret: boolean }): Date {
    const { quietHours } = this.optionsOf(ctx);
    return channel === 'sms' && !isSecret && quietHours ? afterQuietHours(at, quietHours) : at;
  }
}
