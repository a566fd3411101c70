import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';

/** A payment as the practice provider has it in its own book: what a bank would say. */
export interface PaymentAtFarEnd { readonly id: string; readonly key: string; readonly reference: string; readonly amountInPence: number; readonly isCharged: boolean; readonly refundedInPence: number }

/** A line of either provider's book, as far as it says something of the money. */
interface Line { readonly what?: string; readonly id?: string; readonly key?: string; readonly order?: { readonly amount: number; readonly reference: string }; readonly status?: string; readonly state?: string; readonly amount?: number }

/** Reads the book of the practice provider: a file that only it writes. */
export function farEndPayments(dataFolder: string): readonly PaymentAtFarEnd[] {
  const payments = new Map<string, { id: string; key: string; reference: string; amountInPence: number; isCharged: boolean; refundedInPence: number }>();
  const book = ['sandbox-redirect', 'sandbox-session'].map((provider) => join(dataFolder, provider, 'book.jsonl')).find((file) => existsSync(file));
  if (!book) throw new Error('No practice provider keeps a book here.');
  for (const text of readFileSync(book, 'utf8').split('\n')) {
    // The last line may be cut off: it was answered to nobody.
    let line: Line;
    try { line = JSON.parse(text) as Line; } catch { continue; }
    const { id = '', order } = line;
    if ((line.what === 'created' || line.what === 'session') && order) payments.set(id, { id, key: line.key ?? '', reference: order.reference, amountInPence: order.amount, isCharged: false, refundedInPence: 0 });
    const payment = payments.get(id);
    if (payment && (line.what === 'moved' || line.what === 'state')) payment.isCharged = line.status === 'success' || line.state === 'paid';
    if (payment && (line.what === 'refunded' || line.what === 'refund')) payment.refundedInPence += line.amount ?? 0;
  }
  return [...payments.values()];
}

/** What the outbox has sent: one line for every file, by the message's reference. */
export function sentMessages(dataFolder: string): readonly string[] {
  const sent: string[] = [];
  for (const council of readdirSync(join(dataFolder, 'outbox'))) {
    for (const name of readdirSync(join(dataFolder, 'outbox', council))) if (name.endsWith('.json')) sent.push((JSON.parse(readFileSync(join(dataFolder, 'outbox', council, name), 'utf8')) as { reference: string }).reference);
  }
  return sent;
}

interface DraftFacts { readonly state: string; readonly case_id: string | null; readonly reference: string | null; readonly payment_id: string | null }

/** Whatever in one order does not agree: draft, case, payment, ledger, provider, events, messages. Empty is right. */
export async function faultsOfOrder(owner: Pool, dataFolder: string, draftId: string, expected: { readonly amountInPence?: number; readonly documents?: number; readonly areMessagesSent?: boolean } = {}): Promise<readonly string[]> {
  const faults: string[] = [];
  const rows = async <Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> => (await owner.query<Row>(text, [...values])).rows;
  const only = (what: string, wanted: number, found: number): void => { if (found !== wanted) faults.push(`${found} ${what} instead of ${wanted}`); };

  const [draft] = await rows<DraftFacts>('select state, case_id, reference, payment_id from services.draft where draft_id = $1', [draftId]);
  if (!draft) return ['the draft is gone'];
  if (draft.state !== 'submitted') faults.push(`the draft is ${draft.state}`);

  const cases = await rows<{ case_id: string; reference: string; payment_id: string | null; documents: string[] }>('select case_id, reference, payment_id, documents from cases."case" where case_id = $1 or reference = $2 or (payment_id is not null and payment_id = $3)', [draft.case_id, draft.reference, draft.payment_id]);
  only('cases', 1, cases.length);
  for (const one of cases) {
    if (one.case_id !== draft.case_id || one.reference !== draft.reference || one.payment_id !== draft.payment_id) faults.push('the case is not what the draft says');
    only('documents of the case', expected.documents ?? 0, new Set(one.documents).size);
    if (new Set(one.documents).size !== one.documents.length) faults.push('a document is named twice in the case');
    // Not every council has documents.
    if (expected.documents === undefined) continue;
    const attached = await rows<{ document_id: string; state: string }>(`select document_id, state from documents.document where subject_type = 'case' and subject_id = $1`, [one.case_id]);
    only('documents attached to the case', expected.documents, attached.filter(({ state }) => state === 'attached').length);
    for (const id of one.documents) if (!attached.some(({ document_id }) => document_id === id)) faults.push(`the document ${id} of the case is not there`);
  }
  only('first entries in the timeline', 1, (await rows(`select 1 from cases.timeline_entry where case_id = $1 and kind = 'opened'`, [draft.case_id])).length);
  for (const [type, key, id] of [['cases.case-opened', 'caseId', draft.case_id], ['services.draft-submitted', 'draftId', draftId], ...(draft.payment_id ? [['payments.payment-succeeded', 'paymentId', draft.payment_id] as const] : [])] as const) {
    only(`events ${type}`, 1, (await rows('select 1 from kernel.event where type = $1 and data ->> $2 = $3', [type, key, id])).length);
  }

  const messages = await rows<{ message_id: string; template_id: string; state: string }>(`select message_id, template_id, state from notifications.message where about_id = $1`, [draft.case_id]);
  if (messages.length === 0) faults.push('no message about the case');
  const sent = sentMessages(dataFolder);
  for (const { message_id: id, template_id: template, state } of messages) {
    only(`messages ${template}`, 1, messages.filter((other) => other.template_id === template).length);
    const copies = sent.filter((reference) => reference === id).length;
    if (copies > 1) faults.push(`the message ${template} was sent ${copies} times`);
    // A worker that died with a message in its hands keeps it from others for a minute.
    if (expected.areMessagesSent && (copies !== 1 || state !== 'delivered')) faults.push(`the message ${template} is ${state}, and was sent ${copies} times`);
  }
  return expected.amountInPence === undefined ? faults : [...faults, ...(await faultsOfPayment(owner, dataFolder, draftId, draft, expected.amountInPence))];
}

