import type { Language } from '@guildhall/kernel-contract';

/** One answer, in the language in which the far end is written to. @public */
export interface HandedAnswer {
  readonly question: string;
  readonly answer: string;
  /** The question's id in the service, for machines. */
  readonly code?: string;
}

/** Where a case is about. @public */
export interface HandedPlace {
  /** WGS 84 degrees. */
  readonly point?: { readonly latitude: number; readonly longitude: number };
  readonly uprn?: string;
  /** As on an envelope, without the postcode. */
  readonly lines?: readonly string[];
  readonly postcode?: string;
  /** The address nearest to a point that somebody marked, in one line. */
  readonly near?: string;
  /** In the resident's own words: `by the bus stop`. */
  readonly note?: string;
}

/** How to reach the person. There only when the council's configuration says that this far end gets it. @public */
export interface HandedContact { readonly name?: string; readonly email?: string; readonly phone?: string }

/**
 * A photo of a case, which the council's virus scanner has passed. Links are made anew at each try; everything else stays the same.
 * @public
 */
export interface HandedPhoto {
  readonly photoId: string;
  /** Of what is kept, found in the content: `image/jpeg`. */
  readonly contentType: string;
  readonly sizeInBytes: number;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
  /** Shows the photo without signing in, to whoever has it, until `until` or until an officer ends it. It names nobody and cannot be guessed: it is a key, for the far end and for nothing else. */
  readonly url: string;
  readonly until: Date;
  /** For a far end that takes files. @throws Unavailable */
  bytes(): Promise<Uint8Array>;
}

/**
 * What a far end is told of a case. Answers that say something about a person, a place where somebody lives, and who they are stand in it only
 * when the council has said so: a provider passes on all that it is given and asks for no more.
 * @public
 */
export interface HandedCase {
  /** The case's id: the same on every try, and the far end's idempotency key where it knows one. */
  readonly caseId: string;
  /** `RB-7K3F-92QD`: what people quote. */
  readonly reference: string;
  /** `report-a-problem.pothole` */
  readonly caseType: string;
  readonly typeTitle: string;
  /** One line without personal data. */
  readonly summary: string;
  readonly openedAt: Date;
  /** The language of the words here. */
  readonly language: Language;
  readonly answers: readonly HandedAnswer[];
  readonly place?: HandedPlace;
  readonly contact?: HandedContact;
  /** There only when the council has said that this far end gets them, and there are any; in the order in which they were sent. */
  readonly photos?: readonly HandedPhoto[];
  /** Which try this is, from 1. A far end that does not know one case from the same case again is asked whether it is there already, on every try but the first, and whenever `lastTriedAt` is there. */
  readonly attempt: number;
  /** When the last try before this one began, whoever asked for it; not there when there was none, or nobody knows. An officer who asks for one more lets the tries count anew, and the case may be there all the same. */
  readonly lastTriedAt?: Date;
}
