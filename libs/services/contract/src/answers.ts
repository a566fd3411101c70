import type { Point, Ward } from '@guildhall/addresses-contract';
import type { PlainDate } from '@guildhall/cases-contract';
import type { Page } from './page';
import type { Option, Question } from './question';

/** An address as somebody gave it. @public */
export interface AddressAnswer {
  /** `found` in the gazetteer, or `typed` by hand. */
  readonly way: 'found' | 'typed';
  readonly uprn?: string;
  readonly lines: readonly string[];
  readonly postcode: string;
  readonly point?: Point;
  readonly ward?: Ward;
}
/** A place as somebody gave it. @public */
export interface LocationAnswer {
  /** A property or a street of the gazetteer, a `point` typed or picked on the map, or a place `described` in words. */
  readonly way: 'property' | 'street' | 'point' | 'described';
  readonly uprn?: string;
  readonly usrn?: string;
  readonly lines?: readonly string[];
  readonly postcode?: string;
  readonly point?: Point;
  readonly ward?: Ward;
  /** The point was marked on the map or typed; otherwise it is the middle of the property or street. */
  readonly isMarked?: boolean;
  /** The address nearest to a marked point, in one line. */
  readonly near?: string;
  /** In their own words: `by the bus stop`. */
  readonly note?: string;
}
/** A photo that was taken in. @public */
export interface PhotoAnswer { readonly documentId: string; readonly filename: string }

/** Any answer. Dates are plain dates, money is pence. @public */
export type AnswerValue = string | number | boolean | readonly string[] | AddressAnswer | LocationAnswer | readonly PhotoAnswer[];

/** Answers by question. `null`: the question may be left unanswered, and was. @public */
export type Answers = Readonly<Record<string, AnswerValue | null>>;

interface ValueOf {
  readonly text: string;
  readonly textarea: string;
  readonly 'yes-no': boolean;
  readonly radios: string;
  readonly checkboxes: readonly string[];
  readonly number: number;
  readonly date: PlainDate;
  readonly money: number;
  readonly email: string;
  readonly phone: string;
  readonly name: string;
  readonly address: AddressAnswer;
  readonly location: LocationAnswer;
  readonly photos: readonly PhotoAnswer[];
  readonly declaration: true;
}

/** The type of a question's answer. @public */
export type AnswerOf<Q> = Q extends { readonly type: 'radios'; readonly options: readonly (infer O)[] }
  ? O extends Option ? O['value'] : never
  : Q extends { readonly type: infer T } ? (T extends keyof ValueOf ? ValueOf[T] : never) : never;

type QuestionOf<P> = P extends { readonly questions: readonly (infer Q)[] } ? Extract<Q, Question> : never;
type AlwaysAnswered<P> = P extends { readonly when: unknown } ? never : QuestionOf<P> extends infer Q ? (Q extends { readonly when: unknown } | { readonly optional: true } ? never : Extract<Q, Question>) : never;

/** The answers of a completed journey through these pages: those that everybody is asked are there, the others may be. @public */
export type AnswersOf<Pages extends readonly Page[]> =
  & { readonly [Q in AlwaysAnswered<Pages[number]> as Q['id']]: AnswerOf<Q> }
  & { readonly [Q in QuestionOf<Pages[number]> as Q['id']]?: AnswerOf<Q> | null };
