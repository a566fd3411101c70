import type { DeskArea } from '@guildhall/portal-contract';

/** Where the desk begins for officers of these roles, when no link led them to a page of it. */
export function deskStartOf(areas: readonly Pick<DeskArea, 'href' | 'order' | 'startFor'>[], roles: readonly string[]): string {
  const own = areas.filter(({ startFor }) => startFor !== undefined && roles.length > 0 && roles.every((role) => startFor.some((one) => one === role)));
  return own.toSorted((a, b) => a.order - b.order)[0]?.href ?? '/desk';
}
