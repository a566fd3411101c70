import type { Text } from '@guildhall/kernel-contract';
import type { Condition } from './condition';

/** Names a thing that may be known of a person or a place, in the shared catalogue: `address.current`, `council-tax-reduction.receives`. @public */
export type Attribute = `${string}.${string}`;

interface Asked<Type extends string> {
  readonly type: Type;
  /** Names the answer: `numberOfBins`. Letters and digits, beginning with a small letter; unique in the service. */
  readonly id: string;
  /** The question as it is asked. */
  readonly title: Text;
  /** What the answer is called in a summary, where the question itself reads badly there. */
  readonly shortTitle?: Text;
  /** Stands before the field. */
  readonly hint?: Text;
  /** Asked only when this holds of the answers on earlier pages. */
  readonly when?: Condition;
  /** The attribute that the answer fills, and from which it may be known already. */
  readonly attribute?: Attribute;
  /** What the answer is for, in the words of agreements: `garden-waste-concession`. The service's slug unless told. Whoever may use it for one of these is not asked for it again. */
  readonly purposes?: readonly [string, ...string[]];
  /** The answer says something about a person. True unless said otherwise of name, email, phone and address. */
  readonly personal?: boolean;
}

/** Whether an answer may be left out; if not, what is said when it is: `Select how many bins you want`. */
type Answering = { readonly optional: true; readonly missing?: undefined } | { readonly optional?: undefined; readonly missing: Text };
/** The same, where the product has words of its own. */
type AnsweringInOurWords = { readonly optional?: boolean; readonly missing?: Text };

/** One of the things that can be chosen. @public */
export interface Option {
  readonly value: string;
  readonly title: Text;
  readonly hint?: Text;
}

/** One line of words. @public */
export type TextQuestion = Asked<'text'> & Answering & {
  /** 200 characters unless told. */
  readonly maxLength?: number;
  /** As wide as so many characters. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  /** Purpose of the field, so that browsers can fill it in (WCAG 1.3.5). */
  readonly autocomplete?: string;
};
/** Several lines of words, with a limit that is counted for the writer. @public */
export type TextareaQuestion = Asked<'textarea'> & Answering & {
  /** 1,000 characters unless told. */
  readonly maxLength?: number;
  readonly rows?: number;
};
/** Yes or no. @public */
export type YesNoQuestion = Asked<'yes-no'> & Answering & { readonly yes?: Text; readonly no?: Text };
/** One of several. @public */
export type RadiosQuestion = Asked<'radios'> & Answering & { readonly options: readonly Option[] };
/** Any of several. @public */
export type CheckboxesQuestion = Asked<'checkboxes'> & Answering & {
  readonly options: readonly Option[];
  /** "None of these": rules out all others. */
  readonly noneOption?: Option;
};
/** A whole number. @public */
export type NumberQuestion = Asked<'number'> & Answering & {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Stands behind the field: `bins`. */
  readonly unit?: Text;
  /** What one of it is called, when that is another word. */
  readonly unitOfOne?: Text;
};
/** A day. @public */
export type DateQuestion = Asked<'date'> & Answering & {
  /** Not before: days from today, 0 being today. */
  readonly earliestInDays?: number;
  /** Not after: days from today. */
  readonly latestInDays?: number;
  /** A birthday: browsers may fill it in. */
  readonly isBirthday?: boolean;
};
/** An amount of money. @public */
export type MoneyQuestion = Asked<'money'> & Answering & { readonly atLeastInPence?: number; readonly atMostInPence?: number };
/** @public */
export type EmailQuestion = Asked<'email'> & AnsweringInOurWords;
/** @public */
export type PhoneQuestion = Asked<'phone'> & AnsweringInOurWords & {
  /** Text messages go there: a mobile number is asked for. */
  readonly forTexts?: boolean;
};
/** A person's whole name, in one field. @public */
export type NameQuestion = Asked<'name'> & AnsweringInOurWords;
/** An address: by postcode or words, or by hand, on the same step. @public */
export type AddressQuestion = Asked<'address'> & AnsweringInOurWords & {
  /** Only an address of the gazetteer will do: something is delivered or collected there. By hand it is still taken, and an officer checks it. */
  readonly mustBeHere?: boolean;
};
/** A place: an address, a street, a point typed or picked on the map, or a description. @public */
export type LocationQuestion = Asked<'location'> & AnsweringInOurWords;
/** Photos: camera or files. @public */
export type PhotosQuestion = Asked<'photos'> & AnsweringInOurWords & {
  /** 3 unless told, at most 5. */
  readonly atMost?: number;
};
/** Something that must be confirmed. @public */
export type DeclarationQuestion = Asked<'declaration'> & AnsweringInOurWords & {
  /** Sentences that are confirmed, as a list. */
  readonly statements: readonly Text[];
  /** The words beside the box: `I confirm that this is true`. */
  readonly confirm: Text;
};

/** A question of a service. @public */
export type Question =
  | TextQuestion | TextareaQuestion | YesNoQuestion | RadiosQuestion | CheckboxesQuestion | NumberQuestion | DateQuestion | MoneyQuestion | EmailQuestion | PhoneQuestion | NameQuestion
  | AddressQuestion | LocationQuestion | PhotosQuestion | DeclarationQuestion;
/** @public */
export type QuestionType = Question['type'];

/** Types whose answers are about a person unless the question says otherwise. */
const PERSONAL: readonly QuestionType[] = ['name', 'email', 'phone', 'address'];

/** Whether the answer is about a person. @public */
export function isPersonal(question: Question): boolean {
  return question.personal ?? PERSONAL.includes(question.type);
}

/** The most photos that a question takes. @public */
export function mostPhotos(question: PhotosQuestion): number {
  return question.atMost ?? 3;
}
/** The most characters that a question of words takes. @public */
export function mostCharacters(question: TextQuestion | TextareaQuestion | NameQuestion): number {
  if (question.type === 'name') return 150;
  return question.maxLength ?? (question.type === 'text' ? 200 : 1000);
}
