import path from 'node:path';
import { CASE_PANEL } from '@guildhall/cases-contract';
import type { SharedPages } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import { ACCOUNT_SECTION } from '@guildhall/portal-contract';
import { Module } from '@nestjs/common';
import { PaymentsInAccount } from './account/payments-in-account';
import { PaymentOnCase } from './desk/payment-on-case';
import { AccountController } from './http/account.controller';
import { DeskController } from './http/desk.controller';
import { PayerController } from './http/payer.controller';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

export { PAYMENT_PAGES } from './page-settings';
export type { MoreOfPayment, PaidByHand, PaymentPageSettings, PaymentShown } from './page-settings';

/** The pages' controllers: a module that provides PAYMENTS imports it, after controllers of its own whose paths would fit a page's. @public */
@Module({ controllers: [PayerController, AccountController, DeskController], providers: [PaymentsInAccount, PaymentOnCase] })
export class PaymentPagesModule {}

/** Their words and templates, and what they show on others' pages: `defineModule({ sharedPages: paymentPages, registers: [...paymentPages.registers] })`. @public */
export const paymentPages = {
  prefix: 'payments', texts, deskTexts, viewsFolder: path.join(__dirname, '../views'),
  registers: [register(ACCOUNT_SECTION, PaymentsInAccount), register(CASE_PANEL, PaymentOnCase)],
} satisfies SharedPages & { readonly registers: readonly unknown[] };
