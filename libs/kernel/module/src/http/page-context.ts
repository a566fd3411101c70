import { defineExtensionPoint, type RequestContext } from '@guildhall/kernel-contract';

/** What a layout needs on every page below some path, such as the desk's navigation. @public */
export interface PageContext {
  readonly id: string;
  /** Whether pages at this path have it. */
  appliesTo(path: string): boolean;
  /** Loaded on every such page: one cheap query at most. Merged under the page's own data. */
  load(ctx: RequestContext, path: string): Promise<object>;
}
/** Where modules add it. @public */
export const PAGE_CONTEXT = defineExtensionPoint<PageContext>('kernel.page-context');
