import type { ProviderInstallation, Text } from '@guildhall/kernel-contract';
import type { Assessor, EvidenceSource, Guideline, Vocabulary } from '@guildhall/sharing-contract';

/** How a body shares. @public */
export interface SharingOptions {
  /** Which body this is to others: `riverbourne`. It never changes. */
  readonly body: string;
  readonly name: Text;
  /** The name of its log to others: `riverbourne.example/log`. It never changes. */
  readonly logOrigin: string;
  /**
   * Its keys, the newest first: what is made from the council's own secret and the key's name. The first signs; the others are published, so that what they signed can still be verified.
   * Instants say from when and until when a key is good, and since when it is not because somebody else may have it.
   */
  readonly keys: readonly { readonly name: string; readonly from: string; readonly until?: string; readonly compromisedSince?: string }[];
  /** The words that its agreements are made of; the names of bodies come with them. */
  readonly vocabulary: Omit<Vocabulary, 'bodies'>;
  /** What it holds to be right in sharing, beside the law. */
  readonly guideline?: Guideline;
  /** Those whose assessments of other bodies' systems count here, beside the bodies that it knows. */
  readonly assessors?: readonly Assessor[];
  /** Where it keeps what it knows of people. */
  readonly providers?: readonly ProviderInstallation<EvidenceSource>[];
}
