import type { Answer } from '@guildhall/payments-contract/far-end';
import type { KnownAccount } from './accounts';
import { isLive } from './accounts';
import type { Form } from './form';
import { formIn, textIn, textsIn } from './form';
import type { SessionOrder } from './kept-session';
import { invalid, missing, stripeProblem } from './problems';

const KNOWN: readonly string[] = [
  'adaptive_pricing', 'after_expiration', 'allow_promotion_codes', 'allowed_payment_method_types', 'automatic_tax', 'billing_address_collection', 'branding_settings', 'cancel_url', 'client_reference_id', 'consent_collection', 'currency', 'custom_fields',
  'custom_text', 'customer', 'customer_creation', 'customer_email', 'customer_update', 'discounts', 'excluded_payment_method_types', 'expand', 'expires_at', 'invoice_creation', 'line_items', 'locale', 'metadata', 'mode', 'name_collection', 'optional_items',
  'payment_intent_data', 'payment_method_configuration', 'payment_method_data', 'payment_method_options', 'permissions', 'phone_number_collection', 'return_url', 'saved_payment_method_options', 'submit_type', 'success_url', 'tax_id_collection', 'ui_mode', 'wallet_options',
];
/** Stripe's page speaks these; Welsh is not among them. */
const LOCALES: readonly string[] = ['auto', 'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW'];
/** The least that a card may be charged, in pence (docs.stripe.com/currencies, "Minimum charge amounts"), and the most that the API's field holds. */
const LEAST = 30;
const MOST = 99_999_999;
const DAY_IN_SECONDS = 24 * 60 * 60;

/** The body of `POST /v1/checkout/sessions`, checked as the API reference says; or the refusal. This far end knows payments in pounds on the hosted page, and nothing else of Stripe's. */
export function checkOrder(form: Form, account: KnownAccount, now: Date): { readonly order: SessionOrder; readonly expiresAt: number } | Answer {
  const unknown = Object.keys(form).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) return stripeProblem(400, 'invalid_request_error', `Received unknown parameter: ${unknown.slice(0, 100)}`, { code: 'parameter_unknown', param: unknown.slice(0, 100) });
  if (textIn(form, 'mode') === undefined) return missing('mode');
  if (textIn(form, 'mode') !== 'payment') return invalid('mode', 'This stand-in takes mode=payment only.');
  if ((textIn(form, 'ui_mode') ?? 'hosted_page') !== 'hosted_page') return invalid('ui_mode', 'This stand-in has the hosted page only.');
  const lines = Object.values(formIn(form, 'line_items') ?? {}).filter((line): line is Form => typeof line === 'object');
  if (lines.length === 0) return missing('line_items');
  let amount = 0;
  const names: string[] = [];
  for (const [index, line] of lines.entries()) {
    const at = `line_items[${index}]`;
    const price = formIn(line, 'price_data');
    const name = textIn(formIn(price, 'product_data'), 'name');
    const [unit, quantity] = [textIn(price, 'unit_amount'), textIn(line, 'quantity')];
    if (textIn(price, 'currency') !== 'gbp') return invalid(`${at}[price_data][currency]`, 'This stand-in takes pounds (gbp) only.');
    if (name === undefined) return missing(`${at}[price_data][product_data][name]`);
    if (unit === undefined || !/^\d{1,12}$/.test(unit)) return invalid(`${at}[price_data][unit_amount]`, `Invalid integer: ${unit?.slice(0, 20) ?? ''}`, 'parameter_invalid_integer');
    if (quantity === undefined || !/^[1-9]\d{0,5}$/.test(quantity)) return invalid(`${at}[quantity]`, `Invalid integer: ${quantity?.slice(0, 20) ?? ''}`, 'parameter_invalid_integer');
    amount += Number(unit) * Number(quantity);
    names.push(name);
  }
  if (amount < LEAST) return stripeProblem(400, 'invalid_request_error', 'The Checkout Session\'s total amount due must add up to at least £0.30 gbp', { code: 'amount_too_small' });
  if (amount > MOST) return stripeProblem(400, 'invalid_request_error', 'Amount must be no more than £999,999.99', { code: 'amount_too_large', param: 'line_items' });
  const urls = { success_url: textIn(form, 'success_url'), cancel_url: textIn(form, 'cancel_url') };
  if (urls.success_url === undefined) return missing('success_url');
  for (const [param, url] of Object.entries(urls)) {
    if (url !== undefined && (!/^https?:\/\//.test(url) || !URL.canParse(url) || url.length > 5000)) return invalid(param, 'Not a valid URL', 'url_invalid');
    if (url !== undefined && isLive(account) && !url.startsWith('https://')) return invalid(param, 'Livemode requests must always be redirected via HTTPS.', 'url_invalid');
  }
  const reference = textIn(form, 'client_reference_id');
  if (reference !== undefined && reference.length > 200) return invalid('client_reference_id', 'Invalid string: must be at most 200 characters');
  const email = textIn(form, 'customer_email');
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) return invalid('customer_email', 'Invalid email address', 'email_invalid');
  const locale = textIn(form, 'locale') ?? 'auto';
  if (!LOCALES.includes(locale)) return invalid('locale', `Invalid locale: must be one of ${LOCALES.join(', ')}`);
  const latest = Math.floor(now.getTime() / 1000) + DAY_IN_SECONDS;
  const ends = textIn(form, 'expires_at');
  if (ends !== undefined && (!/^\d{1,12}$/.test(ends) || Number(ends) < latest - DAY_IN_SECONDS + 1800 || Number(ends) > latest)) return invalid('expires_at', 'The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.');
  const intent = formIn(form, 'payment_intent_data');
  const [metadata, intentMetadata] = [textsIn(formIn(form, 'metadata')), textsIn(formIn(intent, 'metadata'))];
  const wrong = wrongMetadata(metadata, 'metadata') ?? wrongMetadata(intentMetadata, 'payment_intent_data[metadata]');
  if (wrong) return wrong;
  return {
    order: { amount, name: names.join(', '), reference, successUrl: urls.success_url, cancelUrl: urls.cancel_url, email, locale, methods: Object.values(textsIn(formIn(form, 'allowed_payment_method_types'))), metadata, intentMetadata, intentDescription: textIn(intent, 'description') },
    expiresAt: ends === undefined ? latest : Number(ends),
  };
}

/** At most 50 names of 40 characters, with values of 500 (API reference, "Metadata"). */
export function wrongMetadata(metadata: Readonly<Record<string, string>>, param: string): Answer | undefined {
  const entries = Object.entries(metadata);
  if (entries.length > 50) return invalid(param, 'Metadata can have at most 50 keys.');
  if (entries.some(([name]) => name.length > 40)) return invalid(param, 'Metadata keys can be at most 40 characters long.');
  return entries.some(([, value]) => value.length > 500) ? invalid(param, 'Metadata values can be at most 500 characters long.') : undefined;
}
