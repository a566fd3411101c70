import { Inject, Injectable } from '@nestjs/common';
import { may } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { SEE_CASES } from '@guildhall/cases-contract';
import { ListsCases } from '../finding/lists-cases';

const MOST_COUNTED = 100;

/** The worklist in the desk's navigation, with how many of one's own cases are late. */
@Injectable()
export class WorklistArea implements DeskArea {
  readonly id = 'cases.worklist';
  readonly order = 100;
  readonly titleKey = 'cases.desk.area';
  readonly href = '/desk';
  readonly permission = SEE_CASES;
  readonly alsoAt = ['/desk/cases', '/desk/search'];
  readonly shortcut = 'w';
  readonly searchHref = '/desk/search';
  constructor(@Inject(ListsCases) private readonly lists: ListsCases) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (ctx.actor.kind !== 'officer' || !may(ctx, SEE_CASES)) return undefined;
    const { count, isAtLeast } = await this.lists.count(ctx, { assignee: 'me', overdue: true }, MOST_COUNTED);
    return count ? { count, isCapped: isAtLeast, isUrgent: true } : undefined;
  }
}
