import { definePort, type BytesAtRest, type GuildhallError, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import type { HandedCase, HandedPhoto } from './handed-case';

/**
 * What a far end says when it has taken a case: its own reference; or a ticket that leads to the reference later. Neither from a system that gives none:
 * of such a case it speaks by our reference.
 * @public
 */
export type HandedOver = { readonly farReference?: string; readonly ticket?: undefined } | { readonly ticket: string; readonly farReference?: undefined };

/**
 * Why a far end did not take a case.
 * - `not-accepted`: it never will as it is: a field that it misses, a kind of case that it does not know
 * - `temporary`: not now; it is tried again
 * - `technical`: something is wrong between us, such as a key that is refused; it is tried again, and somebody has to mend it
 *
 * The message is for officers. It repeats nothing of who the person is.
 * @public
 */
export interface HandOverRefusal extends Refusal<'not-accepted' | 'temporary' | 'technical'> {
  /** Few characters: `open311-400`. */
  readonly code: string;
  /** When it says so itself. */
  readonly retryAfterInSeconds?: number;
}

/** Something that happened to a case at the far end. @public */
export interface Progress {
  /** The far end's own id of it, the same however often and by whatever way it is told; at most 200 characters. */
  readonly progressId: string;
  /** The case, by the far end's reference; */
  readonly farReference?: string;
  /** or by ours. One of the two is there. */
  readonly caseReference?: string;
  /** How the case stands, in the far end's own word, as it wrote it but in lower case with `_` between words: `in_progress`. Known to nobody here is no fault. */
  readonly status: string;
  /** A finer code of the far end's own, looked up before the status. */
  readonly code?: string;
  /** When it happened, by the far end's clock. */
  readonly at: Date;
  /** What somebody wrote there, as plain text. */
  readonly text?: string;
  /** Its photos in their order, at most ten: where each is fetched, or the photo itself as a `data:` URI in base64 (RFC 2397). The resident sees them where the council shows them the words. */
  readonly photos?: readonly string[];
}

/** Which progress is asked for. @public */
export interface ProgressAsked {
  /** What happened at this moment or later; what came earlier may be told as well. */
  readonly since: Date;
  /** References of cases that are not finished, for a far end that is asked case by case; at most 200. */
  readonly farReferences: readonly string[];
}

/** What a resident wrote about their case after it was handed over. @public */
export interface HandedWords {
  /** The entry's id: the same on every try, and the far end's own key for it. */
  readonly wordsId: string;
  readonly caseId: string;
  /** Ours. */
  readonly caseReference: string;
  readonly farReference?: string;
  readonly at: Date;
  /** Empty when they sent photos only. */
  readonly text: string;
  /** Photos that came with the words, where the far end gets them. */
  readonly photos?: readonly HandedPhoto[];
  /** They say that it is not right, and the case that was finished has been opened again. */
  readonly reopens: boolean;
}

/** A form with files, as it was read. The files are there until the message is answered. @public */
export interface PushedForm {
  /** Several of one name are a list. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly files: readonly PushedFile[];
}
/** A file of a form. `isTruncated`: it was larger than files may be, and is not whole. @public */
export interface PushedFile extends BytesAtRest { readonly field: string; readonly filename: string; readonly mimetype: string; readonly isTruncated: boolean }

/** A message from the far end as it came: the bytes that were sent, before anything read them. @public */
export interface PushedMessage {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
  /** Of a form with files (multipart/form-data) what came with it: then `bytes` are empty. */
  readonly form?: PushedForm;
  /** What stood in the address behind the provider's own place: `servicerequestupdates.xml`. Empty when nothing did. */
  readonly path: string;
}

/** What a message said, and what the far end wants to hear once all of it is kept. @public */
export interface PushTaken {
  readonly progress: readonly Progress[];
  /** An empty 204 unless told. */
  readonly answer?: { readonly contentType: string; readonly body: string };
}

/** How a message that is refused is answered. @public */
export interface PushRefused { readonly status: number; readonly contentType: string; readonly body: string }

/**
 * A system that a council already has and that works on cases: takes them in, and says what becomes of them. One instance per council.
 *
 * Every call has a time-out of its own. One that was not answered, or not in a way that can be read, throws `Unavailable` and may be made again:
 * the same case handed over twice must be one case at the far end.
 * @public
 */
export interface BackOfficeProvider {
  /** For officers: `Highways contractor (Open311)`. */
  readonly title: string;
  /** It passes photos on as files: of those there are no links for an officer to end. As links unless told. */
  readonly takesPhotosAsFiles?: boolean;
  /** Origins, such as its own, that the council's configuration names: photos of what happened are fetched from there also where that is not on the public internet. */
  readonly photoOrigins?: readonly string[];
  /** @throws Unavailable when the outcome is not known */
  handOver(handed: HandedCase): Promise<Outcome<HandedOver, HandOverRefusal>>;
  /** The far end's reference by the ticket that it gave; undefined as long as there is none. @throws Unavailable */
  referenceOf?(ticket: string): Promise<string | undefined>;
  /** Asks what happened since. Order does not matter; repeating does not either. @throws Unavailable */
  progress?(asked: ProgressAsked): Promise<readonly Progress[]>;
  /** Passes on what a resident wrote. The same words twice must be there once. @throws Unavailable when the outcome is not known */
  write?(words: HandedWords): Promise<Outcome<Record<never, never>, HandOverRefusal>>;
  /**
   * Reads what the far end pushed, after proving that it comes from there.
   * @throws NotAuthenticated when it does not, or is too old to be believed
   * @throws InvalidInput when it cannot be read: nothing of it is then taken
   */
  receive?(message: PushedMessage): Promise<PushTaken>;
  /** Says in the far end's protocol why `receive` refused a message; problem details (RFC 9457) unless told. */
  writeRefusal?(error: GuildhallError, message: PushedMessage): PushRefused;
}

/** The port for the systems that a council already has. @public */
export const BACK_OFFICE_PROVIDER = definePort<BackOfficeProvider>('back-office.provider', '0.1.0');
