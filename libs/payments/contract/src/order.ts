import type { FieldError, Outcome } from '@guildhall/kernel-contract';
import { InvalidInput, LANGUAGES, done, refused } from '@guildhall/kernel-contract';
import { MOST_PER_PAYMENT_IN_PENCE, VAT_PER_CENT, totalOf } from './money';
import { paymentId, refundId } from './payment';
import type { PayerAddress, ProviderPayer } from './payment-provider';
import type { PaymentOrder, RefundOrder, RequestRefusal } from './payments-api';

const KEY = /^[A-Za-z0-9._:-]{1,200}$/;
/** One slash, then neither another nor a backslash: browsers read `//host` and `/\host` as another site (WHATWG URL, 4.4). */
const LOCAL_PATH = /^\/(?![/\\])[^\\\s]{0,1999}$/;

/**
 * Checks an order at the edge of every implementation.
 * @public
 * @returns a refusal when it comes to nothing or to more than one payment may
 * @throws InvalidInput with the field of every mistake
 */
export function checkOrder(order: PaymentOrder): Outcome<{ readonly amountInPence: number }, RequestRefusal> {
  const wrong: FieldError[] = [];
  const expect = (isRight: boolean, field: string, message: string): void => { if (!isRight) wrong.push({ field, message }); };
  paymentId(order.paymentId);
  expect(KEY.test(order.idempotencyKey), 'idempotencyKey', 'must be 1 to 200 letters, digits, dots, colons, underscores or hyphens');
  expect(/^[A-Za-z0-9 /-]{1,50}$/.test(order.reference), 'reference', 'must be 1 to 50 letters, digits, spaces, slashes or hyphens');
  for (const language of LANGUAGES) expect(isWords(order.description[language], 200), `description.${language}`, 'must be 1 to 200 characters');
  expect(LANGUAGES.includes(order.language), 'language', 'must be one that the product knows');
  expect(LOCAL_PATH.test(order.returnPath) && !hasControls(order.returnPath), 'returnPath', 'must be a path of the council\'s own app, beginning with one slash');
  expect(/^[a-z][a-z0-9.-]{0,49}$/.test(order.subject.type), 'subject.type', 'must be lower-case letters, digits, dots and hyphens');
  expect(isWords(order.subject.id, 100), 'subject.id', 'must be 1 to 100 characters');
  expect(order.payer?.email === undefined || /^[^\s@]{1,64}@[^\s@]{1,189}$/.test(order.payer.email), 'payer.email', 'must be an email address, like name@place.example');
  const { name, address } = order.payer ?? {};
  expect(name === undefined || isWords(name, 255), 'payer.name', 'must be 1 to 255 characters');
  if (address) for (const [field, isRight, message] of addressChecks(address)) expect(isRight, `payer.address.${field}`, message);
  expect(order.lines.length <= 20, 'lines', 'must be at most 20');
  order.lines.forEach((line, index) => {
    const at = `lines.${index}`;
    expect(/^[a-z0-9][a-z0-9.-]{0,49}$/.test(line.code), `${at}.code`, 'must be lower-case letters, digits, dots and hyphens');
    for (const language of LANGUAGES) expect(isWords(line.title[language], 200), `${at}.title.${language}`, 'must be 1 to 200 characters');
    expect(Number.isSafeInteger(line.amountInPence) && line.amountInPence >= 1, `${at}.amountInPence`, 'must be whole pence, at least 1');
    expect(/^[A-Za-z0-9._/-]{1,50}$/.test(line.ledgerCode), `${at}.ledgerCode`, 'must be 1 to 50 letters, digits, dots, slashes or hyphens');
    expect(line.vatRate in VAT_PER_CENT, `${at}.vatRate`, 'must be one of the VAT rates');
  });
  if (wrong.length > 0) throw new InvalidInput(`The payment ${order.paymentId} was asked for wrongly: ${wrong.map((error) => `${error.field} ${error.message}`).join('; ')}.`, wrong);
  const amountInPence = totalOf(order.lines);
  if (amountInPence === 0) return refused('nothing-to-pay', 'The fees come to nothing, so there is nothing to pay.');
  if (amountInPence > MOST_PER_PAYMENT_IN_PENCE) return refused('too-much', `One payment may be at most ${MOST_PER_PAYMENT_IN_PENCE} pence.`);
  return done({ amountInPence });
}

