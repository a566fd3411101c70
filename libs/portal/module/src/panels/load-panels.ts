import type { Log, RequestContext } from '@guildhall/kernel-contract';

/** Something of another module's that is shown on one of our pages. */
export interface Loadable<Panel> {
  readonly id: string;
  readonly order: number;
  load(ctx: RequestContext): Promise<Panel | undefined>;
}

/** What came, in order, and whether something could not be had. */
export interface LoadedPanels<Panel> { readonly panels: readonly Panel[]; readonly isPartial: boolean }

/**
 * Loads what modules show on a page, side by side. One that fails is left out and logged: a resident's page must come whatever is broken behind it.
 */
export async function loadPanels<Panel>(ctx: RequestContext, log: Log, sources: readonly Loadable<Panel>[]): Promise<LoadedPanels<Panel>> {
  const ordered = [...sources].sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
  const settled = await Promise.allSettled(ordered.map(async (source) => source.load(ctx)));
  const panels: Panel[] = [];
  let isPartial = false;
  settled.forEach((result, index) => {
    if (result.status === 'fulfilled') {
      if (result.value !== undefined) panels.push(result.value);
      return;
    }
    isPartial = true;
    const { reason } = result as { reason: unknown };
    log.error('portal.panel-failed', { panel: ordered[index]?.id, council: ctx.council.slug, correlationId: ctx.correlationId, error: reason instanceof Error ? reason.name : typeof reason });
  });
  return { panels, isPartial };
}
