import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { EVENT_PATTERN } from './filter';

/** Something to read, on one line. */
const TITLE = /^(?=.*\S)\P{Cc}*$/u;

/** What officers choose of a subscription. @public */
export class SubscriptionFields {
  @IsString() @Length(1, 100) @Matches(TITLE, { message: '$property is one line of words' }) title!: string;
  @IsString() @Length(1, 500) url!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @ArrayUnique() @IsString({ each: true }) @Length(1, 100, { each: true }) @Matches(EVENT_PATTERN, { each: true, message: 'each of $property is the type of an event, or the beginning of some with .* at the end' }) eventTypes!: string[];
  /** None: of every type of case. */
  @IsOptional() @IsArray() @ArrayMaxSize(100) @ArrayUnique() @IsString({ each: true }) @Length(1, 100, { each: true }) caseTypes?: string[];
}

/** A new subscription. @public */
export class CreateSubscription extends SubscriptionFields {
  /** UUIDv7 made by whoever asks: asked twice, it is made once. */
  @IsUUID() subscriptionId!: string;
}

/** Other choices for a subscription. @public */
export class ChangeSubscription extends SubscriptionFields {
  /** The version that was seen: when somebody else was first, nothing is changed. */
  @IsInt() @Min(1) version!: number;
}

/** A new secret in the place of the old. @public */
export class RollSecret {
  /** How long the old one signs too, in hours: 24 unless told; 0 when somebody else knows it. */
  @IsOptional() @IsInt() @Min(0) @Max(168) formerSecretForHours?: number;
}

/** What is sent again. @public */
export class ReplayDeliveries {
  /** Events from this instant (RFC 3339). */
  @IsISO8601({ strict: true, strictSeparator: true }) from!: string;
  /** Until before this one. */
  @IsISO8601({ strict: true, strictSeparator: true }) to!: string;
  /** `all`, also what has arrived; or only what did not arrive. */
  @IsIn(['all', 'not-delivered']) which!: 'all' | 'not-delivered';
}
