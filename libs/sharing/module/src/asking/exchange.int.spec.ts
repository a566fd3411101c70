import { PAT, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

describe('one body asks another', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await startTwoBodies(); });
  afterAll(() => two?.close());

  it('asks nothing before the resident has said yes, and has that in its log', async () => {
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/has not said yes/) } });
    expect(two.people.reads).toBe(0);
    expect(await two.entries('holder')).toEqual([]);
    expect(await two.entries('receiver')).toMatchObject([{ kind: 'asked', allow: false, failed: ['choice', 'choice-fresh'] }]);
  });
  it('is told what was agreed, and both logs say so', async () => {
    await two.choose('given');
    const told = await two.ask();
    expect(told).toMatchObject({ ok: true, value: { evidence: [{ attribute: 'address.current', value: { postcode: 'ZZ99 1AA' }, asOf: '2026-11-01', source: 'council-tax-register' }, { attribute: 'council-tax-reduction.receives', value: true }] } });
    const [received, answered] = [(await two.entries('receiver')).at(-1), (await two.entries('holder')).at(-1)];
    expect(answered).toMatchObject({ kind: 'answered', allow: true, peer: 'riverbourne', agreement: 'garden-waste-concession@3' });
    expect(received).toMatchObject({ kind: 'received', allow: true, peer: 'aldermoor', exchange: answered?.['exchange'], req: answered?.['req'], res: answered?.['res'] });
  });
  it('has no value and no name in either log', async () => {
    const logged = JSON.stringify([await two.entries('receiver'), await two.entries('holder'), two.app.log.lines]);
    for (const said of ['ZZ99', 'Weir Lane', '990000012345', PAT.riverbourne, PAT.aldermoor, 'pw:', 'RB-7K3F-92QD']) expect(logged).not.toContain(said);
    const { rows } = await two.app.owner.query<{ sealed: string }>(`select encode(sealed, 'escape') as sealed from sharing.answer`);
    for (const { sealed } of rows) expect(sealed).not.toMatch(/ZZ99|Weir/);
  });
  it('is refused by the holder when the resident has said no there, which the receiver has not heard', async () => {
    two.clock.advance(1);
    await two.choose('withdrawn', 'holder');
    const reads = two.people.reads;
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: 'refused', message: 'The resident has said no.' } });
    expect(two.people.reads).toBe(reads);
    expect((await two.entries('holder')).at(-1)).toMatchObject({ kind: 'answered', allow: false, failed: ['choice'] });
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'received', allow: false, failed: ['choice'] });
    two.clock.advance(1);
    await two.choose('given');
    expect(await two.ask()).toMatchObject({ ok: true });
  });
  it('is refused with the reason where its key is not known', async () => {
    const keys = async (id: string): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{keys,0,keyid}', to_jsonb($2::text)) where council_id = $1`, [two.holder.council.id, id]);
    await keys('riverbourne#2025-1');
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/riverbourne#2026-1 is not known/) } });
    expect((await two.entries('holder')).at(-1)).toMatchObject({ kind: 'answered', peer: null, allow: false });
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'received', allow: false, failed: expect.arrayContaining(['signature']) });
    await keys('riverbourne#2026-1');
    expect(await two.ask()).toMatchObject({ ok: true });
  });
  it('does not ask for more than was agreed, without a reason, or about somebody who is not linked', async () => {
    expect(await two.ask({ attributes: ['care.receives'] })).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/does not allow: Gets care/) } });
    expect(await two.ask({ because: ' ' })).toMatchObject({ ok: false, refusal: { message: expect.stringMatching(/No reason/) } });
    expect(await two.ask({ localId: 'somebody-else' })).toMatchObject({ ok: false, refusal: { reason: 'not-linked' } });
    expect(await two.ask({ agreementId: 'another' })).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/no agreement another/) } });
  });
});
