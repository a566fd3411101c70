import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { redirect, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { InstalledService } from '@guildhall/services-contract';

/** Whoever signed in by a code and left before saying who they are is asked for their name where their account must say who sends something. */
@Injectable()
export class NameFirst {
  constructor(@Inject(IDENTITY.token) private readonly identity: IdentityApi) {}

  /** @param next where they come back to @returns nothing when their name is known, or not needed */
  async barrier(ctx: RequestContext, { service: { audience } }: InstalledService, next: string): Promise<RedirectResult | undefined> {
    const { actor } = ctx;
    if (audience.signIn !== 'required' || actor.kind !== 'resident') return undefined;
    const person = await this.identity.person(ctx, actor.personId);
    return person && !person.name ? redirect(`/sign-in/details?next=${encodeURIComponent(next)}`) : undefined;
  }
}
