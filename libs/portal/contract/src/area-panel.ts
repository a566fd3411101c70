import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { PortalPanel } from './panel';

/** The place that somebody asked about on "your area": a postcode, or one address within it. @public */
export interface AskedPlace {
  /** As it is written: `ZZ99 1AB`. */
  readonly postcode: string;
  /** Unique Property Reference Number, when one address was chosen. */
  readonly uprn?: string;
  /** The electoral ward, when the whole postcode lies in one or an address was chosen. */
  readonly ward?: { readonly code: string; readonly name: string };
  /** WGS 84 degrees. */
  readonly point?: { readonly latitude: number; readonly longitude: number };
}

/**
 * What a module knows about a place: the next bin day, the councillors, who looks after the road.
 * @public
 */
export interface AreaPanel {
  /** Durable, and begins with the module's id: `waste.bin-day`. */
  readonly id: string;
  /** Smaller comes first. */
  readonly order: number;
  /** Reads and changes nothing; undefined when it knows nothing of the place. */
  load(ctx: RequestContext, place: AskedPlace): Promise<PortalPanel | undefined>;
}

/** Where modules tell about a place on "your area". @public */
export const AREA_PANEL = defineExtensionPoint<AreaPanel>('portal.area-panel');
