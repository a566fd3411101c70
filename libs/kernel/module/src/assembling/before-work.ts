import { defineExtensionPoint, type RequestContext } from '@guildhall/kernel-contract';

/**
 * Brings something of a council's up to date in this process before a request or a job of its is handled. Asked before each: it says at once that nothing is to be done, nearly always.
 * @public
 */
export interface BeforeWork {
  /** @returns what is to be waited for; nothing when all is up to date */
  ready(ctx: RequestContext): Promise<void> | undefined;
}
/** Where it registers. @public */
export const BEFORE_WORK = defineExtensionPoint<BeforeWork>('kernel.before-work');
