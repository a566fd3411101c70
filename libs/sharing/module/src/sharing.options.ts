import type { ProviderInstallation, Text } from '@guildhall/kernel-contract';
import type { AskedFor, Assessor, EvidenceSource, Guideline, SharingChannel, Vocabulary } from '@guildhall/sharing-contract';
import type { Deployment } from './trusting/deployment';
import type { RecognisedList } from './trusting/recognised-list';

/** How a body shares. @public */
export interface SharingOptions {
  /** Which body this is to others: `riverbourne`. It never changes. */
  readonly body: string;
  readonly name: Text;
  /** The name of its log to others: `riverbourne.example/log`. It never changes. */
  readonly logOrigin: string;
  /**
   * Its keys, the newest first: what is made from the council's own secret and the key's name. The first that is good signs; all are published, so that what they signed can still be verified.
   * Instants say from when and until when a key is good, and since when it is not because somebody else may have it.
   */
  readonly keys: readonly { readonly name: string; readonly from: string; readonly until?: string; readonly compromisedSince?: string }[];
  /** The words that its agreements are made of; the names of bodies come with them. */
  readonly vocabulary: Omit<Vocabulary, 'bodies'>;
  /** What it holds to be right in sharing, beside the law. */
  readonly guideline?: Guideline;
  /** Guidelines of others that it keeps to as well: of its region, say. An agreement that is against one is against all of them. */
  readonly guidelines?: readonly Guideline[];
  /** What its own systems ask others for over the API or the desk, and what for, beside what its services' questions name: so that its guideline can be held against it. */
  readonly alsoAsked?: readonly AskedFor[];
  /** Those whose assessments of other bodies' systems count here, beside the bodies that it knows. */
  readonly assessors?: readonly Assessor[];
  /** Lists of regional bodies that it follows: whom they name is known here. The first that names a body counts; one whose keys were compared here is no list's. */
  readonly lists?: readonly RecognisedList[];
  /** Origins inside its own network that may be called where a list is, or names them: `https://share.aldermoor.internal`. All others must be on the public internet. */
  readonly privateNodes?: readonly string[];
  /** What runs here, what was found of it, and what the council demands of it. */
  readonly deployment?: Deployment;
  /** By what its officers look at what others hold, where an assessment covers it: `{ network: 'internet', device: 'managed' }`. Devices that nobody manages, over the internet, unless told. */
  readonly officersUse?: SharingChannel;
  /** Where it keeps what it knows of people. */
  readonly providers?: readonly ProviderInstallation<EvidenceSource>[];
}
