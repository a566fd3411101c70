import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS, type AssistedAuthority, type AssistedCheck } from '@guildhall/identity-contract';
import { RIGHTS, type PauseReason, type Right } from '@guildhall/information-rights-contract';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min, ValidateNested } from 'class-validator';

/** On whose authority somebody asks for a person, and after which checks. */
export class BasisBody {
  @IsIn(ASSISTED_AUTHORITIES) authority!: AssistedAuthority;
  @IsArray() @ArrayMaxSize(20) @IsIn(ASSISTED_CHECKS, { each: true }) checks!: AssistedCheck[];
}
/** Which right, and whose. */
export class AskBody {
  @IsUUID() personId!: string;
  @IsIn(RIGHTS) kind!: Right;
  @ValidateNested() @Type(() => BasisBody) basis!: BasisBody;
}
/** As whoever changes it saw it. */
export class SeenBody { @IsInt() @Min(1) version!: number }
/** With words to the person. */
export class SaidBody extends SeenBody { @IsString() words!: string }
export class PauseBody extends SaidBody { @IsIn(['identity', 'clarification']) reason!: PauseReason }
/** Numbers of records that are about somebody else. */
export class GiveCopyBody extends SeenBody { @IsArray() @ArrayMaxSize(5000) @IsInt({ each: true }) leaveOut!: number[] }
export class DecisionBody {
  @IsInt() @Min(1) number!: number;
  @IsIn(['erase', 'keep']) decision!: 'erase' | 'keep';
  @IsOptional() @IsString() @MaxLength(2000) because?: string;
}
export class DecideErasureBody extends SeenBody { @IsArray() @ArrayMaxSize(5000) @ValidateNested({ each: true }) @Type(() => DecisionBody) decisions!: DecisionBody[] }
