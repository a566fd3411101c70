import type { RequestContext } from '@guildhall/kernel-contract';
import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import { Injectable } from '@nestjs/common';
import { MayBeShared } from './may-be-shared';

/** What may be shared, in the account: from here a press leads to each switch. */
@Injectable()
export class InformationInAccount implements AccountSection {
  readonly id = 'sharing.information';
  readonly order = 500;
  constructor(private readonly shared: MayBeShared) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    return { titleKey: 'sharing.information.title', template: 'sharing/information/account-section.njk', data: { agreements: await this.shared.list(ctx, ctx.actor.personId) } };
  }
}
