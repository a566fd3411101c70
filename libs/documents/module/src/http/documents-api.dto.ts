import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { DOCUMENT_LIMITS } from '@guildhall/documents-contract';
import type { DocumentSubject, DocumentVariant } from '@guildhall/documents-contract';

/** What a document belongs to. */
export class SubjectBody implements DocumentSubject {
  @Matches(/^[a-z][a-z0-9.-]{0,59}$/) type!: string;
  @Matches(/^[\x21-\x7e]{1,100}$/) id!: string;
}
/** Makes a document belong to something. */
export class AttachBody {
  @ValidateNested() @Type(() => SubjectBody) subject!: SubjectBody;
  @IsOptional() @ValidateNested() @Type(() => SubjectBody) vouchedFor?: SubjectBody;
}
/** Asks for a link. */
export class LinkBody {
  @IsOptional() @IsIn(['whole', 'thumbnail']) variant?: DocumentVariant;
  @IsOptional() @IsInt() @Min(1) @Max(DOCUMENT_LIMITS.linkInSeconds) forSeconds?: number;
  @IsOptional() @ValidateNested() @Type(() => SubjectBody) vouchedFor?: SubjectBody;
}
