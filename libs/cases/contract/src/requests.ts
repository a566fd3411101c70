import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsISO8601, IsIn, IsInt, IsLatitude, IsLongitude, IsObject, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min, MinLength, ValidateBy, ValidateNested } from 'class-validator';
import type { Channel, Language, Text } from '@guildhall/kernel-contract';
import type { AnswerOrigin } from './answer-origin';
import type { Words } from './words';

const CHANNELS: readonly Channel[] = ['web', 'telephone', 'counter', 'api', 'job'];
const KEY = /^[\x21-\x7e]{8,200}$/;
const NO_NUL = /^[^\0]*$/;

const isOfUpTo = (most: number, value: unknown): boolean => typeof value === 'string' && value.length <= most && !value.includes('\0');
const isInBoth = (most: number, value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 2 && isOfUpTo(most, (value as { en?: unknown }).en) && isOfUpTo(most, (value as { cy?: unknown }).cy);

/** A string, or a Text with both languages; each up to so many characters. */
function IsWords(most: number): PropertyDecorator {
  return ValidateBy({ name: 'isWords', validator: { validate: (value: unknown) => isOfUpTo(most, value) || isInBoth(most, value), defaultMessage: () => `$property must be text, or text in "en" and "cy", of up to ${most} characters` } });
}

/** A Text with both languages. */
function IsTextInBoth(most: number): PropertyDecorator {
  return ValidateBy({ name: 'isTextInBoth', validator: { validate: (value: unknown) => isInBoth(most, value), defaultMessage: () => `$property must be text in "en" and "cy", of up to ${most} characters` } });
}

/** Another request object inside, checked by its own rules. */
function Nested(make: () => new () => object): PropertyDecorator {
  // class-transformer reads types by reflection; without the polyfill it fails with words that help nobody.
  if (!('getMetadata' in Reflect)) throw new Error('Import "reflect-metadata" (or @guildhall/kernel, which does) before @guildhall/cases-contract.');
  return (target, property) => {
    ValidateNested()(target, property);
    Type(make)(target, property);
  };
}

/** A point, WGS 84 degrees. @public */
export class PointGiven {
  @IsLatitude() latitude!: number;
  @IsLongitude() longitude!: number;
}
/** A ward. @public */
export class WardGiven {
  @IsString() @MaxLength(20) code!: string;
  @IsString() @MaxLength(100) name!: string;
}
/** Where a case is about. @public */
export class LocationGiven {
  @IsOptional() @Matches(/^\d{1,12}$/) uprn?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(7) @IsString({ each: true }) @MaxLength(200, { each: true }) lines?: string[];
  @IsOptional() @IsString() @MaxLength(10) postcode?: string;
  @IsOptional() @Nested(() => PointGiven) point?: PointGiven;
  @IsOptional() @IsBoolean() isMarked?: boolean;
  @IsOptional() @IsBoolean() personal?: boolean;
  @IsOptional() @IsString() @MaxLength(1000) near?: string;
  @IsOptional() @Nested(() => WardGiven) ward?: WardGiven;
  @IsOptional() @IsString() @MaxLength(1000) note?: string;
}
/** How to reach somebody. @public */
export class ContactGiven {
  @IsOptional() @IsString() @MaxLength(200) @Matches(NO_NUL) name?: string;
  @IsOptional() @IsString() @MaxLength(254) @Matches(NO_NUL) email?: string;
  @IsOptional() @IsString() @MaxLength(40) @Matches(NO_NUL) phone?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(7) @IsString({ each: true }) @MaxLength(200, { each: true }) postalLines?: readonly string[];
  @IsOptional() @IsBoolean() isToldElsewhere?: boolean;
}
/** For whom a case is. @public */
export class OpenedFor {
  @IsOptional() @IsUUID() personId?: string;
  @IsOptional() @Nested(() => ContactGiven) contact?: ContactGiven;
  /** In which language to write to them. */
  @IsOptional() @IsIn(['en', 'cy']) language?: Language;
}
/** Who helped, and what entitled them to. @public */
export class AssistanceGiven {
  @IsUUID() officerId!: string;
  @IsString() @MinLength(1) @MaxLength(200) officerName!: string;
  @IsString() @MinLength(1) @MaxLength(100) authority!: string;
  @IsOptional() @IsString() @MaxLength(1000) note?: string;
}
/** Where an answer is from. @public */
export class OriginGiven {
  @IsIn(['told', 'resident', 'adviser']) how!: AnswerOrigin['how'];
  /** Who told it. */
  @IsOptional() @IsTextInBoth(200) by?: Text;
  /** The day from which it is known to be so. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) asAt?: string;
  /** They were asked because whoever could have told it did not answer in time. */
  @IsOptional() @IsBoolean() isUnreachable?: boolean;
  /** Of what was told: the id of the body that told it. */
  @IsOptional() @IsString() @MaxLength(100) bodyId?: string;
}
/** One answer as the check-answers page showed it. @public */
export class AnswerGiven {
  @IsWords(200) section!: Words;
  @IsWords(500) question!: Words;
  @IsWords(10_000) answer!: Words;
  @IsOptional() @IsString() @MaxLength(100) code?: string;
  @IsOptional() @IsBoolean() personal?: boolean;
  @IsOptional() @Nested(() => OriginGiven) origin?: OriginGiven;
}

/** What a change that may be sent twice carries. @public */
export class OnceOnly {
  /** Made by the caller, 8 to 200 printable characters without spaces: the same key never does it twice. */
  @Matches(KEY) idempotencyKey!: string;
}

/** Opens a case. @public */
export class OpenCase extends OnceOnly {
  /** Made by the caller (UUIDv7), so that it can be written down before it is sent. */
  @IsUUID() caseId!: string;
  @IsString() @MaxLength(100) caseType!: string;
  /** From `makeReference`; made by the module when absent. */
  @IsOptional() @Matches(/^[A-Z]{2}-[0-9B-DF-HJKMNP-RTV-Z]{4}-[0-9B-DF-HJKMNP-RTV-Z]{4}$/) reference?: string;
  /** One line without personal data. */
  @IsWords(300) summary!: Words;
  @IsOptional() @Nested(() => OpenedFor) openedFor?: OpenedFor;
  @IsOptional() @Nested(() => AssistanceGiven) assisted?: AssistanceGiven;
  @IsOptional() @Nested(() => LocationGiven) location?: LocationGiven;
  @IsArray() @ArrayMaxSize(200) @Nested(() => AnswerGiven) answers!: AnswerGiven[];
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsUUID(undefined, { each: true }) documents?: string[];
  @IsOptional() @IsUUID() paymentId?: string;
  /** Whoever opens the case tells the person themselves, in a message of their own: none goes out at the opening. */
  @IsOptional() @IsBoolean() isToldElsewhere?: boolean;
  /** How it came; the context's channel when absent. */
  @IsOptional() @IsIn(CHANNELS) channel?: Channel;
}

/** Which case, and on the sight of which version. @public */
export class ChangeCase extends OnceOnly {
  @IsUUID() caseId!: string;
  /** The version that the sender saw; when somebody has changed the case since, nothing is written. Leave out only when nothing can be overwritten. */
  @IsOptional() @IsInt() @Min(1) expectedVersion?: number;
}
/** Moves a case by one of its type's transitions. @public */
export class MoveCase extends ChangeCase {
  @IsString() @MaxLength(50) transition!: string;
  @IsOptional() @IsString() @MaxLength(5000) @Matches(NO_NUL) reasons?: string;
  /** What a resident sends with it. */
  @IsOptional() @IsArray() @ArrayMaxSize(10) @IsUUID(undefined, { each: true }) documents?: string[];
  /** For a resident who has not signed in: the key of the status page's address. */
  @IsOptional() @IsString() @MaxLength(100) statusKey?: string;
}
/** Writes an internal note. @public */
export class NoteOnCase extends ChangeCase {
  @IsString() @MinLength(1) @MaxLength(10_000) @Matches(NO_NUL) text!: string;
  /** An officer is to look: the case is marked until one moves it, notes something on it or writes to the resident. */
  @IsOptional() @IsBoolean() needsAttention?: boolean;
}
/** Writes to the resident without moving the case. @public */
export class TellResident extends ChangeCase {
  @IsString() @MinLength(1) @MaxLength(5000) @Matches(NO_NUL) text!: string;
  /** What is shown with it, such as a photo of the work done; kept with the case before. */
  @IsOptional() @IsArray() @ArrayMaxSize(10) @IsUUID(undefined, { each: true }) documents?: string[];
}
/** A resident writes about their case, or sends documents. @public */
export class WriteToCouncil extends ChangeCase {
  @IsString() @MaxLength(5000) @Matches(NO_NUL) text!: string;
  @IsOptional() @IsArray() @ArrayMaxSize(10) @IsUUID(undefined, { each: true }) documents?: string[];
  @IsOptional() @IsString() @MaxLength(100) statusKey?: string;
}
/** Gives a case to somebody. @public */
export class AssignCase extends ChangeCase {
  /** Nobody when absent. */
  @IsOptional() @IsObject() assignee?: { readonly officerId: string; readonly name: string };
  /** The team's code; stays as it is when absent. */
  @IsOptional() @IsString() @MaxLength(50) team?: string;
}

/** Orders of a list. @public */
export const CASE_SORTS = ['due', 'newest', 'oldest', 'moved'] as const;
/** @public */
export type CaseSort = (typeof CASE_SORTS)[number];

/** Which cases: every condition that is given must hold. @public */
export class ListCases {
  /** `me`, `nobody`, or an officer's id. */
  @IsOptional() @Matches(/^(me|nobody|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/) assignee?: string;
  /** Codes of teams. */
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @MaxLength(50, { each: true }) teams?: string[];
  @IsOptional() @IsString() @MaxLength(100) caseType?: string;
  @IsOptional() @IsString() @MaxLength(50) state?: string;
  /** Code of a ward. */
  @IsOptional() @IsString() @MaxLength(20) ward?: string;
  /** Kind and code of a zone of the council's, `garden-waste-round:tue-2`: where the case's point lay in it when the case was opened. */
  @IsOptional() @IsString() @MaxLength(120) zone?: string;
  /** `unfinished` unless said otherwise. */
  @IsOptional() @IsIn(['unfinished', 'closed', 'any']) status?: 'unfinished' | 'closed' | 'any';
  /** Due on or before this day. */
  @IsOptional() @Matches(/^(?!0000)\d{4}-\d{2}-\d{2}$/) @IsISO8601({ strict: true }) dueBy?: string;
  /** The deadline has passed. */
  @IsOptional() @IsBoolean() @Type(() => Boolean) overdue?: boolean;
  /** Marked for an officer to look at. */
  @IsOptional() @IsBoolean() @Type(() => Boolean) needsAttention?: boolean;
  @IsOptional() @IsUUID() personId?: string;
  /** Words of a reference, a name, an address, a telephone number or an e-mail address: all of them must be found. */
  @IsOptional() @IsString() @MaxLength(200) text?: string;
  @IsOptional() @IsIn(CASE_SORTS) sort?: CaseSort;
  /** The `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(500) after?: string;
  @IsOptional() @IsInt() @Min(1) @Max(100) @Type(() => Number) limit?: number;
}