async function faultsOfPayment(owner: Pool, dataFolder: string, draftId: string, { payment_id: id, reference }: DraftFacts, amountInPence: number): Promise<readonly string[]> {
  const faults: string[] = [];
  const rows = async <Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> => (await owner.query<Row>(text, [...values])).rows;
  const only = (what: string, wanted: number, found: number): void => { if (found !== wanted) faults.push(`${found} ${what} instead of ${wanted}`); };

  const payments = await rows<{ payment_id: string; state: string; reference: string; amount: number }>(`select payment_id, state, reference, amount_in_pence::int as amount from payments.payment where subject_type = 'draft' and subject_id = $1`, [draftId]);
  only('payments', 1, payments.length);
  for (const payment of payments) if (payment.payment_id !== id || payment.state !== 'succeeded' || payment.reference !== reference || payment.amount !== amountInPence) faults.push(`the payment is ${JSON.stringify(payment)}`);
  const attempts = await rows<{ number: number; state: string; money: string; taken: number; provider_payment_id: string | null }>('select number, state, money, taken_in_pence::int as taken, provider_payment_id from payments.attempt where payment_id = $1', [id]);
  const booked = attempts.filter(({ money }) => money === 'booked');
  only('attempts that are booked', 1, booked.length);
  only('attempts with surplus', 0, attempts.filter(({ money }) => money === 'surplus').length);

  // What the provider says, who knows nothing of our crashes.
  const charged = farEndPayments(dataFolder).filter((payment) => payment.key.startsWith(`${String(id)}-`) && payment.isCharged);
  only('charges at the provider', 1, charged.length);
  for (const charge of charged) {
    if (charge.amountInPence !== amountInPence || charge.reference !== reference) faults.push(`the provider charged ${charge.amountInPence} pence for ${charge.reference}`);
    if (charge.id !== booked[0]?.provider_payment_id) faults.push('the provider’s charge is not the one that is booked');
  }

  const journals = await rows<{ kind: string; balance: number; taken: number }>(`select j.kind, sum(e.amount_in_pence)::int as balance, sum(e.amount_in_pence) filter (where e.account = 'at-provider')::int as taken from payments.journal j join payments.ledger_entry e using (council_id, journal_id) where j.payment_id = $1 group by j.journal_id, j.kind`, [id]);
  only('journals', 1, journals.length);
  for (const journal of journals) if (journal.kind !== 'payment' || journal.balance !== 0 || journal.taken !== amountInPence) faults.push(`the journal is ${JSON.stringify(journal)}`);
  return faults;
}

/** Whatever in all that is stored does not add up. Empty is right. */
export async function faultsOfTheWhole(owner: Pool, dataFolder: string): Promise<readonly string[]> {
  const [sums] = (await owner.query<Record<'ledger' | 'payments' | 'charged' | 'paid_cases' | 'doubled_events' | 'failed_jobs', string>>(`select
    (select coalesce(sum(amount_in_pence), 0) from payments.ledger_entry) as ledger,
    (select count(*) from payments.payment where state = 'succeeded') as payments,
    (select coalesce(sum(amount_in_pence), 0) from payments.payment where state = 'succeeded') as charged,
    (select count(*) from cases."case" where payment_id is not null) as paid_cases,
    (select count(*) from (select 1 from kernel.event where type in ('cases.case-opened', 'services.draft-submitted', 'payments.payment-succeeded') group by council_id, type, coalesce(data ->> 'caseId', data ->> 'paymentId') having count(*) > 1) as doubled) as doubled_events,
    (select count(*) from queue.job where name = 'work-failed' or state = 'failed') as failed_jobs`)).rows;
  const atProvider = farEndPayments(dataFolder).filter(({ isCharged }) => isCharged);
  const faults: string[] = [];
  if (Number(sums?.ledger) !== 0) faults.push(`the ledger is out by ${sums?.ledger} pence`);
  if (Number(sums?.payments) !== atProvider.length) faults.push(`${sums?.payments} payments here, ${atProvider.length} charges at the provider`);
  if (Number(sums?.charged) !== atProvider.reduce((sum, payment) => sum + payment.amountInPence - payment.refundedInPence, 0)) faults.push('the sum here is not the sum at the provider');
  if (sums?.paid_cases !== sums?.payments) faults.push(`${sums?.paid_cases} cases that were paid for, ${sums?.payments} payments`);
  if (Number(sums?.doubled_events) !== 0) faults.push(`${sums?.doubled_events} events came twice`);
  if (Number(sums?.failed_jobs) !== 0) faults.push(`${sums?.failed_jobs} jobs failed for good`);
  return faults;
}
