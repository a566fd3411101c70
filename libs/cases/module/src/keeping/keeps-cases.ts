import type { TransactionContext } from '@guildhall/kernel-contract';
import { sql, write } from '@guildhall/kernel';
import type { CaseChange, CaseRecord, CaseType, TimelineEntry, WhichCase } from '@guildhall/cases-contract';
import { CASE_COLUMNS, derivedOf, type CaseRow } from './case-row';
import { ENTRY_COLUMNS, ENTRY_TYPES, entryOf, entryValues, type EntryRow } from './entry-row';

/** `$5::int, $6::uuid, …` */
function placeholders(types: readonly string[], first: number): string {
  return types.map((type, index) => `$${first + index}::${type}`).join(', ');
}

const INSERT_COLUMNS = [
  ['council_id', 'uuid'], ['case_id', 'uuid'], ['reference', 'text'], ['case_type', 'text'], ['case_type_version', 'int'], ['state', 'text'], ['is_closed', 'boolean'], ['summary', 'jsonb'], ['version', 'int'], ['opened_at', 'timestamptz'], ['moved_at', 'timestamptz'],
  ['closed_at', 'timestamptz'], ['case_due_on', 'date'], ['state_due_on', 'date'], ['paused_on', 'date'], ['due_on', 'date'], ['retain_until', 'date'], ['team', 'text'], ['ward', 'text'], ['person_id', 'uuid'], ['contact', 'jsonb'], ['language', 'text'], ['channel', 'text'],
  ['assisted', 'jsonb'], ['location', 'jsonb'], ['answers', 'jsonb'], ['documents', 'uuid[]'], ['payment_id', 'uuid'], ['words', 'text[]'], ['status_key_hash', 'text'], ['open_key', 'text'], ['open_hash', 'text'], ['zones', 'text[]'],
] as const;

/**
 * The hottest statement of the platform: case, first entry and search words. A key, an id or a reference that is there already fails it;
 * a duplicate that is still under way is waited for.
 */
const INSERT_CASE = `
  with c as (
    insert into cases."case" (${INSERT_COLUMNS.map(([name]) => name).join(', ')}) values (${placeholders(INSERT_COLUMNS.map(([, type]) => type), 1)})
    returning council_id, case_id, words),
  e as (
    insert into cases.timeline_entry (council_id, case_id, ${ENTRY_COLUMNS}) select council_id, case_id, ${placeholders(ENTRY_TYPES, INSERT_COLUMNS.length + 1)} from c),
  w as (
    insert into cases.search_word (council_id, word, case_id) select c.council_id, word, c.case_id from c, unnest(c.words) as word)
  select case_id from c`;

/** What else is kept with a case that opens: its zones where somebody knows them. */
export interface OpeningKeys { readonly words: readonly string[]; readonly statusKeyHash: string; readonly openKey: string; readonly openHash: string; readonly zones?: readonly string[] }

/** Keeps a new case, with the commit. The transaction fails when there is one of this key, this id or this reference. */
export function insertCase(tx: TransactionContext, type: CaseType, record: CaseRecord, entry: TimelineEntry, keys: OpeningKeys): void {
  const { isClosed, dueOn } = derivedOf(type, record);
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  write(tx, INSERT_CASE, [
    tx.council.id, record.id, record.reference, record.caseType, record.caseTypeVersion, record.state, isClosed, json(record.summary), record.version, record.openedAt, record.movedAt,
    record.closedAt ?? null, record.clock.caseDueOn ?? null, record.clock.stateDueOn ?? null, record.clock.pausedOn ?? null, dueOn, record.retainUntil, record.team ?? null, record.location?.ward?.code ?? null, record.personId ?? null, json(record.contact),
    record.language ?? tx.language, record.channel, json(record.assisted), json(record.location), json(record.answers), record.documents, record.paymentId ?? null, keys.words, keys.statusKeyHash, keys.openKey, keys.openHash, keys.zones ?? null,
    ...entryValues(entry),
  ]);
}

