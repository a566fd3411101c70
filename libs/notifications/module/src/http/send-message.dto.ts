import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, ValidateBy, ValidateNested } from 'class-validator';
import type { PersonId } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, type MessageChannel, type MessageLanguage, type MessageValues } from '@guildhall/notifications-contract';

const LANGUAGES_OF_MESSAGES: readonly MessageLanguage[] = ['en', 'cy', 'both'];

/** Values by placeholder: words, words per language, lists of either, yes or no. */
function IsMessageValues(): PropertyDecorator {
  return ValidateBy({ name: 'isMessageValues', validator: { validate: areMessageValues, defaultMessage: () => '$property must hold words, words per language, lists of them, or true or false' } });
}

function areMessageValues(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length <= 100
    && Object.values(value).every((each) => typeof each === 'boolean' || isWords(each) || (Array.isArray(each) && each.every(isWords)));
}

function isWords(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null) return false;
  const { en, cy, ...rest } = value as { en?: unknown; cy?: unknown };
  return typeof en === 'string' && typeof cy === 'string' && Object.keys(rest).length === 0;
}

/** To whom, as it comes over HTTP. Whether an address can be used is decided later, by channel. */
export class RecipientBody {
  @IsOptional() @IsUUID() personId?: PersonId;
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsString() @Length(1, 320) email?: string;
  @IsOptional() @IsString() @Length(1, 40) phone?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(10) @IsString({ each: true }) @Length(0, 200, { each: true }) postalLines?: string[];
}

/** What a message is about. */
export class SubjectBody {
  @IsString() @Length(1, 60) type!: string;
  @IsString() @Length(1, 200) id!: string;
}

/** `POST /api/notifications/v1/messages` */
export class SendMessageBody {
  @IsUUID() messageId!: string;
  @IsString() @Length(1, 200) idempotencyKey!: string;
  @IsString() @Length(1, 200) templateId!: string;
  @ValidateNested() @Type(() => RecipientBody) to!: RecipientBody;
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(MESSAGE_CHANNELS, { each: true }) channels?: MessageChannel[];
  @IsIn(LANGUAGES_OF_MESSAGES) language!: MessageLanguage;
  @IsMessageValues() values!: MessageValues;
  @IsOptional() @ValidateNested() @Type(() => SubjectBody) about?: SubjectBody;
}

/** `POST /api/notifications/v1/previews` */
export class PreviewBody {
  @IsString() @Length(1, 200) templateId!: string;
  @IsIn(MESSAGE_CHANNELS) channel!: MessageChannel;
  @IsIn(LANGUAGES_OF_MESSAGES) language!: MessageLanguage;
  @IsMessageValues() values!: MessageValues;
}

/** `PUT /api/notifications/v1/people/{id}/preferences` */
export class PreferencesBody {
  @IsOptional() @IsIn(MESSAGE_CHANNELS) channel?: MessageChannel;
  @IsBoolean() stopsNews!: boolean;
}
