import { defineExtensionPoint, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';
import type { Evidence } from '../asking/exchange';

/** A change of which a resident has told once. @public */
export interface ChangeToTake {
  readonly changeId: string;
  readonly personId: PersonId;
  /** What it is now, with where it is from. */
  readonly evidence: Evidence;
  /** The body that told it; null where the resident told it here. */
  readonly from: string | null;
}

/** Takes a change into a record of this council's: a module's, or another system's behind it. @public */
export interface ChangeTaker {
  /** Durable, and begins with the module's id: `identity.home-address`. */
  readonly id: string;
  /** Message key of what the resident reads: `Your account`. */
  readonly titleKey: string;
  /**
   * What the resident reads instead, where that depends on what they have: `Garden waste collection`, one for each. None: nothing of theirs takes it, and it is not listed.
   * Undefined where it cannot be said to whoever looks: then they read `titleKey`.
   */
  titlesFor?(ctx: RequestContext, personId: PersonId, attribute: AttributeId): Promise<readonly Text[] | undefined>;
  /** Which changes it takes. */
  readonly attributes: readonly AttributeId[];
  /**
   * Has it when this returns: the resident reads that it is confirmed. The same change again changes nothing.
   * @throws Unavailable when it cannot be had at the moment: it is brought again
   */
  take(ctx: RequestContext, change: ChangeToTake): Promise<void>;
}

/** Where modules and services say that they want to hear of changes. @public @example registers: [register(CHANGE_TAKER, HomeAddress)] */
export const CHANGE_TAKER = defineExtensionPoint<ChangeTaker>('sharing.change-taker');
