import type { Answer, Json } from '@guildhall/payments-contract/far-end';
import { isRecord, govUkPayProblem } from '@guildhall/payments-contract/far-end';
import type { KnownAccount } from './accounts';
import { isLive } from './accounts';
import { checkRecurring } from './check-recurring';
import { isStopped, stopped } from './firewall';
import type { KeptAgreement } from './kept-agreement';
import type { PayAddress, PayOrder } from './kept-payment';

const MODES: readonly PayOrder['mode'][] = ['web', 'agreement', 'moto_api'];
const missing = (field: string): Answer => govUkPayProblem(400, 'P0101', `Missing mandatory attribute: ${field}`, { field });
const wrong = (field: string, why: string): Answer => govUkPayProblem(422, 'P0102', `Invalid attribute value: ${field}. ${why}`, { field });

/**
 * The body of `POST /v1/payments`, checked as the API reference says; or the refusal. Unknown properties are ignored.
 * @param agreementOf an agreement of this account
 */
export function checkOrder(asked: Json, account: KnownAccount, agreementOf: (id: string) => KeptAgreement | undefined): PayOrder | Answer {
  const { amount, reference, description, return_url: returnUrl, language = 'en', email, metadata, delayed_capture: delayed = false, moto = false, prefilled_cardholder_details: prefilled } = asked;
  if (amount === undefined || amount === null) return missing('amount');
  if (!Number.isSafeInteger(amount)) return wrong('amount', 'Must be a valid numeric format');
  if (Number(amount) < 1) return wrong('amount', 'Must be greater than or equal to 1');
  if (Number(amount) > 10_000_000) return wrong('amount', 'Must be less than or equal to 10000000');
  for (const [name, value] of [['reference', reference], ['description', description]] as const) {
    if (value === undefined || value === null || value === '') return missing(name);
    if (typeof value !== 'string' || value.length > 255) return wrong(name, 'Must be less than or equal to 255 characters length');
    if (isStopped(value)) return stopped();
  }
  const mode = MODES.find((one) => one === (asked.authorisation_mode ?? 'web'));
  if (!mode) return wrong('authorisation_mode', `Must be one of ${MODES.join(', ')}`);
  if (mode === 'moto_api' && account.allowsTelephone === false) return govUkPayProblem(422, 'P0195', 'Using authorisation_mode of moto_api is not allowed for this account');
  if (mode !== 'web' && returnUrl !== undefined) return govUkPayProblem(422, 'P0104', 'Unexpected attribute: return_url', { field: 'return_url' });
  if (mode === 'web') {
    if (returnUrl === undefined || returnUrl === null || returnUrl === '') return missing('return_url');
    if (typeof returnUrl !== 'string' || returnUrl.length > 2000) return wrong('return_url', 'Must be less than or equal to 2000 characters length');
    if (!/^https?:\/\//.test(returnUrl) || !URL.canParse(returnUrl)) return wrong('return_url', 'Must be a valid URL format');
    if (isLive(account) && !returnUrl.startsWith('https://')) return stopped();
  }
  if (language !== 'en' && language !== 'cy') return wrong('language', 'Must be "en" or "cy"');
  if (email !== undefined && (typeof email !== 'string' || email.length > 254)) return wrong('email', 'Must be less than or equal to 254 characters length');
  if (typeof delayed !== 'boolean') return wrong('delayed_capture', 'Must be true or false');
  if (typeof moto !== 'boolean') return wrong('moto', 'Must be true or false');
  if (moto && account.allowsTelephone === false) return govUkPayProblem(422, 'P0196', 'MOTO payments are not enabled for this account. Please contact support if you would like to process MOTO payments');
  const words = checkMetadata(metadata);
  if (words && 'status' in words && 'body' in words) return words as Answer;
  const recurring = checkRecurring(asked, mode, account, agreementOf);
  if ('status' in recurring) return recurring;
  const payer = checkPayer(prefilled);
  if ('status' in payer) return payer;
  return {
    amount: Number(amount), reference: String(reference), description: String(description), ...(mode === 'web' ? { returnUrl: String(returnUrl) } : {}), language, ...(typeof email === 'string' ? { email } : {}),
    ...(words ? { metadata: words as NonNullable<PayOrder['metadata']> } : {}), isDelayedCapture: delayed, isMoto: moto || mode === 'moto_api', mode, ...recurring, ...payer,
  };
}

function checkMetadata(metadata: unknown): PayOrder['metadata'] | Answer | undefined {
  if (metadata === undefined) return undefined;
  if (!isRecord(metadata)) return wrong('metadata', 'Must be an object of JSON key-value pairs');
  const entries = Object.entries(metadata);
  if (entries.length < 1 || entries.length > 15) return wrong('metadata', 'Cannot have more than 15 key-value pairs, or none');
  for (const [name, value] of entries) {
    if (name.length < 1 || name.length > 30) return wrong('metadata', 'Keys must be between 1 and 30 characters long');
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return wrong('metadata', 'Values must be of type String, Boolean or Number');
    if (String(value).length > 100) return wrong('metadata', 'Values must be no greater than 100 characters long');
    if (isStopped(String(value))) return stopped();
  }
  return metadata as NonNullable<PayOrder['metadata']>;
}

function checkPayer(prefilled: unknown): { readonly holder?: string; readonly address?: PayAddress } | Answer {
  if (prefilled === undefined) return {};
  if (!isRecord(prefilled)) return wrong('prefilled_cardholder_details', 'Must be an object');
  const { cardholder_name: holder, billing_address: address } = prefilled;
  if (holder !== undefined && (typeof holder !== 'string' || holder.length > 255)) return wrong('cardholder_name', 'Must be less than or equal to 255 characters length');
  if (address !== undefined && !isRecord(address)) return wrong('billing_address', 'Must be an object');
  for (const [name, most] of [['line1', 255], ['line2', 255], ['city', 255], ['postcode', 25]] as const) {
    const value = address?.[name];
    if (value !== undefined && (typeof value !== 'string' || value.length > most)) return wrong(name, `Must be less than or equal to ${most} characters length`);
  }
  if (address?.country !== undefined && !/^[A-Z]{2}$/.test(String(address.country))) return wrong('country', 'Must be exactly 2 characters length');
  return { ...(typeof holder === 'string' ? { holder } : {}), ...(address ? { address } : {}) };
}
