import { definePort, type RequestContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';
import type { Evidence } from './exchange';

/** Where a body keeps what it knows of people: its own app, or a back office that it already has. @public */
export interface EvidenceSource {
  readonly id: string;
  /** What can be had from it. */
  readonly attributes: readonly AttributeId[];
  /**
   * What it knows of one person, of these things; what it does not know is left out.
   * @throws Unavailable when it does not answer: then nothing is told, and it can be asked again
   */
  read(ctx: RequestContext, localId: string, attributes: readonly AttributeId[]): Promise<readonly Evidence[]>;
}

/** Its port. @public */
export const EVIDENCE_SOURCE = definePort<EvidenceSource>('sharing.evidence-source', '0.1.0');
