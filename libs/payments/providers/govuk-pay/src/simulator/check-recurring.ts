import type { Answer, Json } from '@guildhall/payments-contract/far-end';
import { govUkPayProblem } from '@guildhall/payments-contract/far-end';
import type { KnownAccount } from './accounts';
import { isStopped, stopped } from './firewall';
import type { AgreementOrder, KeptAgreement } from './kept-agreement';
import type { AgreementPaymentType, PayOrder } from './kept-payment';

const ID_LENGTH = 26;
const PAYMENT_TYPES: readonly AgreementPaymentType[] = ['instalment', 'recurring', 'unscheduled'];
/** What is the payer's, who is not there. */
const NEEDS_THE_PAYER = ['email', 'prefilled_cardholder_details'];

const notEnabled = (): Answer => govUkPayProblem(422, 'P0942', 'Recurring card payments are currently disabled for this service');
const unexpected = (field: string): Answer => govUkPayProblem(400, 'P0104', `Unexpected attribute: ${field}`);
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** The body of `POST /v1/agreements`, checked as the API reference says; or the refusal. Unknown properties are ignored. */
export function checkAgreement(asked: Json, account: KnownAccount): AgreementOrder | Answer {
  const wrong = (field: string, why: string): Answer => govUkPayProblem(422, 'P2102', `Invalid attribute value: ${field}. ${why}`, { field });
  for (const name of ['reference', 'description', 'user_identifier']) {
    const value = asked[name];
    if (name === 'user_identifier' && !isGiven(value)) continue;
    if (!isGiven(value) || value === '') return name === 'user_identifier' ? wrong(name, 'Must be between 1 and 255 characters length') : govUkPayProblem(400, 'P2101', `Missing mandatory attribute: ${name}`, { field: name });
    if (typeof value !== 'string') return wrong(name, 'Must be a valid string format');
    if (value.length > 255) return wrong(name, 'Must be less than or equal to 255 characters length');
    if (isStopped(value)) return stopped();
  }
  if (account.allowsRecurring === false) return notEnabled();
  return { reference: String(asked.reference), description: String(asked.description), ...(isGiven(asked.user_identifier) ? { userIdentifier: String(asked.user_identifier) } : {}) };
}

/** What a payment has to do with an agreement: that its success sets one up, that it is taken by one, or nothing; or the refusal. */
export function checkRecurring(asked: Json, mode: PayOrder['mode'], account: KnownAccount, agreementOf: (id: string) => KeptAgreement | undefined): Pick<PayOrder, 'setUpAgreement' | 'agreementId' | 'agreementPaymentType'> | Answer {
  const wrong = (status: 400 | 422, field: string, why: string, code = 'P0102'): Answer => govUkPayProblem(status, code, `Invalid attribute value: ${field}. ${why}`, { field });
  const { set_up_agreement: setUp, agreement_id: by, agreement_payment_type: type = 'recurring' } = asked;
  const isBy = mode === 'agreement';
  for (const [name, id] of [['set_up_agreement', setUp], ['agreement_id', by]] as const) if (isGiven(id) && (typeof id !== 'string' || id.length !== ID_LENGTH)) return wrong(422, name, `Must be exactly ${ID_LENGTH} characters length`);
  if (isGiven(by) && !isBy) return unexpected('agreement_id');
  if (!isGiven(setUp) && !isBy) return isGiven(asked.agreement_payment_type) ? unexpected('agreement_payment_type') : {};
  const agreementPaymentType = PAYMENT_TYPES.find((one) => one === type);
  if (!agreementPaymentType) return wrong(422, 'agreement_payment_type', `Must be one of ${PAYMENT_TYPES.join(', ')}`);
  if (account.allowsRecurring === false) return notEnabled();
  if (isGiven(setUp)) {
    if (mode !== 'web') return unexpected('set_up_agreement');
    if (!agreementOf(String(setUp))) return wrong(400, 'set_up_agreement', 'Agreement ID does not exist', 'P0103');
    return { setUpAgreement: String(setUp), agreementPaymentType };
  }
  if (!isGiven(by)) return govUkPayProblem(400, 'P0101', 'Missing mandatory attribute: agreement_id');
  if (asked.moto === true) return unexpected('moto');
  const payers = NEEDS_THE_PAYER.find((name) => isGiven(asked[name]));
  if (payers) return unexpected(payers);
  const agreement = agreementOf(String(by));
  if (!agreement) return wrong(400, 'agreement_id', 'Agreement does not exist');
  if (agreement.status !== 'active') return wrong(400, 'agreement_id', 'Agreement must be active');
  return { agreementId: agreement.id, agreementPaymentType };
}
