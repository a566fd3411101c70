import { dayInWords } from '@guildhall/cases-contract';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalFact, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, write } from '@guildhall/kernel';
import { demand, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { subjectMark, type AttributeId, type Entry } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { saidOf, type KeptTime } from '../correcting/dispute-time';
import { EvidenceStore } from '../evidence/evidence-store';
import { SubjectKeys } from '../information/subject-keys';
import { Trail } from '../information/trail';
import { WordsOfInformation, type InformationInWords } from '../information/words-of-information';
import { KeepsLinks } from '../linking/keeps-links';
import type { Proof } from '../linking/links';
import { destroyKey } from './destroys-key';
import { rowsOfPerson } from './rows-of-person';

const YOU: Text = { en: 'You', cy: 'Chi' };
const PROOF: Text = { en: 'it proves what you have chosen, and that we kept to it (UK GDPR, articles 5(2), 7(1) and 17(3)(e))', cy: 'mae’n profi’r hyn rydych wedi’i ddewis, a’n bod wedi cadw ato (GDPR y DU, erthyglau 5(2), 7(1) ac 17(3)(e))' };
const WROTE: Text = { en: 'What they wrote', cy: 'Yr hyn a ysgrifennwyd' };
const CHOSEN: Readonly<Record<'given' | 'withdrawn', Text>> = { given: { en: 'Allowed', cy: 'Wedi’i ganiatáu' }, withdrawn: { en: 'Stopped', cy: 'Wedi’i atal' } };
const PROVED: Readonly<Record<Proof, Text>> = {
  'signed-in': { en: 'You signed in at both', cy: 'Gwnaethoch fewngofnodi yn y ddau le' }, 'exact-match': { en: 'What you have proved here fits one record there and no other', cy: 'Mae’r hyn rydych wedi’i brofi yma yn cyfateb i un cofnod yno a dim un arall' }, 'in-person': { en: 'You proved it in person', cy: 'Gwnaethoch ei brofi wyneb yn wyneb' },
};

/** What somebody has chosen about sharing, where else they are known, who has asked about them, and what they say is wrong. Without their key nobody can say whose the marks in the log are: the proofs stay. */
@Injectable()
export class SharingOfPerson implements PersonalData {
  readonly id = 'sharing.sharing';
  readonly order = 700;
  readonly title = { en: 'Sharing with other bodies', cy: 'Rhannu â chyrff eraill' };
  constructor(private readonly db: Database, private readonly keys: SubjectKeys, private readonly trail: Trail, private readonly words: WordsOfInformation, private readonly evidence: EvidenceStore, private readonly links: KeepsLinks) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    const words = await this.words.of(ctx);
    const nameOf = words.agreement;
    // First in a copy is last to be erased: the ends of links are written down under the mark.
    yield* this.#marks(ctx, personId, words);
    for await (const row of rowsOfPerson<{ peer_id: string; pairwise: string; proven_by: Proof; proven_at: Date }>(this.db, ctx, 'select peer_id, pairwise, proven_by, proven_at from sharing.link where council_id = $1 and local_id = $2 and peer_id > $3 order by peer_id', personId, ({ peer_id }) => peer_id)) {
      yield { id: `link/${row.peer_id}`, title: { en: `You are known at ${words.body(row.peer_id).en}`, cy: `Mae’r corff hwn yn eich adnabod: ${words.body(row.peer_id).cy}` }, source: YOU, since: row.proven_at, facts: [{ label: { en: 'Name between us', cy: 'Enw rhyngom' }, value: row.pairwise }, { label: { en: 'Proved by', cy: 'Profwyd drwy' }, value: PROVED[row.proven_by] }], data: row, onErasure: { does: 'erase' } };
    }
    for await (const row of rowsOfPerson<{ choice_id: string; agreement_id: string; at: Date; state: 'given' | 'withdrawn'; language: string; chosen_by: string }>(this.db, ctx, 'select choice_id, agreement_id, at, state, language, chosen_by from sharing.choice where council_id = $1 and local_id = $2 and choice_id::text > $3 order by choice_id::text', personId, ({ choice_id }) => choice_id)) {
      yield { id: `choice/${row.choice_id}`, title: { en: `Your choice: ${nameOf(row.agreement_id).en}`, cy: `Eich dewis: ${nameOf(row.agreement_id).cy}` }, source: YOU, since: row.at, facts: [{ label: { en: 'Choice', cy: 'Dewis' }, value: CHOSEN[row.state] }], data: row, onErasure: { does: 'keep', because: PROOF, mustKeep: true } };
    }
    for await (const row of rowsOfPerson<{ receipt_id: string; reference: string; agreement_id: string; state: 'given' | 'withdrawn'; at: Date; notice: object; document: object }>(this.db, ctx, 'select receipt_id, reference, agreement_id, state, at, notice, document from sharing.receipt where council_id = $1 and local_id = $2 and receipt_id::text > $3 order by receipt_id::text', personId, ({ receipt_id }) => receipt_id)) {
      yield { id: `receipt/${row.receipt_id}`, title: { en: `Receipt ${row.reference}`, cy: `Derbynneb ${row.reference}` }, source: { en: 'We gave it to you for your choice', cy: 'Rhoesom ef i chi am eich dewis' }, since: row.at, facts: [{ label: { en: 'For', cy: 'Am' }, value: nameOf(row.agreement_id) }, { label: { en: 'Choice', cy: 'Dewis' }, value: CHOSEN[row.state] }], data: row, onErasure: { does: 'keep', because: PROOF, mustKeep: true } };
    }
    for (const row of await this.db.query<{ reminded_at: Date; told_at: Date | null }>(ctx, 'select reminded_at, told_at from sharing.reminder where council_id = $1 and local_id = $2', [ctx.council.id, personId])) {
      yield { id: 'reminder', title: { en: 'Reminding you of what you let us share', cy: 'Eich atgoffa o’r hyn rydych yn gadael i ni ei rannu' }, source: { en: 'We remind you once a year', cy: 'Rydym yn eich atgoffa unwaith y flwyddyn' }, since: row.reminded_at, facts: row.told_at ? [{ label: { en: 'Reminded on', cy: 'Atgoffwyd ar' }, value: row.told_at }] : [{ label: { en: 'Looked at, and not sent, on', cy: 'Edrychwyd arno, heb ei anfon, ar' }, value: row.reminded_at }], data: row, onErasure: { does: 'erase' } };
    }
    for await (const { dispute_id: id, said, ...row } of rowsOfPerson<{ dispute_id: string; attribute: string; raised_at: Date; answered_at: Date | null; time: KeptTime | null; said: Buffer | null }>(this.db, ctx, 'select dispute_id, attribute, raised_at, answered_at, time, said from sharing.dispute where council_id = $1 and local_id = $2 and dispute_id::text > $3 order by dispute_id::text', personId, ({ dispute_id }) => dispute_id)) {
      const steps = saidOf(ctx, id, said);
      yield { id: `dispute/${row.attribute}/${row.raised_at.toISOString()}`, title: { en: 'You said that something is wrong', cy: 'Dywedoch fod rhywbeth yn anghywir' }, source: YOU, since: row.raised_at, facts: [{ label: { en: 'What', cy: 'Beth' }, value: words.attribute(row.attribute) }, ...steps.flatMap((step) => (step.words ? [{ label: WROTE, value: { en: step.words.en ?? step.words.cy ?? '', cy: step.words.cy ?? step.words.en ?? '' } }] : []))], data: { ...row, steps }, onErasure: { does: 'erase' } };
    }
    yield* this.#known(ctx, personId, words);
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    const [kind = '', id = '', at = ''] = recordId.split('/');
    if (kind === 'choice' || kind === 'receipt') return false;
    const isKey = recordId === 'key';
    if (kind === 'link') await this.links.erase(ctx, personId, [id]);
    // Without the key a link leads nowhere, and its end could not be written down.
    if (isKey) await this.links.erase(ctx, personId);
    await this.db.run(ctx, async (tx) => {
      const values = [tx.council.id, personId];
      if (kind === 'dispute' && !Number.isNaN(Date.parse(at))) write(tx, `delete from sharing.dispute where council_id = $1 and local_id = $2 and attribute = $3 and date_trunc('milliseconds', raised_at) = $4`, [...values, id, at]);
      if (kind === 'reminder') write(tx, 'delete from sharing.reminder where council_id = $1 and local_id = $2', values);
      if (kind === 'evidence') write(tx, 'delete from sharing.evidence where council_id = $1 and local_id = $2 and attribute = $3', [...values, id]);
      if (isKey) await destroyKey(tx, personId);
    });
    return true;
  }

  /** What they told us or others told us of them. What they told once, and why officers looked, stands with what was put right. */
  async *#known(ctx: RequestContext, personId: PersonId, words: InformationInWords): AsyncGenerator<PersonalRecord> {
    for await (const { attribute } of rowsOfPerson<{ attribute: AttributeId }>(this.db, ctx, 'select distinct attribute from sharing.evidence where council_id = $1 and local_id = $2 and attribute > $3 order by attribute', personId, (row) => row.attribute)) {
      const kept = await this.evidence.all(ctx, personId, attribute);
      const first = kept.at(-1);
      if (first) yield { id: `evidence/${attribute}`, title: { en: `What we know: ${words.attribute(attribute).en}`, cy: `Yr hyn rydym yn ei wybod: ${words.attribute(attribute).cy}` }, source: { en: 'You, or another body that told us', cy: 'Chi, neu gorff arall a ddywedodd wrthym' }, since: first.keptAt, facts: kept.map(({ value, asOf }) => ({ label: { en: `As at ${dayInWords(asOf).en}`, cy: `Ar ${dayInWords(asOf).cy}` }, value: words.value(attribute, value) })), data: { evidence: kept }, onErasure: { does: 'erase' } };
    }
  }

  /** One record: the marks in the log, and the key by which they are somebody's. */
  async *#marks(ctx: RequestContext, personId: PersonId, words: InformationInWords): AsyncGenerator<PersonalRecord> {
    const key = await this.keys.find(ctx, personId);
    if (!key) return;
    const mark = subjectMark(key, personId);
    const [entries, facts]: [Entry[], PersonalFact[]] = [[], []];
    for (let before: string | undefined; ; ) {
      const { rows, next } = await this.trail.page(ctx, personId, mark, before);
      entries.push(...rows.flatMap(({ leaf, received }) => [...(received === null ? [] : [received]), leaf]).map((text) => JSON.parse(text) as Entry));
      facts.push(...rows.map((row) => ({ label: words.line(row), value: new Date((JSON.parse(row.leaf) as Entry).t) })));
      if (next === undefined) break;
      before = String(next);
    }
    entries.reverse();
    const first = entries[0];
    yield {
      id: 'key', title: { en: 'Who has asked about you, and what you chose: marks in our log', cy: 'Pwy sydd wedi gofyn amdanoch, a’r hyn a ddewisoch: marciau yn ein cofnod' }, source: { en: 'Our log of sharing', cy: 'Ein cofnod rhannu' }, since: first ? new Date(first.t) : new Date(0),
      facts: facts.toReversed(),
      data: { mark, entries }, onErasure: { does: 'erase' },
    };
  }
}
