import { definePort, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';
import type { PersonFound, PersonKeys } from '../linking/person-keys';
import type { Evidence } from './exchange';
import type { QualityReport, RowsPreviewed } from './quality-report';

/** Where a body keeps what it knows of people: its own app, or a back office that it already has. @public */
export interface EvidenceSource {
  readonly id: string;
  /** What can be had from it. */
  readonly attributes: readonly AttributeId[];
  /** What residents read of where evidence is from, by what it names as its `source`. */
  readonly sourceTitles?: Readonly<Record<string, Text>>;
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
  /**
   * What each file or table is like that it tells from, for whoever looks after it; nothing while there is none. A source that cannot look at everybody counts what it has read since it began.
   * @throws Unavailable when it does not answer
   */
  report?(ctx: RequestContext): Promise<readonly QualityReport[]>;
  /**
   * The first rows of each as they would be told; of a source that tells of one person at a time those of a test person. It keeps nothing.
   * @param count how many of each, at most
   * @throws Unavailable when it does not answer, or what is there cannot be read
   */
  preview?(ctx: RequestContext, count: number): Promise<readonly RowsPreviewed[]>;
}

/** Its port. @public */
export const EVIDENCE_SOURCE = definePort<EvidenceSource>('sharing.evidence-source', '0.1.0');
