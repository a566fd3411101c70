import type { Pool } from 'pg';

/** Somebody whose name, mailbox, telephone, house and words are nobody else's. */
export const CANARY = {
  name: 'Zebulon Quicksilverfish', email: 'zebulon.quicksilverfish@canary.example', phone: '07700 900733', line1: '17 Quagmire Turret', town: 'Ostrichville', words: 'Flibbertigibbet was here', file: 'Zebulon Quicksilverfish at home.jpg',
  /** A postcode of the invented town that no other journey asks for, and one of its addresses. */
  postcode: 'ZZ99 5BQ', uprn: '990000107323',
} as const;

/** What must not be found, however it is written. The telephone is whole: six digits stand by chance in what is sealed, in ids and in instants. */
const SIGNS = ['zebulon', 'quicksilverfish', '7700900733', 'quagmire', 'ostrichville', 'flibbertigibbet', 'zz995bq', '990000107323'];
/** The end of the telephone as a word of its own, which no fraction of a second is. */
const END_OF_PHONE = /(?<![\w.])900733(?!\w)/;
/** The same as base64 would hold it: it begins at one of three places, and its edges depend on what stands beside it. */
const IN_BASE64 = SIGNS.flatMap((sign) => [sign, sign.charAt(0).toUpperCase() + sign.slice(1)]).flatMap((sign) => [0, 1, 2].map((shift) => Buffer.from(`${'x'.repeat(shift)}${sign}`).toString('base64').replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, -1)));

/** The signs of the canary in a text: plain, percent-encoded or in base64. */
export function signsIn(text: string): readonly string[] {
  let decoded = text;
  try { decoded = decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25')); } catch { /* Percent signs that encode nothing: read as they are. */ }
  const plain = `${text}\n${decoded}`.toLowerCase();
  const close = plain.replace(/[^a-z0-9]/g, '');
  return [...SIGNS.filter((sign) => plain.includes(sign) || close.includes(sign)), ...(END_OF_PHONE.test(plain) ? ['900733'] : []), ...IN_BASE64.filter((sign) => text.includes(sign))];
}

/** Lines that have a sign of the canary, shortened. */
export function linesWithSigns(text: string): readonly string[] {
  return text.split('\n').filter((line) => signsIn(line).length > 0).map((line) => line.slice(0, 500));
}

/** Where jobs, events and the audit trail keep what they hold: ids and facts, nothing of a person. */
const STORES = {
  'waiting jobs': `select kind as what, data::text as text from kernel.waiting_job`,
  'queued, done and failed jobs': `select coalesce(data ->> 'kind', name) as what, to_jsonb(j)::text as text from queue.job j`,
  'archived jobs': `select coalesce(data ->> 'kind', name) as what, to_jsonb(a)::text as text from queue.archive a`,
  events: `select type as what, data::text as text from kernel.event`,
  'audit trail': `select action as what, concat_ws(' ', actor_id, subject_type, subject_id, detail::text) as text from kernel.audit`,
  'keys of repeated requests': `select scope as what, concat_ws(' ', key, result::text) as text from kernel.idempotency`,
  sessions: `select kind as what, concat_ws(' ', device, data::text) as text from kernel.session where kind <> 'officer'`,
} as const;

/** What is found of the canary in the stores of jobs, events and audit; and how many rows were read, so that an empty store proves nothing. */
export async function signsInStores(owner: Pool): Promise<{ readonly found: readonly string[]; readonly read: Readonly<Record<string, number>> }> {
  const found: string[] = [];
  const read: Record<string, number> = {};
  for (const [store, text] of Object.entries(STORES)) {
    const { rows } = await owner.query<{ what: string; text: string | null }>(text);
    read[store] = rows.length;
    for (const row of rows) if (signsIn(row.text ?? '').length) found.push(`${store}, ${row.what}: ${String(row.text).slice(0, 300)}`);
  }
  return { found, read };
}
