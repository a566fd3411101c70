import { subjectMark } from '@guildhall/sharing-contract';
import { HOLDER, PAT, RECEIVER, startTwoBodies, type TwoBodies } from '../test/two-bodies';
import { SubjectKeys } from './information/subject-keys';
import { Links } from './linking/links';
import { ForgetsOld } from './keeping/forget-old';
import { ComparesTwins } from './watching/compares-twins';
import { WatchesLogs } from './watching/watches-logs';

/** Somebody of whom every value is nobody else's. */
const CANARY = { name: 'Zebulon Quicksilverfish', birthday: '1931-02-03', line: '17 Quagmire Turret', postcode: 'ZZ99 5BQ', uprn: '990000107323' } as const;
/** What must not be found, as it is, without its spaces, or as the bytes in hexadecimal or base64 that a column may hold. */
const SIGNS = Object.values(CANARY).flatMap((value) => [value, value.replaceAll(' ', ''), ...value.split(' ').filter((word) => word.length > 6)]).flatMap((sign) => {
  const bytes = [0, 1, 2].map((shift) => Buffer.from(`${'x'.repeat(shift)}${sign}`).toString('base64').replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, -1));
  return [sign.toLowerCase(), Buffer.from(sign).toString('hex'), ...bytes.map((encoded) => encoded.toLowerCase())];
});
const signsIn = (text: string): readonly string[] => SIGNS.filter((sign) => text.toLowerCase().includes(sign));

describe('what somebody is called, where they live and what was told of them', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await startTwoBodies({ attributes: ['person.name', 'person.date-of-birth', 'address.current', 'council-tax-reduction.receives'] }); });
  afterAll(() => two?.close());

  /** Every row of every table of the module and of the kernel's jobs, events, audit and keys, as text. */
  async function stored(): Promise<readonly { readonly table: string; readonly text: string }[]> {
    const { rows: tables } = await two.app.owner.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('sharing', 'kernel', 'queue')`);
    const all = await Promise.all(tables.map(async ({ name }) => (await two.app.owner.query<{ text: string }>(`select t::text as text from ${name} t`)).rows.map(({ text }) => ({ table: name, text }))));
    return all.flat();
  }
  const found = async (): Promise<readonly string[]> => (await stored()).filter(({ text }) => signsIn(text).length > 0).map(({ table }) => table);
  const logged = (): readonly string[] => two.app.log.lines.map((line) => JSON.stringify(line)).filter((line) => signsIn(line).length > 0);
  /** Every job there is, after each thing that happens. */
  async function goesOn(): Promise<void> {
    await two.app.drainJobs();
    for (const ctx of [two.receiver, two.holder]) for (const job of [WatchesLogs, ComparesTwins, ForgetsOld]) await two.app.get<{ run(given: typeof ctx): Promise<void> }>(job as never).run(ctx);
    two.clock.advance(180);
  }

  it('is told, and stands in no log, job, event, answer that is kept, or line that the app writes', async () => {
    two.people.kept.set(PAT.aldermoor, [
      { attribute: 'person.name', value: CANARY.name, asOf: '2026-11-01', source: 'council-tax-register', verified: 'bill' },
      { attribute: 'person.date-of-birth', value: CANARY.birthday, asOf: '2026-11-01', source: 'council-tax-register', verified: null },
      { attribute: 'address.current', value: { lines: [CANARY.line], postcode: CANARY.postcode, uprn: CANARY.uprn }, asOf: '2026-11-01', source: 'council-tax-register', verified: 'bill' },
      { attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'council-tax-register', verified: null },
    ]);
    // Somebody writes more into the reason than belongs there.
    const because = `${CANARY.name} of ${CANARY.postcode} applies`;
    const before = await two.ask({ because });
    expect(before).toMatchObject({ ok: false, refusal: { reason: 'refused' } });
    await two.choose('given');
    await goesOn();
    const told = await two.ask({ because });
    expect(told).toMatchObject({ ok: true });
    expect(signsIn(JSON.stringify(told)).length).toBeGreaterThan(4);
    await goesOn();
    const resident = await two.app.residentVisitor(PAT.riverbourne, RECEIVER);
    await resident.get('/account/information/wrong/address.current');
    await resident.post('/account/information/wrong/address.current', {});
    await two.choose('withdrawn');
    expect(await two.ask({ because })).toMatchObject({ ok: false });
    await goesOn();
    expect(await found()).toEqual([]);
    expect(logged()).toEqual([]);
    expect([...new Set((await stored()).map(({ table }) => table))]).toEqual(expect.arrayContaining(['sharing.entry', 'sharing.answer', 'sharing.nonce', 'sharing.choice', 'sharing.dispute', 'sharing.entry_twin', 'kernel.audit']));
  });

  it.each([['as it is', CANARY.name], ['in hexadecimal', Buffer.from(CANARY.line).toString('hex')], ['in base64', Buffer.from(`a ${CANARY.name}`).toString('base64')]])('would be found %s', async (_how, sign) => {
    await two.app.owner.query(`insert into sharing.nonce (council_id, keyid, nonce, until) values ($1, $2, 'planted', now())`, [two.holder.council.id, sign]);
    expect(await found()).toEqual(['sharing.nonce']);
    await two.app.owner.query(`delete from sharing.nonce where nonce = 'planted'`);
  });

  it('names nobody in its entries: who is meant is a mark, which needs a key', async () => {
    const sides = [[two.receiver, HOLDER, PAT.riverbourne, 'receiver'], [two.holder, RECEIVER, PAT.aldermoor, 'holder']] as const;
    const marks: string[] = [];
    for (const [ctx, peerId, localId, where] of sides) {
      const link = await two.app.get(Links).ofPerson(ctx, peerId, localId);
      const mark = subjectMark(link?.subjectKey ?? new Uint8Array(), localId);
      marks.push(mark);
      const entries = await two.entries(where);
      expect(entries.filter(({ subject }) => subject === mark).length).toBeGreaterThan(0);
      expect(JSON.stringify(entries)).not.toContain(localId);
      expect(JSON.stringify(entries)).not.toContain(link?.pairwise ?? '');
    }
    // The two logs cannot be laid side by side by it.
    expect(new Set(marks).size).toBe(2);
  });

  it('is not found after the key was destroyed either, and the key is nowhere', async () => {
    const key = Buffer.from((await two.app.get(SubjectKeys).find(two.holder, PAT.aldermoor)) ?? []);
    const before = await two.entries('holder');
    for (const { council } of [two.receiver, two.holder]) await two.app.owner.query('delete from sharing.subject_key where council_id = $1', [council.id]);
    expect(await found()).toEqual([]);
    expect(key.length).toBe(32);
    expect((await stored()).filter(({ text }) => text.includes(key.toString('hex')) || text.includes(key.toString('base64')))).toEqual([]);
    // The proof stays.
    expect(await two.entries('holder')).toEqual(before);
    expect(await two.app.get(Links).ofPerson(two.holder, RECEIVER, PAT.aldermoor)).toBeUndefined();
    const made = await two.app.get(SubjectKeys).make(two.holder, PAT.aldermoor);
    expect(before.map(({ subject }) => subject)).not.toContain(subjectMark(made, PAT.aldermoor));
    expect(logged()).toEqual([]);
  });
});
