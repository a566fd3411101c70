import { defineExtensionPoint, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import type { Evidence } from '../asking/exchange';

/** Knows what residents have proved of themselves to this council: whoever signs them in. @public */
export interface ProvedPerson {
  /** Durable, and begins with the module's id: `identity.proved`. */
  readonly id: string;
  /** What was proved and by what (`verified`), of the attributes that are keys (`KEY_ATTRIBUTES`), each once at most; what somebody has only told is not in it. */
  proved(ctx: RequestContext, personId: PersonId): Promise<readonly Evidence[]>;
}

/** Where modules say that they know it. @public @example registers: [register(PROVED_PERSON, ProvedAtSignIn)] */
export const PROVED_PERSON = defineExtensionPoint<ProvedPerson>('sharing.proved-person');
