import type { Visitor } from '@guildhall/kernel/testing';
import { accountPage, pressSwitch } from '../../test/account-page';
import { KIM, LEE, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

const ID = 'garden-waste-concession';
const HERE = `/desk/sharing/agreements/${ID}`;
const OFFICER = '01990000-0000-7000-8000-0000000000b1';

describe('the receipts of an agreement', () => {
  let two: TwoBodies;
  let manager: Visitor;
  beforeAll(async () => {
    two = await startTwoBodies({}, { alsoInstalled: [accountPage()] });
    await linkKim(two);
    manager = await two.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, RECEIVER);
    for (const [person, state] of [[KIM.riverbourne, 'given'], [LEE, 'given'], [KIM.riverbourne, 'withdrawn']] as const) {
      two.clock.advance(60);
      await pressSwitch(await two.app.residentVisitor(person, RECEIVER), '/account/information', ID, state);
    }
  });
  afterAll(() => two?.close());

  const lines = (text: string): readonly Record<string, unknown>[] => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);

  it('are taken by whoever manages it, the oldest first, and name nobody: neither by their id nor by their mark in the log', async () => {
    expect((await manager.get(HERE)).text).toContain(`${HERE}/receipts`);
    const file = await manager.request(`${HERE}/receipts`);
    expect([file.status, file.headers['content-type'], file.headers['content-disposition']]).toEqual([200, expect.stringContaining('application/x-ndjson'), expect.stringContaining(`attachment; filename="${ID}-receipts.ndjson"`)]);
    expect(lines(file.text).map(({ schema_version: version, events }) => [version, (events as { event_state: string }[])[0]?.event_state])).toEqual(['given', 'given', 'withdrawn'].map((state) => ['ISO/IEC TS 27560:2023', state]));
    expect(new Set(lines(file.text).map(({ pii_principal_id: id }) => id)).size).toBe(3);
    for (const said of [KIM.riverbourne, LEE, ...(await two.entries('receiver')).map(({ subject }) => String(subject))]) expect(file.text).not.toContain(said);
    expect((await two.app.owner.query(`select actor_id, subject_id from kernel.audit where action = 'sharing.receipts-exported'`)).rows).toEqual([{ actor_id: OFFICER, subject_id: ID }]);
  });
  it('are all there, however many: more than are read at once, and several of one moment', async () => {
    await two.app.owner.query(`insert into sharing.receipt (council_id, receipt_id, reference, local_id, agreement_id, state, at, notice, chosen_by, document)
      select $1, gen_random_uuid(), 'many-' || n, 'many-' || n, $2, 'given', '2026-11-20T00:00:00.000123Z'::timestamptz + (n % 3) * interval '1 microsecond', '{}', 'resident', jsonb_build_object('n', n) from generate_series(1, 1201) n`, [two.receiver.council.id, ID]);
    const { text } = await manager.request(`${HERE}/receipts`);
    expect(new Set(lines(text).map(({ n }) => n)).size).toBe(1202);
    expect(lines(text)).toHaveLength(1204);
  });
  it('are nobody else’s: officers who only read agreements, another council’s, residents, nobody', async () => {
    const reader = await two.app.officerVisitor({ officerId: LEE, roles: ['adviser'] }, RECEIVER);
    expect((await reader.request(`${HERE}/receipts`)).status).toBe(403);
    for (const visitor of [await two.app.residentVisitor(KIM.riverbourne, RECEIVER), two.app.visitor(RECEIVER)]) expect([303, 401, 403]).toContain((await visitor.request(`${HERE}/receipts`)).status);
    const elsewhere = await two.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, HOLDER);
    expect((await elsewhere.request(`${HERE}/receipts`)).text).toBe('');
    expect((await manager.request('/desk/sharing/agreements/another/receipts')).status).toBe(404);
  });
});