/** An order by which it is known again: the payer's name and address are for their convenience, and may be told the second time only. @public */
export function withoutPayerDetails({ payer, ...order }: PaymentOrder): PaymentOrder {
  const { name: _name, address: _address, ...who } = payer ?? {};
  return { ...order, ...(Object.keys(who).length > 0 && { payer: who }) };
}

/** A payer's name and address as they may go to a provider; undefined when nothing is known. @public */
export function payerDetailsOf({ name, address }: ProviderPayer = {}): ProviderPayer | undefined {
  return name || address ? { ...(name && { name }), ...(address && { address: { ...address } }) } : undefined;
}

const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}$/i;
/**
 * An address in the United Kingdom out of the lines of an envelope, the postcode last.
 * @public
 * @returns undefined when it is not clear which line is what
 * @example payerAddressFrom(['14 Weir Lane', 'Riverbourne', 'ZZ99 1AA'])
 */
export function payerAddressFrom(lines: readonly string[]): PayerAddress | undefined {
  const [postcode = '', town, ...rest] = lines.map((line) => line.trim()).filter(Boolean).reverse();
  const [line1, ...more] = rest.reverse();
  if (!POSTCODE.test(postcode) || !town || !line1) return undefined;
  const address = { line1, ...(more.length > 0 && { line2: more.join(', ') }), town, postcode: postcode.toUpperCase(), country: 'GB' };
  return addressChecks(address).every(([, isRight]) => isRight) ? address : undefined;
}

function addressChecks({ line1, line2, town, postcode, country }: PayerAddress): readonly (readonly [field: string, isRight: boolean, message: string])[] {
  return [
    ['line1', isWords(line1, 255), 'must be 1 to 255 characters'], ['line2', line2 === undefined || isWords(line2, 255), 'must be 1 to 255 characters'], ['town', isWords(town, 255), 'must be 1 to 255 characters'],
    ['postcode', isWords(postcode, 25), 'must be 1 to 25 characters'], ['country', typeof country === 'string' && /^[A-Z]{2}$/.test(country), 'must be two capital letters, as in ISO 3166-1'],
  ];
}

/** Checks an order to pay back. @public @throws InvalidInput with the field of every mistake */
export function checkRefundOrder(order: RefundOrder): void {
  paymentId(order.paymentId);
  refundId(order.refundId);
  const wrong: FieldError[] = [];
  if (!KEY.test(order.idempotencyKey)) wrong.push({ field: 'idempotencyKey', message: 'must be 1 to 200 letters, digits, dots, colons, underscores or hyphens' });
  if (!Number.isSafeInteger(order.amountInPence) || order.amountInPence < 1) wrong.push({ field: 'amountInPence', message: 'must be whole pence, at least 1' });
  if (order.availableInPence !== undefined && (!Number.isSafeInteger(order.availableInPence) || order.availableInPence < 0)) wrong.push({ field: 'availableInPence', message: 'must be whole pence' });
  if (order.reason.trim().length < 1 || order.reason.length > 500 || order.reason.includes('\u0000')) wrong.push({ field: 'reason', message: 'must be 1 to 500 characters' });
  if (wrong.length > 0) throw new InvalidInput(`The refund ${order.refundId} was asked for wrongly: ${wrong.map((error) => `${error.field} ${error.message}`).join('; ')}.`, wrong);
}

function isWords(text: unknown, most: number): boolean {
  return typeof text === 'string' && text.trim().length > 0 && text.length <= most && !hasControls(text);
}

/** Line breaks, NUL and their like have no place in one line of words or in an address. */
function hasControls(text: string): boolean {
  return [...text].some((character) => character < ' ');
}
