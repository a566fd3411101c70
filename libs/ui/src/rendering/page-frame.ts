import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';

/** A link with words of its own in the page's language. @public */
export interface FrameLink { readonly title: string; readonly href: string }

/** One line of the desk's side navigation. @public */
export interface DeskLink extends FrameLink {
  readonly isCurrent: boolean;
  readonly shortcut?: string;
  readonly badge?: { readonly text: string; readonly isUrgent: boolean };
}

/** What stands around a page's content besides the council's name: links that depend on the modules a council has and on who looks. @public */
export interface PageFrame {
  readonly footerLinks?: readonly FrameLink[];
  /** Absent where nobody can sign in. */
  readonly account?: { readonly signInHref: string; readonly accountHref: string; readonly signOutHref: string };
  /** Absent for everybody who is not an officer. */
  readonly desk?: { readonly links: readonly DeskLink[]; /** Where the desk begins: `/desk` unless told. */ readonly homeHref?: string; readonly searchHref?: string; readonly signOutHref: string };
}

/**
 * Makes the frame of a page.
 * @public
 */
export interface PageFrameSource {
  /** @param path the path of the page, without its query */
  load(ctx: RequestContext, path: string): Promise<PageFrame>;
}

/** Where a module (the portal) says what stands around pages. At most one does. @public */
export const PAGE_FRAME = defineExtensionPoint<PageFrameSource>('ui.page-frame');
