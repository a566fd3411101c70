import { PageRenderer } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { EvidenceStore } from './evidence-store';

/** Something that was told or typed, with what its source is called in the reader's language. */
export interface KeptHolding extends Evidence { readonly from: string; /** They typed it here themselves. */ readonly isTyped: boolean }

/** What somebody has told this body, or others have told it of them, for the list of what is held. */
@Injectable()
export class KeptHoldings {
  constructor(private readonly store: EvidenceStore, private readonly agreements: Agreements, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  async of(ctx: RequestContext, personId: string): Promise<readonly KeptHolding[]> {
    const kept = await this.store.newest(ctx, personId);
    if (kept.length === 0) return [];
    const agreements = await this.agreements.newest(ctx);
    const nameOf = (id: string): string => agreements.map(({ vocabulary }) => vocabulary.bodies[id]).find((name) => name !== undefined)?.[ctx.language] ?? id;
    return kept.map(({ attribute, value, asOf, toldBy, verified }) => ({ attribute, value, asOf, source: toldBy ?? 'resident', from: toldBy === undefined ? this.renderer.messages.t(ctx, 'sharing.once-only.what-you-told') : nameOf(toldBy), isTyped: toldBy === undefined, verified: verified ?? null }));
  }
}
