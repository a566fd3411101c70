import type { RequestContext } from '@guildhall/kernel-contract';
import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import { Injectable } from '@nestjs/common';
import { ReadsRequests } from '../requests/reads-requests';

const SHOWN = 3;

/** "Your data rights" in the account. */
@Injectable()
export class DataInAccount implements AccountSection {
  readonly id = 'information-rights.data';
  readonly order = 550;
  constructor(private readonly reading: ReadsRequests) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    return { titleKey: 'information-rights.account.title', template: 'information-rights/account-section.njk', data: { requests: (await this.reading.ofPerson(ctx, ctx.actor.personId)).slice(0, SHOWN) } };
  }
}
