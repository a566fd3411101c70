import type { ConnectionCheck } from '@guildhall/kernel-contract';
import type { GovUkPayClient } from './govuk-pay.client';
import type { GovUkPaySettings } from './govuk-pay.provider';
import { body, codeOf } from './read-answers';

/** More than this and receipts, expiry and the reading of settlements are wrong. */
const MOST_SKEW_IN_SECONDS = 120;

/** Whether GOV.UK Pay answers, takes the key, and has what this council's settings need; in words that say what to do. Makes no payment. */
export async function checkConnection(client: GovUkPayClient, { clock, webhookSecrets, takesTelephonePayments, councilOrigin, isTestKey }: GovUkPaySettings): Promise<ConnectionCheck> {
  const wrong = (message: string): ConnectionCheck => ({ ok: false, message });
  try {
    const asked = await client.send('/payments?display_size=1', { operation: 'check', mayRepeat: true });
    if (asked.status === 401 || asked.status === 403) return wrong(`GOV.UK Pay does not accept the API key (${asked.status}${codeOf(asked) ? `, ${codeOf(asked)}` : ''}). Make a new one in its admin tool under Settings, API keys, and set GOVUK_PAY_API_KEY.`);
    if (asked.status !== 200) return wrong(`GOV.UK Pay answered ${asked.status} to a search. Look at payments.statuspage.io, and at the origin in the configuration.`);
    body(asked);
    const skew = Math.round((Date.parse(asked.headers.date ?? '') - clock.now().getTime()) / 1000);
    if (Math.abs(skew) > MOST_SKEW_IN_SECONDS) return wrong(`GOV.UK Pay answers, but this server's clock is ${Math.abs(skew)} seconds ${skew > 0 ? 'slow' : 'fast'}. Set it by a time server (NTP).`);
  } catch (error) { return wrong(`${error instanceof Error ? error.message : String(error)} Look whether this server may call ${client.host}, and at payments.statuspage.io.`); }
  if (!isTestKey && !councilOrigin.startsWith('https://')) return wrong(`A live key needs a return address with https, and PUBLIC_ORIGIN is ${councilOrigin}.`);
  if (webhookSecrets.some((secret) => secret.reveal().trim() === '')) return wrong('A signing secret of the webhooks is empty. Copy it from the GOV.UK Pay admin tool under Settings, Webhooks.');
  return { ok: true, message: [
    isTestKey ? 'GOV.UK Pay answers and accepts the test key: no money moves.' : 'GOV.UK Pay answers and accepts the live key.',
    webhookSecrets.length > 0 ? `Its webhooks lead to ${councilOrigin}/payments/webhooks/govuk-pay.` : 'No webhooks are set up: payments are asked about instead.',
    ...(takesTelephonePayments ? ['Whether the account may take telephone payments shows with the first one.'] : []),
  ].join(' ') };
}
