import { createHash, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { request, runApp } from './app-process.mjs';

const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';
const MACHINE = 'bench-payments';
const MACHINE_SECRET = 'bench-secret-of-no-importance';
const HEADERS = { authorization: `Bearer ${MACHINE}.${MACHINE_SECRET}`, 'content-type': 'application/json', accept: 'application/json' };
const URL = '/api/payments/v1/payments';

/** What the parts about payments share: the simulator of GOV.UK Pay in the bench's own process, how to start a Riverbourne that takes its payments there, and a credential with which to take them. */
export async function openSimulator({ database, folder, root, port }) {
  const { startGovUkPaySimulator, paySignature } = createRequire(path.join(root, 'apps/riverbourne/package.json'))('@guildhall/payments-provider-govuk-pay/simulator');
  const [apiKey, webhookSecret] = ['api_test_bench', 'bench-webhooks-of-no-importance'];
  const pay = await startGovUkPaySimulator({ port, hasRateLimits: false, accounts: [{ apiKey }] });
  const env = {
    DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000',
    PAY_ORIGIN: pay.origin, PAY_KEY: apiKey, PAY_WEBHOOK_SECRET: webhookSecret,
  };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  await database.owner.query(`insert into identity.machine_client (council_id, client_id, title, secret_hash, permissions, created_at, changed_at, expires_at) values ($1, $2, 'Bench', $3, '{payments.take,payments.view}', now(), now(), now() + interval '1 day') on conflict do nothing`, [COUNCIL, MACHINE, createHash('sha256').update(MACHINE_SECRET).digest('base64url')]);
  return { pay, env, data, main: path.join(root, 'tools/bench/paying-main.cjs'), sign: (body) => paySignature(body, webhookSecret) };
}

/** Takes a payment: the payer has the address of the provider's page. */
export async function takePayment(port) {
  const order = orderOf();
  return begun(await sent(port, `${URL}/take`, { ...HEADERS, 'idempotency-key': order.paymentId }, order));
}

/** Asks for a payment, and begins it. */
export async function askAndStart(port) {
  const order = orderOf();
  await sent(port, URL, { ...HEADERS, 'idempotency-key': order.paymentId }, order);
  return begun(await sent(port, `${URL}/${order.paymentId}/start`, HEADERS, {}));
}

/** Payments of several payers at once. */
export async function takePayments(port, count, payers, send = takePayment) {
  await Promise.all(Array.from({ length: payers }, async (_, payer) => {
    for (let at = payer; at < count; at += payers) await send(port);
  }));
}

function orderOf() {
  const paymentId = randomUUID();
  return {
    paymentId, reference: `BENCH-${paymentId.slice(0, 13)}`, description: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' },
    lines: [{ code: 'yearly-fee', title: { en: 'Yearly fee', cy: 'Ffi flynyddol' }, amountInPence: 5500, ledgerCode: 'GW-4410', vatRate: 'outside-the-scope' }],
    subject: { type: 'bench', id: paymentId }, payer: { email: 'bench@person.example' }, returnPath: '/services/garden-waste/paid', language: 'en',
  };
}

function begun(answer) {
  if (!JSON.parse(answer.text).value?.nextUrl) throw new Error(`The payment was not begun: ${answer.text.slice(0, 300)}`);
  return answer;
}

async function sent(port, url, headers, body) {
  const answer = await request(port, url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status >= 300) throw new Error(`${url} was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer;
}
