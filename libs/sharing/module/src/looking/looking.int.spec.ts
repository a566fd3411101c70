import type { Visitor } from '@guildhall/kernel/testing';
import { KIM, LEE, kimChooses, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

const AT = `/desk/looking/people/${KIM.riverbourne}`;
const OFFICER = '01990000-0000-7000-8000-0000000000b1';
const RULE = 'garden-waste-concession@aldermoor';
const BECAUSE = 'Checking the address for RB-7K3F-92QD';

describe('an officer’s own look at what another body holds', () => {
  let two: TwoBodies;
  let officer: Visitor;
  beforeAll(async () => {
    two = await startTwoBodies({ channels: [{ network: 'internet', device: 'unmanaged' }] });
    await linkKim(two);
    officer = await two.app.officerVisitor({ officerId: OFFICER, roles: ['case-officer'] }, RECEIVER);
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));
  const look = async (form: Readonly<Record<string, string | readonly string[]>> = {}, visitor = officer): ReturnType<Visitor['post']> => {
    await visitor.get(AT);
    return visitor.post(AT, { rule: RULE, attributes: 'address.current', because: BECAUSE, ...form });
  };
  const audited = async (): Promise<readonly object[]> => (await two.app.owner.query<object>(`select actor_id, person_id, detail from kernel.audit where action = 'sharing.looked-at-other'`)).rows;

  it('needs a reason in words, and something that an agreement names: without, nothing is asked', async () => {
    for (const [form, sentence] of [[{ because: '' }, 'Say in words of your own'], [{ because: 'work' }, 'Say in words of your own'], [{ attributes: [] }, 'Choose what you need to see'], [{ attributes: 'care.receives' }, 'Choose what you need to see'], [{ rule: 'another@aldermoor' }, 'Choose where you want to look'], [{ rule: 'garden-waste-concession@riverbourne' }, 'Choose where you want to look']] as const) {
      const { status, text } = await look(form);
      expect([status, readable(text)]).toEqual([422, expect.stringContaining(sentence)]);
    }
    expect([await two.entries('receiver'), await audited()]).toEqual([[], []]);
  });
  it('is decided by the same rule as any question: without a yes it is refused, with each sentence', async () => {
    const { status, text } = await look();
    expect([status, readable(text)]).toEqual([403, expect.stringMatching(/You may not see this .*The resident has not said yes/)]);
    expect(await two.entries('holder')).toEqual([]);
  });
  it('is shown once, and to the resident on both sides: who looked, at what, because of what', async () => {
    await kimChooses(two, 'given');
    const { status, text, path } = await look();
    expect([status, path, readable(text)]).toEqual([200, AT, expect.stringMatching(/What aldermoor council holds of this person You see this once\. The resident sees that you looked, because: Checking the address for RB-7K3F-92QD Current address 2 Weir Lane ZZ99 1AB Council Tax register of aldermoor council, as at 1 November 2026/)]);
    expect(text).not.toContain('Gets Council Tax Reduction');
    for (const [personId, council] of [[KIM.riverbourne, RECEIVER], [KIM.aldermoor, HOLDER]] as const) {
      const visitor = await two.app.residentVisitor(personId, council);
      expect(linesOf(await visitor.get('/account/information')).join('|')).toMatch(/An officer of riverbourne council looked at what aldermoor council holds .* What: Current address Why: To decide what you pay for garden waste The officer.s reason: Checking the address for RB-7K3F-92QD By which rule: Concessions for garden waste, version 3 Told/);
      expect(linesOf(await visitor.get('/account/information?lang=cy')).join('|')).toMatch(/Edrychodd swyddog \(Cyngor riverbourne\) .* Rheswm y swyddog: Checking the address/);
    }
    expect((await audited()).at(-1)).toMatchObject({ actor_id: OFFICER, person_id: KIM.riverbourne, detail: { holder: HOLDER, attributes: ['address.current'] } });
  });
  it('leaves nothing of what was seen at the body that looked, and no reason in the clear on either side', async () => {
    const seen = await two.app.owner.query<{ row: string }>(`
      select row_to_json(t)::text as row from (select * from sharing.entry) t union all select row_to_json(t)::text from (select council_id, sealed::text from sharing.look) t union all select encode(sealed, 'escape') from sharing.look
      union all select row_to_json(t)::text from (select * from sharing.answer where council_id = $1) t union all select row_to_json(t)::text from (select * from kernel.audit) t union all select data::text from kernel.waiting_job`, [two.receiver.council.id]);
    expect(seen.rows.length).toBeGreaterThan(5);
    expect(JSON.stringify([seen.rows, two.app.log.lines])).not.toMatch(/Weir Lane|ZZ99|Checking the address/);
    expect((await two.app.owner.query('select 1 from sharing.answer where council_id = $1', [two.receiver.council.id])).rows).toEqual([]);
  });
  it('leads back to the case from which they came', async () => {
    const from = '/desk/cases/RB-7K3F-92QD';
    expect((await officer.get(`${AT}?from=${from}`)).text).toMatch(/<a href="\/desk\/cases\/RB-7K3F-92QD" class="govuk-back-link">/);
    expect((await look({ because: '', from })).text).toContain('name="from" value="/desk/cases/RB-7K3F-92QD"');
    expect((await look({ from })).text).toContain(`${AT}?from=%2Fdesk%2Fcases%2FRB-7K3F-92QD`);
    expect((await look({ from: 'https://evil.example/' })).text).not.toContain('evil.example');
  });
  it('says so when the other body does not answer', async () => {
    await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', '"http://localhost:9/sharing"') where council_id = $1`, [two.receiver.council.id]);
    const { status, text } = await look();
    expect([status, readable(text)]).toEqual([503, expect.stringContaining('does not answer at the moment')]);
    await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.receiver.council.id, two.bodies.holder.endpoint]);
  });
  it('is for officers who may, of people whom the other body knows', async () => {
    expect(readable((await officer.get(`/desk/looking/people/${LEE}`)).text)).toContain('There is no agreement in force by which we may ask');
    expect((await officer.request('/desk/looking/people/x')).status).toBe(404);
    expect((await (await two.app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] }, RECEIVER)).request(AT)).status).toBe(403);
    expect([303, 401, 403]).toContain((await (await two.app.residentVisitor(KIM.riverbourne, RECEIVER)).request(AT)).status);
    expect([303, 401]).toContain((await two.app.visitor(RECEIVER).request(AT)).status);
    expect(readable((await (await two.app.officerVisitor({ officerId: OFFICER, roles: ['case-officer'] }, HOLDER)).get(AT)).text)).toContain('There is no agreement in force by which we may ask');
  });
});
