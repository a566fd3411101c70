import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { seal, unseal } from '../data/sealed';
import type { TypedAddress } from './read-address';

/** For as long as it takes to read what an agreement says, and to press. */
const KEPT_FOR_MS = 60 * 60_000;

/** Where somebody who leaves to allow something comes back to, with what they had typed: sealed, for them alone and for an hour. It is in no table. */
export function comingBack(ctx: RequestContext, clock: Clock, { here, personId, typed }: { readonly here: string; readonly personId: string; readonly typed: TypedAddress }): string {
  const kept = seal(ctx, boundTo(personId), JSON.stringify({ typed, until: clock.now().getTime() + KEPT_FOR_MS }));
  return `${here}?typed=${kept.toString('base64url')}`;
}

/** What they had typed; nothing where it is somebody else's, too old, or none. */
export function typedBefore(ctx: RequestContext, clock: Clock, personId: string, kept: unknown): TypedAddress | undefined {
  if (typeof kept !== 'string' || !/^[A-Za-z0-9_-]{40,4000}$/.test(kept)) return undefined;
  try {
    const { typed, until } = JSON.parse(unseal(ctx, boundTo(personId), Buffer.from(kept, 'base64url'))) as { readonly typed: TypedAddress; readonly until: number };
    return until > clock.now().getTime() ? typed : undefined;
  } catch {
    return undefined;
  }
}

function boundTo(personId: string): string { return `typed-address ${personId}`; }
