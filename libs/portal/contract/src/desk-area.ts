import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { OfficerRole, Permission, RequestContext } from '@guildhall/kernel-contract';

/** What is shown beside an area's name in the desk's navigation. @public */
export interface DeskBadge {
  readonly count: number;
  /** The count is a floor: shown as "1,000+". */
  readonly isCapped?: boolean;
  /** Something is late: shown in colour and in words. */
  readonly isUrgent?: boolean;
}

/**
 * One area of the officer's desk: a line in its side navigation, seen only by those who hold the permission.
 * @public
 * @example registers: [register(DESK_AREA, { id: 'cases.worklist', order: 100, titleKey: 'cases.desk.worklist', href: '/desk', permission: WORK_CASES })]
 */
export interface DeskArea {
  /** Durable, and begins with the module's id: `cases.worklist`. */
  readonly id: string;
  /** Smaller comes first: worklist 100, assisting callers 200, payments 300, reports 400, settings 900. */
  readonly order: number;
  /** Message key in the module's desk texts. */
  readonly titleKey: string;
  /** Where the area begins: a path below `/desk`. */
  readonly href: string;
  readonly permission: Permission;
  /** Paths that belong to this area besides those below `href`, so that it stays marked as the current one. */
  readonly alsoAt?: readonly string[];
  /** A letter: `g` and then this letter goes there from any page of the desk. */
  readonly shortcut?: string;
  /** Officers who have none but these roles begin here when they have signed in; everybody else at `/desk`. */
  readonly startFor?: readonly OfficerRole[];
  /**
   * This area answers the search box at the head of every desk page: a form is posted to this path with `q`, so that a name that is looked for stands in no address.
   * The first area in order that has one gets the box.
   */
  readonly searchHref?: string;
  /** Counted on every page of the desk, so it must be one cheap, capped query or none. */
  badge?(ctx: RequestContext): Promise<DeskBadge | undefined>;
}

/** Where modules add an area to the officer's desk. @public */
export const DESK_AREA = defineExtensionPoint<DeskArea>('portal.desk-area');
