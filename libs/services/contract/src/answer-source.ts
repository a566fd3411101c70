import type { AnswerOrigin } from '@guildhall/cases-contract';
import { defineExtensionPoint, type Outcome, type PersonId, type Refusal, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { Attribute } from './question';

/** What a question wants to know, and of whom. @public */
export interface WantedAnswer {
  /** Absent for somebody who has not signed in. */
  readonly personId?: PersonId;
  /** The service that asks, and what it is called. */
  readonly service: { readonly slug: string; readonly title: Text };
  readonly attribute: Attribute;
  /** What the answer is for, in the words of agreements. */
  readonly purposes: readonly string[];
}

/** An address as it is told. @public */
export interface ToldAddress { readonly lines: readonly string[]; readonly postcode: string; readonly uprn?: string }
/** A value as it is told: yes or no, words, a day as `2026-11-01`, or an address. @public */
export type ToldValue = boolean | string | ToldAddress;

/** An answer that somebody has told, to be used or not. @public */
export interface ToldAnswer {
  /** Names it, so that what was shown is what is used. */
  readonly id: string;
  readonly value: ToldValue;
  readonly origin: AnswerOrigin;
  /** Where it came from, in the reader's language, where the origin alone does not say it: `You told us this for “Allotments”`. */
  readonly words?: string;
  /** Why it was told without being asked for. */
  readonly because?: string;
  /** Where it can be stopped, or forgotten: a path of this site, to which the question's own is added as `back`, so that they can come back to it. */
  readonly stop?: { readonly href: string; readonly words: string };
}

/** What could be had, in the reader's language. Nobody has been asked for anything yet. @public */
export interface AnswerOffer {
  readonly id: string;
  /** From whom: `Aldermoor County Council`. */
  readonly from: string;
  /** What would be asked of whom, and why, in one sentence. */
  readonly sentence: string;
  /** What it saves: `No proof to upload, and decided now`. */
  readonly saves: string;
  /** What else must be read before the press, sentence by sentence. */
  readonly more: readonly string[];
  /** Names these words: the press says which it was pressed below. */
  readonly shown: string;
  /** It is asked for only when somebody presses. False where the law gives no choice. */
  readonly needsPress: boolean;
}

/** What a source has for a question: an answer, something that could be had, or nothing. @public */
export interface SourceHas {
  readonly told?: ToldAnswer;
  readonly offer?: AnswerOffer;
  /** What becomes of an answer that is typed here, in the reader's language: `We keep it for a year, …`. */
  readonly keeps?: string;
  /** Something more is kept, and nobody can say now whether it was stopped: it is not told, and what was told of it before is not taken back. */
  readonly isUnsure?: boolean;
}

/**
 * Why nothing is told. `words-changed`: other words hold than those below which was pressed; they are shown again. `sign-in`: they must sign in there first.
 * @public
 */
export type NotTold = Refusal<'unreachable' | 'refused' | 'not-known' | 'words-changed' | 'sign-in'> & {
  /** For whoever waits, in their language: they are asked themselves now. */
  readonly words: string;
  /** Of `sign-in`: a path of this site that leads there. They come back to their question, and press again. */
  readonly goTo?: string;
};

/** A press on what was offered. @public */
export interface OfferPressed {
  readonly id: string;
  /** The words below which was pressed. */
  readonly shown: string;
  /** The question's path: whoever must sign in elsewhere comes back to it. */
  readonly returnTo: string;
}

/** Why an answer was typed. `asked`: nothing could be had. `chosen` and `wrong`: they did not want what could. The others: it could not be had. @public */
export const TYPED_BECAUSE = ['asked', 'chosen', 'wrong', 'changed', 'unreachable', 'refused', 'not-known'] as const;
/** @public */
export type TypedBecause = (typeof TYPED_BECAUSE)[number];

/**
 * Where answers come from beside the person: what is kept already, or what another body knows.
 * Nothing is asked of anybody by `look`; a source that does not answer is Unavailable, and the journey goes on without it.
 * @public
 * @example register(ANSWER_SOURCE, OnceOnly)
 */
export interface AnswerSource {
  readonly id: string;
  /** What is there or could be had, for a page that is about to be shown. */
  look(ctx: RequestContext, wanted: WantedAnswer): Promise<SourceHas>;
  /** Gets what was offered: it was pressed, or needs no press. */
  get(ctx: RequestContext, wanted: WantedAnswer, pressed: OfferPressed): Promise<Outcome<ToldAnswer, NotTold>>;
  /** They say that what was told is wrong. @returns what becomes of that, in their language, for them to read where they are asked now; or nothing */
  wrong(ctx: RequestContext, wanted: WantedAnswer): Promise<string | undefined | void>;
  /** They typed it themselves. */
  typed(ctx: RequestContext, wanted: WantedAnswer, typed: { readonly value: ToldValue; readonly because: TypedBecause }): Promise<void>;
}

/** Where answers come from beside the person. @public */
export const ANSWER_SOURCE = defineExtensionPoint<AnswerSource>('services.answer-source');
