import { Inject, Injectable } from '@nestjs/common';
import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import { LOG, PageRenderer, extensionsOf, hasModule, providersOf } from '@guildhall/kernel';
import { may } from '@guildhall/kernel-contract';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { DESK_AREA, FOOTER_LINK } from '@guildhall/portal-contract';
import type { DeskArea, DeskBadge, FooterLink } from '@guildhall/portal-contract';
import { formatNumber } from '@guildhall/ui';
import type { DeskLink, PageFrame, PageFrameSource } from '@guildhall/ui';

const OWN_LINKS: readonly FooterLink[] = [
  { id: 'portal.accessibility', order: 100, titleKey: 'portal.footer.accessibility', href: '/accessibility' },
  { id: 'portal.privacy', order: 200, titleKey: 'portal.footer.privacy', href: '/privacy' },
  { id: 'portal.cookies', order: 300, titleKey: 'portal.footer.cookies', href: '/cookies' },
  { id: 'portal.contact', order: 400, titleKey: 'portal.footer.contact', href: '/contact' },
];

/** Where the desk begins, with a module that has a page there. */
const DESK = '/desk';
function isOnDesk(path: string): boolean { return path === DESK || path.startsWith(`${DESK}/`); }

/** The area to which a page of the desk belongs: the one whose address reaches furthest into the page's. */
export function currentArea(areas: readonly DeskArea[], path: string): DeskArea | undefined {
  const reach = (area: DeskArea): number => Math.max(...[area.href, ...(area.alsoAt ?? [])].map((start) => (path === start || (start !== DESK && path.startsWith(`${start}/`)) ? start.length : -1)));
  return areas.filter((area) => reach(area) >= 0).sort((a, b) => reach(b) - reach(a))[0];
}

/** Says what stands around a council's pages: the footer's links, the way to the account, and the desk's navigation for officers. */
@Injectable()
export class PortalFrame implements PageFrameSource {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(LOG) private readonly log: Log) {}

  async load(ctx: RequestContext, path: string): Promise<PageFrame> {
    const links = [...OWN_LINKS, ...extensionsOf(ctx, FOOTER_LINK)].sort((a, b) => a.order - b.order);
    return {
      footerLinks: links.map(({ titleKey, href }) => ({ title: this.renderer.messages.t(ctx, titleKey), href })),
      account: (isOnDesk(path) ? hasModule(ctx, 'identity') : providersOf(ctx, RESIDENT_SIGN_IN).length > 0) ? { signInHref: signInHref(path), accountHref: '/account', signOutHref: '/sign-out' } : undefined,
      desk: ctx.actor.kind === 'officer' && isOnDesk(path) ? await this.desk(ctx, path) : undefined,
    };
  }

  private async desk(ctx: RequestContext, path: string): Promise<PageFrame['desk']> {
    const all = extensionsOf(ctx, DESK_AREA);
    const areas = all.filter((area) => may(ctx, area.permission)).sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
    const current = currentArea(areas, path);
    const badges = await Promise.all(areas.map((area) => this.badgeOf(ctx, area)));
    return {
      links: areas.map((area, index): DeskLink => ({ title: this.renderer.messages.t(ctx, area.titleKey), href: area.href, isCurrent: area === current, shortcut: area.shortcut, badge: badgeText(badges[index]) })),
      homeHref: all.some(({ href }) => href === DESK) ? DESK : areas[0]?.href,
      searchHref: areas.find(({ searchHref }) => searchHref !== undefined)?.searchHref,
      signOutHref: '/sign-out',
    };
  }

  /** A count that cannot be had leaves its place empty: the navigation must come. */
  private async badgeOf(ctx: RequestContext, area: DeskArea): Promise<DeskBadge | undefined> {
    try {
      return await area.badge?.(ctx);
    } catch (error) {
      this.log.error('portal.badge-failed', { area: area.id, council: ctx.council.slug, correlationId: ctx.correlationId, error: error instanceof Error ? error.name : typeof error });
      return undefined;
    }
  }
}

/** Back to this page after signing in; from the pages about signing in, to the account. The desk has a sign-in of its own. */
function signInHref(path: string): string {
  if (path === '/desk/sign-in') return path;
  if (isOnDesk(path)) return `/desk/sign-in?next=${encodeURIComponent(path)}`;
  return path === '/' || path.startsWith('/sign-') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}

function badgeText(badge: DeskBadge | undefined): DeskLink['badge'] {
  return badge && badge.count > 0 ? { text: `${formatNumber(badge.count)}${badge.isCapped ? '+' : ''}`, isUrgent: badge.isUrgent ?? false } : undefined;
}
