import { IsArray, IsEmail, IsIn, IsInt, IsObject, IsOptional, IsString, IsUUID, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import type { Language } from '@guildhall/kernel-contract';
import type { VatRate } from '@guildhall/payments-contract';

/** Words in both languages, in a body. What they may be is checked where orders are checked, for every way in alike. */
export class TextBody {
  @IsString() @MaxLength(200) en!: string;
  @IsString() @MaxLength(200) cy!: string;
}
/** One fee, in a body. */
export class FeeLineBody {
  @IsString() @MaxLength(50) code!: string;
  @IsObject() @ValidateNested() @Type(() => TextBody) title!: TextBody;
  @IsInt() amountInPence!: number;
  @IsString() @MaxLength(50) ledgerCode!: string;
  @IsIn(['standard', 'reduced', 'zero', 'exempt', 'outside-the-scope']) vatRate!: VatRate;
}
/** What is paid for, in a body. */
export class PaymentSubjectBody {
  @IsString() @MaxLength(50) type!: string;
  @IsString() @MaxLength(100) id!: string;
}
/** Where a card's bills go, in a body. */
export class PayerAddressBody {
  @IsString() @MaxLength(255) line1!: string;
  @IsOptional() @IsString() @MaxLength(255) line2?: string;
  @IsString() @MaxLength(255) town!: string;
  @IsString() @MaxLength(25) postcode!: string;
  @IsString() @Length(2, 2) country!: string;
}
/** Who pays, in a body. */
export class PayerBody {
  @IsOptional() @IsUUID() personId?: string;
  @IsOptional() @IsEmail() @MaxLength(254) email?: string;
  @IsOptional() @IsString() @MaxLength(255) name?: string;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => PayerAddressBody) address?: PayerAddressBody;
}
/** `POST /api/payments/v1/payments`, with the header `Idempotency-Key`. */
export class PaymentOrderBody {
  @IsUUID() paymentId!: string;
  @IsString() @Length(1, 50) reference!: string;
  @IsObject() @ValidateNested() @Type(() => TextBody) description!: TextBody;
  @IsArray() @ValidateNested({ each: true }) @Type(() => FeeLineBody) lines!: FeeLineBody[];
  @IsObject() @ValidateNested() @Type(() => PaymentSubjectBody) subject!: PaymentSubjectBody;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => PayerBody) payer?: PayerBody;
  @IsString() @MaxLength(2000) returnPath!: string;
  @IsIn(['en', 'cy']) language!: Language;
}
/** `POST /api/payments/v1/payments/:id/refunds`, with the header `Idempotency-Key`. */
export class RefundOrderBody {
  @IsUUID() refundId!: string;
  @IsInt() @Min(1) @Max(10_000_000) amountInPence!: number;
  @IsOptional() @IsInt() @Min(0) availableInPence?: number;
  @IsString() @Length(1, 500) reason!: string;
}
