import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { MessageChannel } from '@guildhall/notifications-contract';

/** What a provider takes of nobody for the moment, and the code with which it said so. */
interface Closed { readonly until: Date; readonly code: string }

/**
 * Which providers take nothing by a channel for the moment. What waits for them need not ask one by one to hear the same.
 * It is what this worker has been told: another, or this one after its next start, hears it by as many messages as it hands over at once.
 */
@Injectable()
export class ClosedChannels {
  readonly #closed = new Map<string, Closed>();

  close({ council }: RequestContext, providerId: string, channel: MessageChannel, closed: Closed): void {
    this.#closed.set(nameOf(council.id, providerId, channel), closed);
  }

  find({ council }: RequestContext, providerId: string, channel: MessageChannel, now: Date): Closed | undefined {
    const closed = this.#closed.get(nameOf(council.id, providerId, channel));
    return closed && closed.until > now ? closed : undefined;
  }
}

function nameOf(councilId: string, providerId: string, channel: MessageChannel): string {
  return `${councilId} ${providerId} ${channel}`;
}
