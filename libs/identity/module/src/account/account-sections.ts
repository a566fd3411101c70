import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ReadPeople } from '../people/read-people';
import { WaysAndDevices } from './ways-and-devices';

/** "Your details" in the account. */
@Injectable()
export class DetailsInAccount implements AccountSection {
  readonly id = 'identity.details';
  readonly order = 500;
  constructor(@Inject(ReadPeople) private readonly people: ReadPeople) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    const person = ctx.actor.kind === 'resident' ? await this.people.person(ctx, ctx.actor.personId) : undefined;
    return person && { titleKey: 'identity.details.title', template: 'identity/account-details.njk', data: { person, language: person.preferredLanguage ?? ctx.council.languages[0] } };
  }
}

/** "Sign-in and devices" in the account. */
@Injectable()
export class DevicesInAccount implements AccountSection {
  readonly id = 'identity.devices';
  readonly order = 600;
  constructor(@Inject(WaysAndDevices) private readonly waysAndDevices: WaysAndDevices) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    const devices = await this.waysAndDevices.devices(ctx, ctx.actor.personId);
    return { titleKey: 'identity.devices.title', template: 'identity/account-devices.njk', data: { count: devices.length } };
  }
}
