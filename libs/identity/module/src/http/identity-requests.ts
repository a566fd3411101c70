import 'reflect-metadata';
import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS } from '@guildhall/identity-contract';
import type { AssistedAuthority, AssistedCheck } from '@guildhall/identity-contract';
import { LANGUAGES } from '@guildhall/kernel-contract';
import type { Language, PersonId } from '@guildhall/kernel-contract';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDate, IsIn, IsOptional, IsString, IsUUID, Length, MaxLength, ValidateNested } from 'class-validator';

/** A contact that somebody verified. */
export class ContactBody {
  @IsIn(['email', 'text']) channel!: 'email' | 'text';
  @IsString() @Length(3, 254) address!: string;
}

/** POST /people: the person with a verified contact, or a new one. */
export class FindOrCreateBody {
  @IsUUID() personId!: PersonId;
  @ValidateNested() @Type(() => ContactBody) contact!: ContactBody;
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsIn(LANGUAGES) preferredLanguage?: Language;
}

/** On what authority an adviser acts, and after which checks. */
export class BasisBody {
  @IsIn(ASSISTED_AUTHORITIES) authority!: AssistedAuthority;
  @IsArray() @ArrayMaxSize(ASSISTED_CHECKS.length) @IsIn(ASSISTED_CHECKS, { each: true }) checks!: AssistedCheck[];
}

/** POST /assisted-people. */
export class AssistedBody {
  @IsUUID() personId!: PersonId;
  @IsString() @MaxLength(200) name!: string;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsOptional() @IsString() @MaxLength(40) phone?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(7) @IsString({ each: true }) @MaxLength(100, { each: true }) address?: string[];
  @IsOptional() @IsString() @MaxLength(12) uprn?: string;
  @IsOptional() @IsIn(LANGUAGES) preferredLanguage?: Language;
  @ValidateNested() @Type(() => BasisBody) basis!: BasisBody;
}

/** PATCH /people/<id>. `null` forgets; what is left out stays. */
export class ContactChangesBody {
  @IsOptional() @IsString() @MaxLength(200) name?: string | null;
  @IsOptional() @IsString() @MaxLength(254) email?: string | null;
  @IsOptional() @IsString() @MaxLength(40) phone?: string | null;
  @IsOptional() @IsIn(LANGUAGES) preferredLanguage?: Language | null;
  @IsOptional() @IsString() @MaxLength(12) uprn?: string | null;
  @IsOptional() @IsArray() @ArrayMaxSize(7) @IsString({ each: true }) @MaxLength(100, { each: true }) address?: string[] | null;
}

/** What a claim code gives. */
export class SubjectBody {
  @IsString() @Length(1, 60) type!: string;
  @IsString() @Length(1, 100) id!: string;
}

/** POST /claim-codes. */
export class ClaimCodeBody {
  @IsUUID() claimId!: string;
  @IsUUID() personId!: PersonId;
  @IsOptional() @ValidateNested() @Type(() => SubjectBody) subject?: SubjectBody;
}

/** PUT /machine-clients/<id>. */
export class MachineBody {
  @IsString() @Length(1, 200) title!: string;
  @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) permissions!: string[];
  @Type(() => Date) @IsDate() expiresAt!: Date;
}
