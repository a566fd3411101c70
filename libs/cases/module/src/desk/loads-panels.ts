import { Inject, Injectable } from '@nestjs/common';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { LOG, extensionsOf } from '@guildhall/kernel';
import { CASE_PANEL, type CasePanelContent, type CaseView } from '@guildhall/cases-contract';

/** A panel, or that it does not answer. */
export type LoadedPanel = CasePanelContent & { readonly hasFailed?: false } | { readonly id: string; readonly hasFailed: true };

/** Loads what other modules show beside a case, side by side. The page stands whatever does not. */
@Injectable()
export class LoadsPanels {
  constructor(@Inject(LOG) private readonly log: Log) {}

  async load(ctx: RequestContext, view: CaseView): Promise<readonly LoadedPanel[]> {
    const panels = [...extensionsOf(ctx, CASE_PANEL)].sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
    const loaded = await Promise.all(panels.map(async (panel): Promise<LoadedPanel | undefined> => {
      try {
        return await panel.load(ctx, view);
      } catch (error) {
        this.log.error('cases.panel-failed', { panel: panel.id, case: view.id, correlationId: ctx.correlationId, error: error instanceof Error ? error.name : typeof error });
        return { id: panel.id, hasFailed: true };
      }
    }));
    return loaded.filter((panel): panel is LoadedPanel => panel !== undefined);
  }
}
