import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database } from '@guildhall/kernel';
import type { PersonId } from '@guildhall/kernel-contract';
import { accountPage, pressSwitch } from '../../test/account-page';
import { KIM, askAboutKim, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { CorrectionsOfPerson } from '../correcting/personal-data';
import { EvidenceStore } from '../evidence/evidence-store';
import { keepLook } from '../looking/keep-look';
import { SharingOfPerson } from './personal-data';

let two: TwoBodies;
beforeAll(async () => { two = await startTwoBodies({}, { alsoInstalled: [accountPage()] }); });
afterAll(() => two?.close());

async function copyOf(): Promise<readonly PersonalRecord[]> {
  const ctx = two.app.context(RECEIVER, { actor: { kind: 'system', job: 'a copy', permissions: new Set([READ_PERSONAL_DATA.id, ERASE_PERSONAL_DATA.id]) } });
  const records: PersonalRecord[] = [];
  for (const source of [two.app.get(SharingOfPerson), two.app.get(CorrectionsOfPerson)]) for await (const record of source.read(ctx, KIM.riverbourne as PersonId)) records.push(record);
  return records;
}

describe('sharing in a copy for its owner', () => {
  it('says who, what and when as a person reads it, in both languages: codes are for machines', async () => {
    const { app, receiver, clock } = two;
    await linkKim(two);
    const kim = await app.residentVisitor(KIM.riverbourne, RECEIVER);
    for (const state of ['given', 'withdrawn', 'given'] as const) {
      clock.advance(2);
      await pressSwitch(kim, '/account/information', two.agreement.id, state);
    }
    clock.advance(2);
    await askAboutKim(two);
    const typed = { localId: KIM.riverbourne, purposes: ['garden-waste-concession'], service: 'garden-waste', keptFor: 'P1Y', because: 'We asked', figures: [] };
    await app.get(EvidenceStore).keepTyped(receiver, { ...typed, attribute: 'address.current', value: { lines: ['9 Canary Row'], postcode: 'ZZ99 1AA' } });
    await app.get(EvidenceStore).keepTyped(receiver, { ...typed, attribute: 'person.date-of-birth', value: '1980-02-03' });
    await kim.get('/account/information/wrong/address.current');
    await kim.post('/account/information/wrong/address.current', {});
    await app.owner.query(`insert into sharing.dispute_answer (council_id, dispute_id, body_id, outcome, answered_at) select council_id, dispute_id, $2, 'corrected', $3 from sharing.dispute where local_id = $1`, [KIM.riverbourne, HOLDER, clock.now()]);
    await app.get(Database).run(receiver, (tx) => Promise.resolve(keepLook(tx, { exchange: '01990000-0000-7000-8000-0000000000e1', because: 'A visit tomorrow', by: { service: 'x', officer: 'officer-1', network: 'internet', device: 'managed' } }, { peerId: HOLDER, localId: KIM.riverbourne, at: clock.now() })));
    await app.owner.query(`insert into sharing.change (council_id, change_id, kind, local_id, attribute, from_peer, created_at) values ($1, gen_random_uuid(), 'corrected', $2, 'address.current', $3, $4)`, [receiver.council.id, KIM.riverbourne, HOLDER, clock.now()]);
    await app.drainJobs();
    const records = await copyOf();
    expect(new Set(records.map(({ id }) => id.split('/')[0]))).toEqual(new Set(['key', 'link', 'choice', 'receipt', 'dispute', 'evidence', 'answer', 'change', 'message', 'look']));
    for (const language of ['en', 'cy'] as const) {
      const read = records.flatMap(({ title, source, facts }) => [title, source, ...facts.flatMap(({ label, value }) => [label, value])]).map((one) => (typeof one === 'object' && !(one instanceof Date) ? one[language] : one));
      const words = read.filter((one) => typeof one === 'string');
      expect(words.filter((one) => /^[a-z-]+\.[a-z.-]+$|T\d\d:\d\d|\d{4}-\d\d-\d\d|\b(address\.current|person\.date|choice-given|choice-withdrawn|signed-in|garden-waste-concession|corrected)\b/.test(one) || one === HOLDER)).toEqual([]);
      expect(words.filter((one) => one.includes('undefined') || one.includes('{'))).toEqual([]);
    }
    const said = (kind: string, language: 'en' | 'cy') => records.filter(({ id }) => id.startsWith(kind)).flatMap(({ title, facts }) => [title[language], ...facts.map(({ label, value }) => `${label[language]}: ${value instanceof Date ? value.toISOString() : typeof value === 'object' ? value[language] : String(value)}`)]);
    expect([said('link', 'en')[0], said('link', 'cy')[0]]).toEqual(['You are known at aldermoor council', 'Mae’r corff hwn yn eich adnabod: Cyngor aldermoor']);
    expect(said('link', 'en')).toContain('Proved by: You signed in at both');
    expect(said('evidence/person', 'cy')).toEqual(['Yr hyn rydym yn ei wybod: Dyddiad geni', 'Ar 22 Tachwedd 2026: 3 Chwefror 1980']);
    expect(said('answer', 'en')).toContain('Answer: It was wrong, and it has been put right.');
    expect(said('key', 'en')).toEqual(expect.arrayContaining([expect.stringMatching(/^You stopped this: .*: 2026-11-22T13:00/), expect.stringMatching(/^riverbourne council asked aldermoor council\. What: Current address, Gets Council Tax Reduction\. Why: To decide what you pay for garden waste\. By which rule: .*, version 3\. Told: 2026/)]));
    expect(said('key', 'cy')).toEqual(expect.arrayContaining([expect.stringMatching(/^Stopioch hyn: /), expect.stringMatching(/^Gofynnwyd gan: Cyngor riverbourne\. Gofynnwyd i: Cyngor aldermoor\. Beth: Cyfeiriad presennol/)]));
    const marks = records.find(({ id }) => id === 'key');
    expect(marks?.facts.map(({ value }) => Number(value))).toEqual(marks?.facts.map(({ value }) => Number(value)).toSorted((one, other) => one - other));
    // For machines they are as they are named between bodies.
    expect(JSON.stringify(marks?.data)).toContain('"choice-withdrawn"');
  });
  it('is whole, however much there is', async () => {
    const { app, receiver } = two;
    const before = await copyOf();
    await app.owner.query(`insert into sharing.choice (council_id, choice_id, local_id, agreement_id, at, state, notice_digest, language, chosen_by)
      select $1, gen_random_uuid(), $2, 'of-long-ago', timestamptz '2020-01-01' + n * interval '1 hour', 'given', 'x', 'en', 'resident' from generate_series(1, 2000) as n`, [receiver.council.id, KIM.riverbourne]);
    const typed = { localId: KIM.riverbourne, purposes: ['garden-waste-concession'], service: 'garden-waste', keptFor: 'P1Y', because: 'We asked', figures: [] };
    for (let year = 1901; year <= 1960; year += 1) await app.get(EvidenceStore).keepTyped(receiver, { ...typed, attribute: 'person.date-of-birth', value: `${year}-02-03` });
    const records = await copyOf();
    expect(records.length - before.length).toBe(2000);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records.find(({ id }) => id === 'evidence/person.date-of-birth')?.facts).toHaveLength(61);
  });
});
