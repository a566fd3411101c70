import { dayOf, type CaseAnswer, type CaseContact, type CaseLocation, type PlainDate, type TimelineKind, type Words } from '@guildhall/cases-contract';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type OnErasure, type PersonalData, type PersonalFact, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, audit, hasContract, sql, write } from '@guildhall/kernel';
import { CLOCK, demand, isUuid, type Clock, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

const AT_ONCE = 50;
const ERASED: Text = { en: 'Erased at the request of whose it was', cy: 'Wedi’i ddileu ar gais yr un yr oedd yn perthyn iddo' };
const WORKED_ON: Text = { en: 'we are still working on it, which is our task by law (UK GDPR, article 17(3)(b))', cy: 'rydym yn dal i weithio arno, sy’n dasg inni yn ôl y gyfraith (GDPR y DU, erthygl 17(3)(b))' };
const ACCOUNTED_FOR: Text = { en: 'we must be able to show what we did and decided (UK GDPR, article 17(3)(b) and (e); Limitation Act 1980)', cy: 'rhaid inni allu dangos yr hyn a wnaethom ac a benderfynasom (GDPR y DU, erthygl 17(3)(b) ac (e); Deddf Cyfyngiadau 1980)' };

interface CaseRow {
  readonly case_id: string; readonly reference: string; readonly case_type: string; readonly summary: Words; readonly state: string; readonly is_closed: boolean; readonly opened_at: Date; readonly moved_at: Date; readonly retain_until: PlainDate; readonly contact: CaseContact | null; readonly language: string;
  readonly channel: string; readonly authority: string | null; readonly location: CaseLocation | null; readonly answers: readonly CaseAnswer[]; readonly documents: readonly string[]; readonly payment_id: string | null; readonly outcome: string | null; readonly outcome_title: Text | null; readonly outcome_reasons: string | null;
}
interface EntryRow { readonly entry_id: string; readonly at: Date; readonly kind: TimelineKind; readonly visibility: 'public' | 'internal'; readonly by: string; readonly words: Words | null; readonly reasons: string | null; readonly to_state: string | null; readonly documents: readonly string[] | null }

/** Somebody's cases: what they sent, what was answered, what officers have noted. Names of officers are not theirs. */
@Injectable()
export class CasesOfPerson implements PersonalData {
  readonly id = 'cases.cases';
  readonly order = 200;
  readonly title = { en: 'Your requests and reports', cy: 'Eich ceisiadau a’ch adroddiadau' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(CLOCK) private readonly clock: Clock) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    for (let last: CaseRow | undefined; ; ) {
      const rows: readonly CaseRow[] = await this.#page(ctx, personId, last);
      for (const row of rows) yield* this.#records(ctx, row);
      last = rows[AT_ONCE - 1];
      if (!last) return;
    }
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    const [kind, caseId = '', entryId = ''] = recordId.split('/');
    if (!isUuid(caseId) || (kind === 'note' && !isUuid(entryId))) return true;
    const [row] = await this.db.query<{ is_closed: boolean; documents: readonly string[] }>(ctx, 'select is_closed, documents from cases."case" where council_id = $1 and case_id = $2 and person_id = $3', [ctx.council.id, caseId, personId]);
    if (!row) return true;
    if (!row.is_closed) return false;
    if (kind === 'note') await this.db.run(ctx, (tx) => Promise.resolve(write(tx, 'update cases.timeline_entry set words = null, reasons = null where council_id = $1 and case_id = $2 and entry_id = $3', [tx.council.id, caseId, entryId])));
    else if (kind === 'case') await this.#eraseCase(ctx, personId, caseId, row.documents);
    return true;
  }

  /** What was sent with it first: while it is there, the case still leads to it. */
  async #eraseCase(ctx: RequestContext, personId: PersonId, caseId: string, documents: readonly string[]): Promise<void> {
    const vouchedFor = { type: 'case', id: caseId };
    if (hasContract(ctx, DOCUMENTS)) for (const id of documents) await this.documents.remove(ctx, id as DocumentId, { vouchedFor });
    await this.db.run(ctx, async (tx) => {
      const values = [tx.council.id, caseId];
      const erased = await sql(tx, `update cases."case" set summary = $4, contact = null, assisted = null, location = null, answers = '[]', documents = '{}', decision = null, words = '{}', zones = '{}', person_id = null
        where council_id = $1 and case_id = $2 and person_id = $3 and is_closed returning 1 as erased`, [...values, personId, JSON.stringify(ERASED)]);
      if (erased.length === 0) return;
      write(tx, 'delete from cases.search_word where council_id = $1 and case_id = $2', values);
      write(tx, 'update cases.timeline_entry set words = null, reasons = null, documents = null where council_id = $1 and case_id = $2', values);
      write(tx, `update cases.timeline_entry set by_id = null, by_name = null where council_id = $1 and case_id = $2 and by_kind = 'resident'`, values);
      audit(tx, { action: 'cases.erase', subject: { type: 'case', id: caseId } });
    });
  }

  #page(ctx: RequestContext, personId: PersonId, last: CaseRow | undefined): Promise<readonly CaseRow[]> {
    return this.db.query<CaseRow>(ctx, `
      select case_id, reference, case_type, summary, state, is_closed, opened_at, moved_at, retain_until::text, contact, language, channel, assisted ->> 'authority' as authority, location, answers, documents, payment_id,
        decision ->> 'outcome' as outcome, decision -> 'title' as outcome_title, decision ->> 'reasons' as outcome_reasons
      from cases."case" where council_id = $1 and person_id = $2 ${last ? 'and (opened_at, case_id) > ($3, $4)' : ''} order by opened_at, case_id limit ${AT_ONCE}`, [ctx.council.id, personId, ...(last ? [last.opened_at, last.case_id] : [])]);
  }

  async *#records(ctx: RequestContext, row: CaseRow): AsyncGenerator<PersonalRecord> {
    const entries = await this.db.query<EntryRow>(ctx, 'select entry_id, at, kind, visibility, by_kind as by, words, reasons, to_state, documents from cases.timeline_entry where council_id = $1 and case_id = $2 order by case_version limit 1000', [ctx.council.id, row.case_id]);
    const summary = textOf(row.summary);
    const onErasure = this.#onErasure(row);
    yield {
      id: `case/${row.case_id}`, title: { en: `${summary.en}, ${row.reference}`, cy: `${summary.cy}, ${row.reference}` }, since: row.opened_at, onErasure,
      source: row.authority === null ? { en: 'You, when you sent it, and what we answered', cy: 'Chi, pan anfonoch ef, a’r hyn a atebom' } : { en: 'You, through an adviser, and what we answered', cy: 'Chi, drwy gynghorydd, a’r hyn a atebom' },
      facts: factsOf(row, entries), data: { ...row, timeline: entries.filter(({ visibility }) => visibility === 'public') },
    };
    for (const entry of entries) {
      if (entry.visibility === 'public' || (entry.words === null && entry.reasons === null)) continue;
      yield {
        id: `note/${row.case_id}/${entry.entry_id}`, title: { en: `An officer’s note on ${row.reference}`, cy: `Nodyn swyddog ar ${row.reference}` }, source: { en: 'An officer who worked on it', cy: 'Swyddog a weithiodd arno' }, since: entry.at, onErasure, needsReading: true, data: entry,
        facts: [...(entry.words === null ? [] : [{ label: { en: 'Note', cy: 'Nodyn' }, value: entry.words }]), ...(entry.reasons === null ? [] : [{ label: { en: 'Reasons', cy: 'Rhesymau' }, value: entry.reasons }])],
      };
    }
  }

  #onErasure({ is_closed: isClosed, retain_until: until }: CaseRow): OnErasure {
    if (!isClosed) return { does: 'keep', because: WORKED_ON, mustKeep: true };
    return until >= dayOf(this.clock.now()) ? { does: 'keep', because: ACCOUNTED_FOR, until, mustKeep: false } : { does: 'erase' };
  }
}

