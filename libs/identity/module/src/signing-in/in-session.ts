import type { Statement } from '@guildhall/kernel';
import { InvalidInput } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';

/** Stores something for the browser's session, and a new session along with it: `Sessions.ensureWith` of the request. */
export type InSession = <Result>(store: (owner: RequestContext, session: readonly Statement[]) => Promise<Result>) => Promise<Result>;

/** The session in which this actor acts. @throws InvalidInput when there is none */
export function sessionIdIn({ actor }: RequestContext): string {
  const id = 'sessionId' in actor ? actor.sessionId : undefined;
  if (!id) throw new InvalidInput('This browser has no session. Allow cookies, and begin again.');
  return id;
}
