import { definePort, type RequestContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';
import type { PersonFound, PersonKeys } from '../linking/person-keys';
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
  /**
   * Whom these keys fit, exactly: `comparableName`, the date of birth, and `livesThere`. Left out by a source that does not know all of them of people.
   * @throws Unavailable when it does not answer, or cannot look at everybody with that date of birth
   */
  find?(ctx: RequestContext, keys: PersonKeys): Promise<PersonFound>;
}

/** Its port. @public */
export const EVIDENCE_SOURCE = definePort<EvidenceSource>('sharing.evidence-source', '0.1.0');