/** A case that stands in the way of an opening: the one of this key, this id or this reference. */
export async function caseInTheWay(tx: TransactionContext, given: { readonly openKey: string; readonly caseId: string; readonly reference: string }): Promise<(CaseRow & { open_key: string; open_hash: string }) | undefined> {
  const [row] = await sql<CaseRow & { open_key: string; open_hash: string }>(tx, `select ${CASE_COLUMNS}, open_key, open_hash from cases."case" where council_id = $1 and (open_key = $2 or case_id = $3 or reference = $4) order by (open_key = $2) desc limit 1`, [tx.council.id, given.openKey, given.caseId, given.reference]);
  return row;
}

/** Reads a case, and holds it until the transaction ends when it is to be changed. */
export async function readCase(tx: TransactionContext, which: WhichCase, forUpdate = false): Promise<CaseRow | undefined> {
  const [column, value] = 'caseId' in which ? ['case_id', which.caseId] : ['reference', which.reference];
  const [row] = await sql<CaseRow>(tx, `select ${CASE_COLUMNS} from cases."case" where council_id = $1 and ${column} = $2${forUpdate ? ' for update' : ''}`, [tx.council.id, value]);
  return row;
}

const WRITE_CHANGE = `
  with c as (
    update cases."case" set state = $4, is_closed = $5, version = $6, moved_at = $7, closed_at = $8, case_due_on = $9, state_due_on = $10, paused_on = $11, due_on = $12, retain_until = $13, team = $14, assignee_id = $15, assignee_name = $16,
      documents = $17, decision = $18, person_id = $19, needs_attention = $20
    where council_id = $1 and case_id = $2 and version = $3 returning council_id, case_id)
  insert into cases.timeline_entry (council_id, case_id, ${ENTRY_COLUMNS}) select council_id, case_id, ${placeholders(ENTRY_TYPES, 21)} from c returning case_version`;

/** Keeps a change and its entry. The case must have been read for update in this transaction. */
export async function writeChange(tx: TransactionContext, type: CaseType, before: CaseRecord, { record, entry }: CaseChange): Promise<void> {
  const { isClosed, dueOn } = derivedOf(type, record);
  const written = await sql(tx, WRITE_CHANGE, [
    tx.council.id, record.id, before.version, record.state, isClosed, record.version, record.movedAt, record.closedAt ?? null, record.clock.caseDueOn ?? null, record.clock.stateDueOn ?? null, record.clock.pausedOn ?? null, dueOn, record.retainUntil,
    record.team ?? null, record.assignee?.officerId ?? null, record.assignee?.name ?? null, record.documents, record.decision ? JSON.stringify(record.decision) : null, record.personId ?? null, record.needsAttention ?? false,
    ...entryValues(entry),
  ]);
  if (written.length !== 1) throw new Error(`The case ${record.id} changed while it was held: version ${before.version} is gone.`);
}

/** Entries after a version, oldest first. */
export async function entriesAfter(tx: TransactionContext, caseId: string, version: number): Promise<readonly TimelineEntry[]> {
  const rows = await sql<EntryRow>(tx, `select ${ENTRY_COLUMNS} from cases.timeline_entry where council_id = $1 and case_id = $2 and case_version > $3 order by case_version limit 100`, [tx.council.id, caseId, version]);
  return rows.map(entryOf);
}

/** One entry by its id. */
export async function readEntry(tx: TransactionContext, caseId: string, entryId: string): Promise<TimelineEntry | undefined> {
  const [row] = await sql<EntryRow>(tx, `select ${ENTRY_COLUMNS} from cases.timeline_entry where council_id = $1 and case_id = $2 and entry_id = $3`, [tx.council.id, caseId, entryId]);
  return row && entryOf(row);
}

/** Entries before a version, newest first. */
export async function entriesBefore(tx: TransactionContext, caseId: string, version: number, limit: number, onlyPublic: boolean): Promise<readonly TimelineEntry[]> {
  const rows = await sql<EntryRow>(tx, `select ${ENTRY_COLUMNS} from cases.timeline_entry where council_id = $1 and case_id = $2 and case_version < $3${onlyPublic ? ` and visibility = 'public'` : ''} order by case_version desc limit $4`, [tx.council.id, caseId, version, limit]);
  return rows.map(entryOf);
}
