import type { AssistedBasis } from '@guildhall/identity-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { EvidenceStore } from '../evidence/evidence-store';
import { Holdings, type Held } from './holdings';
import { demandInformationOf } from './whose-information';

/** What somebody has typed of themselves, which is kept until they do not want that. */
@Injectable()
export class KeptTyped {
  constructor(private readonly holdings: Holdings, private readonly evidence: EvidenceStore) {}

  /** The newest of an attribute; undefined where nothing is kept of it. */
  async find(ctx: RequestContext, personId: string, attribute: string): Promise<Held | undefined> {
    return (await this.holdings.of(ctx, personId)).held.find((one) => one.attribute === attribute && one.isTyped);
  }

  /** Deletes it, and what was typed of it before. @param basis on what authority an adviser does it, and after which checks */
  async forget(ctx: RequestContext, personId: string, attribute: string, basis?: AssistedBasis): Promise<void> {
    demandInformationOf(ctx, personId);
    await this.evidence.forgetTyped(ctx, personId, attribute, basis);
  }
}
