import type { NewProviderPayment } from '@guildhall/payments-contract';

/** What stops a request at GOV.UK Pay's firewall (API reference, P0920), and what stands in its place where the words are for people to read. */
const FOR_THE_FIREWALL: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '"': '”', '\\': '/', '|': '/' };

/** The body of `POST /v1/payments` (GOV.UK Pay API reference, "Create a payment"): pence, and only what was given. */
export function paymentRequest(payment: NewProviderPayment): object {
  const { payer, metadata } = payment;
  const address = payer?.address;
  return {
    amount: payment.amountInPence, reference: payment.reference, description: readable(payment.description, 255), return_url: payment.returnUrl, language: payment.language,
    ...(payment.email ? { email: payment.email } : {}), ...(payment.isByTelephone ? { moto: true } : {}),
    ...(metadata && Object.keys(metadata).length > 0 ? { metadata: Object.fromEntries(Object.entries(metadata).slice(0, 15).map(([name, value]) => [name.slice(0, 30), readable(value, 100)])) } : {}),
    ...(payer && (payer.name || address) ? { prefilled_cardholder_details: {
      ...(payer.name ? { cardholder_name: readable(payer.name, 255) } : {}),
      ...(address ? { billing_address: { line1: readable(address.line1, 255), ...(address.line2 ? { line2: readable(address.line2, 255) } : {}), city: readable(address.town, 255), postcode: readable(address.postcode, 25), country: address.country } } : {}),
    } } : {}),
  };
}

function readable(text: string, most: number): string { return text.replace(/[<>"\\|]/g, (character) => FOR_THE_FIREWALL[character] ?? ' ').slice(0, most); }
