import type { PlainDate } from '@guildhall/cases-contract';
import { defineExtensionPoint, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';

/** One line of a record in words. A value is as it is held; texts of the module's own are in both languages. @public */
export interface PersonalFact { readonly label: Text; readonly value: string | Text | number | boolean | Date }

/**
 * What erasing does to a record (UK GDPR, article 17). A reason to keep it names the law in words that its owner understands: article 17(3), and the act that asks for it.
 * - `mustKeep`: nobody may decide otherwise, because the law asks for it or the record is still worked on
 * @public
 */
export type OnErasure = { readonly does: 'erase' } | { readonly does: 'keep'; readonly because: Text; readonly until?: PlainDate; readonly mustKeep: boolean };

/** One thing that is held about somebody. @public */
export interface PersonalRecord {
  /** Names it among the records of the same source, for good: `case/0199…`. */
  readonly id: string;
  /** What it is, without anything about the person: `Pothole, RB-7K3F-92QD`. */
  readonly title: Text;
  /** Where it came from: `You, when you sent it`. Article 15(1)(g). */
  readonly source: Text;
  readonly since: Date;
  readonly facts: readonly PersonalFact[];
  /** The same for machines (article 20), under the module's own names: nothing of it is left out, and nothing in it is about somebody else. */
  readonly data: object;
  readonly onErasure: OnErasure;
  /** Free words of an officer's, in which somebody else may be named: an officer reads it before its owner gets it. */
  readonly needsReading?: boolean;
}

/**
 * What a module holds about people. Everything of a person that a module keeps is in one of its sources: a copy for its owner and erasure know no other way to it.
 * @public
 * @example registers: [register(PERSONAL_DATA, MessagesOfPerson)]
 */
export interface PersonalData {
  /** Durable, and begins with the module's id: `payments.payments`. */
  readonly id: string;
  /** Smaller comes first in a copy, and is erased last: details 100, cases 200, drafts 300, payments 400, messages 500, documents 600, sharing 700. */
  readonly order: number;
  readonly title: Text;
  /**
   * Every record of somebody, the oldest first, read piece by piece: never all of them in memory. Without names of officers, and without what others have said of themselves.
   * @throws NotAllowed unless the actor may `information-rights.read-personal-data`
   */
  read(ctx: RequestContext, personId: PersonId): AsyncIterable<PersonalRecord>;
  /**
   * Erases one record, as far as `read` says now that it may be. Again, or of a record that is not there, it changes nothing.
   * @returns false when it has to be kept after all: it is worked on again, say
   * @throws NotAllowed unless the actor may `information-rights.erase-personal-data`
   */
  erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean>;
}

/** Where modules say what they hold about people. @public */
export const PERSONAL_DATA = defineExtensionPoint<PersonalData>('information-rights.personal-data');
