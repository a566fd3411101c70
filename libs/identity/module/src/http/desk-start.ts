import type { DeskArea } from '@guildhall/portal-contract';

/** Where the desk begins for officers of these roles, when no link led them to a page of it: at the first area of theirs where no module has a worklist. */
export function deskStartOf(areas: readonly Pick<DeskArea, 'href' | 'order' | 'startFor' | 'permission'>[], roles: readonly string[]): string {
  const own = areas.filter(({ startFor }) => startFor !== undefined && roles.length > 0 && roles.every((role) => startFor.some((one) => one === role)));
  const may = areas.some(({ href }) => href === '/desk') ? [] : areas.filter(({ permission }) => permission.roles.some((role) => roles.includes(role)));
  return [own, may].map((found) => found.toSorted((a, b) => a.order - b.order)[0]?.href).find((href) => href !== undefined) ?? '/desk';
}
