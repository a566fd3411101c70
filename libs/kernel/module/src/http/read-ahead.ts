import { defineExtensionPoint, type RequestContext } from '@guildhall/kernel-contract';
import type { GuildhallRequest } from './request';

/**
 * Begins a read that a request is going to need while its session is read: both go in one round trip. What is read must be found by the session's id alone,
 * and be used only once the request's own context says the same: until then nobody knows whether there is such a session.
 * @public
 */
export interface ReadAhead {
  begin(ctx: RequestContext, request: GuildhallRequest, sessionId: string): void;
}
/** Where it registers. @public */
export const READ_AHEAD = defineExtensionPoint<ReadAhead>('kernel.read-ahead');
