import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import { ReadMessages } from '../reading/read-messages';

const SHOWN = 5;

/** The latest messages, in the account. */
@Injectable()
export class MessagesInAccount implements AccountSection {
  readonly id = 'notifications.messages';
  readonly order = 400;
  constructor(@Inject(ReadMessages) private readonly reading: ReadMessages) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    const { messages, next } = await this.reading.forPerson(ctx, ctx.actor.personId, { limit: SHOWN });
    return { titleKey: 'notifications.account.title', template: 'notifications/account-section.njk', data: { messages, hasMore: next !== undefined } };
  }
}
