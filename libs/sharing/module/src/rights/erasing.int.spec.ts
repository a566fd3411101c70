import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalRecord } from '@guildhall/information-rights-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import type { Visitor } from '@guildhall/kernel/testing';
import { accountPage, pressSwitch } from '../../test/account-page';
import { KIM, askAboutKim, linesOf, linkKim } from '../../test/residents';
import { HOLDER, PAT, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Choices } from '../choosing/choices';
import { CorrectionsOfPerson } from '../correcting/personal-data';
import { SubjectKeys } from '../information/subject-keys';
import { Links } from '../linking/links';
import { keepLook } from '../looking/keep-look';
import { erasedBeforeMigration } from './migration';
import { SharingOfPerson } from './personal-data';

const ID = 'garden-waste-concession';
const PAGE = '/account/information';

describe('somebody whose record is erased', () => {
  let two: TwoBodies;
  let kim: Visitor;
  beforeEach(async () => {
    two = await startTwoBodies({}, { alsoInstalled: [accountPage()] });
    await linkKim(two);
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    two.clock.advance(60);
  });
  afterEach(() => two?.close());

  const rights = (ctx: RequestContext): RequestContext => ({ ...ctx, actor: { kind: 'system', job: 'test', permissions: new Set([READ_PERSONAL_DATA.id, ERASE_PERSONAL_DATA.id]) } });
  const sources = () => [two.app.get(SharingOfPerson), two.app.get(CorrectionsOfPerson)];
  const recordsOf = async (ctx: RequestContext, personId: string): Promise<readonly PersonalRecord[]> => {
    const found: PersonalRecord[] = [];
    for (const source of sources()) for await (const record of source.read(rights(ctx), personId as PersonId)) found.push(record);
    return found;
  };
  /** Everything that may be, in the order in which it is: what comes last in a copy goes first. */
  const erase = async (ctx: RequestContext, personId: string): Promise<void> => {
    for (const source of sources().toReversed()) {
      const records: PersonalRecord[] = [];
      for await (const record of source.read(rights(ctx), personId as PersonId)) records.push(record);
      for (const { id } of records.toReversed()) await source.erase(rights(ctx), personId as PersonId, id);
    }
  };
  /** Every row with the person's id, of every table but the log itself and the sessions, which are gone within hours, with instants as they are in the log. */
  const rowsOf = async (personId: string): Promise<readonly string[]> => {
    const { rows: tables } = await two.app.owner.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('sharing', 'kernel', 'queue') and tablename not in ('entry', 'session')`);
    const all = await Promise.all(tables.map(async ({ name }) => (await two.app.owner.query<{ text: string }>(`select to_jsonb(t)::text as text from ${name} t where t::text like $1`, [`%${personId}%`])).rows.map(({ text }) => `${name} ${text}`)));
    return all.flat().map((text) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:[+-]\d\d:\d\d|Z)/g, (instant) => new Date(instant).toISOString()));
  };
  const reachable = (is: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.holder.council.id, is ? two.bodies.receiver.endpoint : 'http://localhost:9/sharing']);

  it('is in no row beside a mark or a moment that stands in the log: not in the receipts of what they pressed, not in the choices that are kept', async () => {
    for (const state of ['given', 'withdrawn', 'given'] as const) {
      await pressSwitch(kim, PAGE, ID, state);
      two.clock.advance(61);
      expect(await askAboutKim(two)).toMatchObject({ ok: state === 'given' });
      two.clock.advance(61);
    }
    const mark = String((await two.entries('receiver')).find(({ kind }) => kind === 'choice-given')?.['subject']);
    const marks = async (): Promise<readonly string[]> => [mark, ...(await two.entries('receiver')).filter(({ subject }) => subject === mark).map(({ t }) => String(t)).filter((t) => !t.endsWith('T00:00:00.000Z'))];
    const found = async (): Promise<readonly string[]> => { const signs = await marks(); return (await rowsOf(KIM.riverbourne)).filter((row) => signs.some((sign) => row.includes(sign))); };
    // While the key is there its choices show in their trail, by the moment; the mark is in no row even then.
    expect((await rowsOf(KIM.riverbourne)).filter((row) => row.includes(mark))).toEqual([]);
    expect(await found()).not.toEqual([]);
    const before = await two.app.get(Choices).find(two.receiver, KIM.riverbourne, ID);
    two.clock.advance(61);
    await erase(two.receiver, KIM.riverbourne);
    await two.app.drainJobs();
    expect(await found()).toEqual([]);
    const kept = await recordsOf(two.receiver, KIM.riverbourne);
    expect(kept.map(({ id }) => id.split('/')[0])).toEqual(['choice', 'choice', 'choice', 'receipt', 'receipt', 'receipt']);
    expect(kept.map(({ since }) => since.toISOString().slice(0, 20))).toEqual(Array(6).fill('2026-11-22T00:00:00.'));
    // Neither does an id that is in order of time say when it was.
    expect(kept.filter(({ id }) => /\/.{14}7/.test(id))).toEqual([]);
    // What they chose last still counts.
    expect(before?.state).toBe('given');
    expect((await two.app.get(Choices).find(two.receiver, KIM.riverbourne, ID))?.state).toBe('given');
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'unlinked', subject: mark, t: '2026-11-22T00:00:00.000Z' });
  });

  it('is led to their mark by no receipt of a version before, which named them by an id that says the moment, or by the mark itself', async () => {
    for (const state of ['given', 'withdrawn', 'given'] as const) {
      await pressSwitch(kim, PAGE, ID, state);
      two.clock.advance(61);
    }
    const mark = String((await two.entries('receiver')).find(({ kind }) => kind === 'choice-given')?.['subject']);
    const inOrder = (at: number): string => `019aab12-345${at}-7abc-8def-00000000000${at}`;
    const receipts = async () => (await two.app.owner.query<{ receipt_id: string; document: { record_id: string; pii_principal_id: string; events: readonly { entity_id: string }[] } }>('select receipt_id, document from sharing.receipt where local_id = $1 order by at', [KIM.riverbourne])).rows;
    for (const [at, [principal, entity]] of [[inOrder(0), inOrder(0)], [mark, mark], [inOrder(2), 'adviser']].entries()) {
      await two.app.owner.query(`update sharing.receipt set receipt_id = $2::uuid, document = document || jsonb_build_object('record_id', $2::text, 'pii_principal_id', $3::text) || jsonb_build_object('events', jsonb_build_array(document #> '{events,0}' || jsonb_build_object('entity_id', $4::text))) where receipt_id = $1`, [(await receipts())[at]?.receipt_id, inOrder(at), principal, entity]);
    }
    expect((await receipts()).map(({ document }) => [document.pii_principal_id, document.events[0]?.entity_id])).toEqual([[inOrder(0), inOrder(0)], [mark, mark], [inOrder(2), 'adviser']]);
    await two.app.get(SharingOfPerson).erase(rights(two.receiver), KIM.riverbourne as PersonId, 'key');
    const kept = await receipts();
    expect(kept.map(({ receipt_id: id, document }) => [document.record_id === id, document.pii_principal_id === id, document.events[0]?.entity_id === id || document.events[0]?.entity_id])).toEqual([[true, true, true], [true, true, true], [true, true, 'adviser']]);
    expect((await rowsOf(KIM.riverbourne)).filter((row) => [mark, '019aab12-345'].some((sign) => row.includes(sign)))).toEqual([]);
  });

  it('is led to their mark by nothing of a version that erased them and left the moments and ids of their choices; of whoever was not erased nothing changes', async () => {
    const pat = await two.app.residentVisitor(PAT.riverbourne, RECEIVER);
    for (const visitor of [kim, pat]) for (const state of ['given', 'withdrawn', 'given'] as const) {
      await pressSwitch(visitor, PAGE, ID, state);
      two.clock.advance(61);
    }
    const moments = (await two.entries('receiver')).map(({ t }) => String(t));
    type Kept = { readonly choice_id: string; readonly state: string; readonly at: Date; readonly receipt_id: string; readonly received_at: Date; readonly document: { readonly record_id: string; readonly pii_principal_id: string; readonly events: readonly { readonly entity_id: string; readonly event_time: string }[] } };
    const kept = async (personId: string): Promise<readonly Kept[]> => (await two.app.owner.query<Kept>('select c.choice_id, c.state, c.at, r.receipt_id, r.at as received_at, r.document from sharing.choice c left join sharing.receipt r on r.council_id = c.council_id and r.local_id = c.local_id and r.at = c.at and r.state = c.state where c.local_id = $1 order by c.at', [personId])).rows;
    // As that version left them: ids in order of time, the moment, and no key.
    for (const personId of [KIM.riverbourne, PAT.riverbourne]) for (const [at, { choice_id: choiceId, receipt_id: receiptId }] of (await kept(personId)).entries()) {
      const id = `019aab12-345${at}-7abc-8def-${personId.slice(-12)}`;
      await two.app.owner.query('update sharing.choice set choice_id = $2::uuid where choice_id = $1', [choiceId, id]);
      await two.app.owner.query(`update sharing.receipt set receipt_id = $2::uuid, document = document || jsonb_build_object('record_id', $2::text, 'pii_principal_id', $2::text) || jsonb_build_object('events', jsonb_build_array(document #> '{events,0}' || jsonb_build_object('entity_id', $3::text))) where receipt_id = $1`, [receiptId, id, at === 2 ? 'adviser' : id]);
    }
    await two.app.owner.query('delete from sharing.subject_key where local_id = $1', [KIM.riverbourne]);
    const ofPat = await kept(PAT.riverbourne);
    await two.app.owner.query(erasedBeforeMigration.sql);
    const mended = await kept(KIM.riverbourne);
    expect(mended.map(({ state, at }) => [state, at.toISOString()])).toEqual([['given', '2026-11-22T00:00:00.001Z'], ['withdrawn', '2026-11-22T00:00:00.002Z'], ['given', '2026-11-22T00:00:00.003Z']]);
    expect(mended.map(({ at, receipt_id: id, received_at: receivedAt, document: { record_id: record, pii_principal_id: principal, events } }) => [receivedAt.getTime() === at.getTime(), record === id, principal === id, events[0]?.entity_id === id || events[0]?.entity_id, events[0]?.event_time === at.toISOString()])).toEqual([[true, true, true, true, true], [true, true, true, true, true], [true, true, true, 'adviser', true]]);
    expect((await two.app.owner.query<{ text: string }>('select to_jsonb(c)::text as text from sharing.choice c where local_id = $1 union all select to_jsonb(r)::text from sharing.receipt r where local_id = $1', [KIM.riverbourne])).rows.filter(({ text }) => ['019aab12', ...moments.map((moment) => moment.slice(0, 19))].some((sign) => text.includes(sign)))).toEqual([]);
    expect(await kept(PAT.riverbourne)).toEqual(ofPat);
    await two.app.owner.query(erasedBeforeMigration.sql);
    expect(await kept(KIM.riverbourne)).toEqual(mended);
    expect((await two.app.owner.query(`select relname from pg_class where relnamespace = 'sharing'::regnamespace and relname in ('choice', 'receipt', 'subject_key') and relrowsecurity and relforcerowsecurity`)).rows).toHaveLength(3);
  });

  it('was known elsewhere, and that body hears of it, however long it takes: the link ends, what it was told goes, and its own systems and the person read so', async () => {
    await pressSwitch(kim, PAGE, ID, 'given');
    two.clock.advance(61);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    for (const from of [HOLDER, 'somebody-else']) {
      await two.app.owner.query(`insert into sharing.evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, told_by, agreement_id, exchange_id, service, kept_at, until)
        values ($1, gen_random_uuid(), $2, 'address.current', '{}', 'x', 'told', '2026-11-01', $3, 'an-agreement', gen_random_uuid(), 'garden-waste', $4, '2020-01-01')`, [two.receiver.council.id, KIM.riverbourne, from, two.clock.now()]);
    }
    await reachable(false);
    await erase(two.holder, KIM.aldermoor);
    await two.app.drainJobs();
    expect(await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne)).toBeDefined();
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
    await reachable(true);
    for (let minutes = 0; minutes < 24 * 60 && (await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne)); minutes += 10) {
      two.clock.advance(600);
      await two.app.drainJobs();
    }
    expect((await two.entries('receiver')).slice(-2)).toEqual([expect.objectContaining({ kind: 'erased', peer: HOLDER, attributes: two.agreement.attributes.toSorted() }), expect.objectContaining({ kind: 'unlinked', peer: HOLDER })]);
    expect((await two.app.owner.query('select told_by from sharing.evidence where local_id = $1', [KIM.riverbourne])).rows).toEqual([{ told_by: 'somebody-else' }]);
    expect((await two.app.owner.query('select kind, attribute, from_peer from sharing.change where local_id = $1 order by attribute', [KIM.riverbourne])).rows).toEqual(two.agreement.attributes.toSorted().map((attribute) => ({ kind: 'erased', attribute, from_peer: HOLDER })));
    const again = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    expect(linesOf(await again.get(PAGE)).slice(0, 2)).toEqual([expect.stringMatching(/The link .* was removed/), expect.stringMatching(/aldermoor council erased what it held about you/)]);
    expect((await two.app.owner.query('select 1 from sharing.link_end')).rowCount).toBe(0);
  });

  it('has their links ended also where the key alone is erased, or was gone already', async () => {
    const source = two.app.get(SharingOfPerson);
    for (const way of [`link_attempt (council_id, state_hash, peer_id, local_id, ticket, return_to, until) values ($1, 'a-state', $3, $2, 'a-ticket', '/account', now() + interval '1 day')`, `link_visit (council_id, ticket_hash, peer_id, state, local_id, code_hash, until) values ($1, 'a-ticket', $3, 'a-state', $2, 'a-code', now() + interval '1 day')`]) {
      await two.app.owner.query(`insert into sharing.${way}`, [two.receiver.council.id, KIM.riverbourne, HOLDER]);
    }
    await source.erase(rights(two.receiver), KIM.riverbourne as PersonId, 'key');
    await two.app.drainJobs();
    for (const way of ['link_attempt', 'link_visit']) expect((await two.app.owner.query(`select 1 from sharing.${way}`)).rowCount).toBe(0);
    expect((await two.app.owner.query('select 1 from sharing.link where local_id = any($1)', [Object.values(KIM)])).rowCount).toBe(0);
    await two.app.get(Links).add(two.receiver, { peerId: HOLDER, localId: KIM.riverbourne, provenBy: 'in-person' });
    await two.app.owner.query('delete from sharing.subject_key where local_id = $1', [KIM.riverbourne]);
    await source.erase(rights(two.receiver), KIM.riverbourne as PersonId, `link/${HOLDER}`);
    expect((await two.app.owner.query('select 1 from sharing.link where local_id = $1', [KIM.riverbourne])).rowCount).toBe(0);
    expect(await two.app.get(SubjectKeys).find(two.receiver, KIM.riverbourne)).toBeUndefined();
  });

  it('has each thing once in their copy, what was told once and why an officer looked too', async () => {
    await two.app.owner.query(`insert into sharing.change (council_id, change_id, kind, local_id, attribute, from_peer, created_at) values ($1, gen_random_uuid(), 'corrected', $2, 'address.current', $3, now())`, [two.receiver.council.id, KIM.riverbourne, HOLDER]);
    await two.app.get(Database).run(two.receiver, (tx) => Promise.resolve(keepLook(tx, { exchange: '01990000-0000-4000-8000-0000000000e1', because: 'A visit tomorrow', by: { service: 'x', officer: 'officer-1', network: 'internet', device: 'managed' } }, { peerId: HOLDER, localId: KIM.riverbourne, at: two.clock.now() })));
    const kinds = (await recordsOf(two.receiver, KIM.riverbourne)).map(({ id }) => id.split('/')[0]);
    expect(kinds.filter((kind) => kind === 'change' || kind === 'look')).toEqual(['change', 'look']);
  });
});