function factsOf(row: CaseRow, entries: readonly EntryRow[]): readonly PersonalFact[] {
  const { contact, location } = row;
  const place = [...(location?.lines ?? []), location?.postcode, location?.near, location?.note, location?.uprn].filter((part) => part !== undefined).join(', ');
  const facts: readonly (readonly [Text, string | Text | null | undefined])[] = [
    [{ en: 'Name', cy: 'Enw' }, contact?.name], [{ en: 'Email address', cy: 'Cyfeiriad e-bost' }, contact?.email], [{ en: 'Telephone number', cy: 'Rhif ffôn' }, contact?.phone], [{ en: 'Postal address', cy: 'Cyfeiriad post' }, contact?.postalLines?.join(', ')], [{ en: 'Place', cy: 'Lle' }, place || undefined],
    ...row.answers.map(({ question, answer }) => [textOf(question), answer] as const),
    [{ en: 'Decision', cy: 'Penderfyniad' }, row.outcome_title], [{ en: 'Reasons', cy: 'Rhesymau' }, row.outcome_reasons],
    ...entries.filter(({ visibility }) => visibility === 'public').flatMap(({ by, words, reasons }) => [[by === 'resident' ? { en: 'You wrote', cy: 'Ysgrifennoch' } : { en: 'What happened', cy: 'Beth ddigwyddodd' }, words] as const, [{ en: 'Reasons', cy: 'Rhesymau' }, reasons] as const]),
  ];
  return facts.flatMap(([label, value]) => (value === null || value === undefined ? [] : [{ label, value }]));
}

function textOf(words: Words): Text { return typeof words === 'string' ? { en: words, cy: words } : words; }
