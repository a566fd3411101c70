import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { PortalPanel } from './panel';

/** What a panel of the home page shows now. @public */
export interface HomePanelContent extends PortalPanel {
  /** The visitor's own affairs: it stands above the most used services, other panels below them. */
  readonly isYours?: boolean;
}

/**
 * A panel on the council's home page.
 * @public
 */
export interface HomePanel {
  /** Durable, and begins with the module's id: `cases.open-cases`. */
  readonly id: string;
  /** Smaller comes first. */
  readonly order: number;
  /**
   * Reads and changes nothing. A panel for signed-in residents returns undefined for everybody else.
   * The home page is the most visited of all: one cheap query at most.
   */
  load(ctx: RequestContext): Promise<HomePanelContent | undefined>;
}

/** Where modules add a panel to the home page. @public */
export const HOME_PANEL = defineExtensionPoint<HomePanel>('portal.home-panel');

/** Something that everybody should know now: no collections on Friday, a line that is down. @public */
export interface ServiceAlert {
  readonly title: Text;
  readonly body: Text;
  /** Where to read more: a path on the council's own site. */
  readonly href?: string;
  /** A warning comes before information. */
  readonly severity: 'information' | 'warning';
}

/**
 * A source of alerts for the head of the home page.
 * @public
 */
export interface HomeAlerts {
  /** Durable, and begins with the module's id. */
  readonly id: string;
  /** Those that hold now; none is the usual answer. */
  load(ctx: RequestContext): Promise<readonly ServiceAlert[]>;
}

/** Where modules raise alerts on the home page. @public */
export const HOME_ALERTS = defineExtensionPoint<HomeAlerts>('portal.home-alerts');
