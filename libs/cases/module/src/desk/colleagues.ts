import { Inject, Injectable } from '@nestjs/common';
import type { OfficerId, RequestContext } from '@guildhall/kernel-contract';
import { isUuid, may } from '@guildhall/kernel-contract';
import { hasContract, rolesMay } from '@guildhall/kernel';
import { IDENTITY, READ_STAFF, type IdentityApi, type OfficerView, type Team } from '@guildhall/identity-contract';
import { WORK_ON_CASES } from '@guildhall/cases-contract';

/** Officers and teams to whom cases can be given; nobody but oneself where the council has no identity module, or one may not see colleagues. */
@Injectable()
export class Colleagues {
  constructor(@Inject(IDENTITY.token) private readonly identity: IdentityApi) {}

  /** Colleagues who can work on cases, by name, one's own teams first. */
  async officers(ctx: RequestContext): Promise<readonly OfficerView[]> {
    if (!this.areKnown(ctx)) return [];
    const mine = new Set(ctx.actor.kind === 'officer' ? ctx.actor.teams : []);
    const isNear = (officer: OfficerView): number => (officer.teams.some((team) => mine.has(team)) ? 0 : 1);
    return (await this.identity.officers(ctx)).filter((officer) => canWork(ctx, officer)).sort((a, b) => isNear(a) - isNear(b) || a.name.localeCompare(b.name));
  }

  async teams(ctx: RequestContext): Promise<readonly Team[]> {
    return this.areKnown(ctx) ? this.identity.teams(ctx) : [];
  }

  /** Who that is: oneself without asking anybody. */
  async named(ctx: RequestContext, officerId: string): Promise<{ readonly officerId: OfficerId; readonly name: string } | undefined> {
    const { actor } = ctx;
    if (actor.kind === 'officer' && (officerId === 'me' || officerId === actor.officerId)) return { officerId: actor.officerId, name: actor.name };
    if (!this.areKnown(ctx) || !isUuid(officerId)) return undefined;
    const officer = await this.identity.officer(ctx, officerId as OfficerId);
    return officer && canWork(ctx, officer) ? { officerId: officer.officerId, name: officer.name } : undefined;
  }

  private areKnown(ctx: RequestContext): boolean {
    return hasContract(ctx, IDENTITY) && may(ctx, READ_STAFF);
  }
}

/** A case is given to whoever can do something with it: an adviser would have it and could not move it. */
function canWork(ctx: RequestContext, { isActive, roles }: OfficerView): boolean {
  return isActive && rolesMay(ctx, roles, WORK_ON_CASES);
}
