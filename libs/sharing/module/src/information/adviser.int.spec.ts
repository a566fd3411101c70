import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import type { Visitor } from '@guildhall/kernel/testing';
import type { PersonId } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import type { CaseView } from '@guildhall/cases-contract';
import { knowsPeople } from '../../test/known-people';
import { KIM, LEE, askAboutKim, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Links } from '../linking/links';
import { InformationOnCase } from './information-on-case';

const OFFICER = '01990000-0000-7000-8000-0000000000b1';
const DESK = `/desk/information/people/${KIM.riverbourne}`;
const SWITCH = `${DESK}/agreements/garden-waste-concession`;
const BASIS = { authority: 'caller-for-themselves', checks: ['name-and-address', 'called-back'] };

describe('a resident who calls', () => {
  let two: TwoBodies;
  let adviser: Visitor;
  let kim: Visitor;
  beforeAll(async () => {
    const clock = new FixedClock('2026-11-22T13:00:00Z');
    const identity = new InMemoryIdentity(clock, new SeededIds(7));
    two = await startTwoBodies({}, { alsoInstalled: [knowsPeople(identity)], clock });
    await linkKim(two);
    for (const personId of [KIM.riverbourne, LEE]) identity.addPerson(two.receiver, { personId: personId as PersonId, name: personId === LEE ? 'Lee Resident' : 'Kim Resident' });
    [adviser, kim] = [await two.app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] }, RECEIVER), await two.app.residentVisitor(KIM.riverbourne, RECEIVER)];
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));
  const audited = async (action: string): Promise<readonly { actor_id: string; person_id: string; detail: object }[]> => (await two.app.owner.query<{ actor_id: string; person_id: string; detail: object }>('select * from kernel.audit where action = $1 and person_id = $2', [action, KIM.riverbourne])).rows;
  const press = async (state: 'given' | 'withdrawn', form: Readonly<Record<string, string | readonly string[]>> = BASIS): Promise<Awaited<ReturnType<Visitor['post']>>> => adviser.post(SWITCH, { state, shown: /name="shown" value="([^"]+)"/.exec((await adviser.get(SWITCH)).text)?.[1] ?? '', ...form });

  it('is read what they would read themselves, and that somebody looked is on record', async () => {
    await askAboutKim(two);
    const text = readable((await adviser.get(DESK)).text);
    expect(text).toMatch(/Kim Resident: who looked, and what may be shared .*riverbourne council asked aldermoor council .*Not told .*What may be shared .*Stop or allow : Concessions for garden waste/);
    expect((await adviser.get(DESK)).text).not.toContain('name="state"');
    expect(await audited('sharing.look')).not.toEqual([]);
  });
  it('allows and stops through the adviser, on whose authority is kept, and sees it in their own trail with its receipt', async () => {
    const [allowed, stopped] = [await press('given'), (two.clock.advance(1), await press('withdrawn'))];
    expect([readable(allowed.text), readable(stopped.text)]).toEqual([expect.stringMatching(/Allowed Your reference RI-.* Who pressed An adviser, for you/), expect.stringMatching(/Stopped Your reference RI-/)]);
    expect(stopped.path).toMatch(new RegExp(`^${DESK}/receipts/`));
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { message: expect.stringMatching(/has said no/) } });
    const mine = await kim.get('/account/information');
    expect(linesOf(mine).slice(1, 3)).toEqual([expect.stringMatching(/You stopped this: .* An adviser did it for you\./), expect.stringMatching(/You allowed this: .* An adviser did it for you\./)]);
    expect((await kim.get(`/account/information/receipts/${stopped.path.split('/').at(-1)}`)).status).toBe(200);
    expect((await audited('sharing.choose')).map(({ detail }) => detail)).toEqual([expect.objectContaining({ state: 'given', ...BASIS }), expect.objectContaining({ state: 'withdrawn', ...BASIS })]);
    const { rows } = await two.app.owner.query('select chosen_by from sharing.choice where local_id = $1', [KIM.riverbourne]);
    expect(rows).toEqual([{ chosen_by: 'adviser' }, { chosen_by: 'adviser' }]);
    expect((await kim.get(`/account/information/receipts/${stopped.path.split('/').at(-1)}/download`)).json()).toMatchObject({ events: [{ entity_id: 'adviser' }] });
  });
  it('is not pressed for without an authority, and what was ticked stays', async () => {
    const before = await audited('sharing.choose');
    const answer = await press('given', { checks: 'called-back' });
    expect([answer.status, readable(answer.text)]).toEqual([400, expect.stringMatching(/Choose on whose authority you do this/)]);
    expect(answer.text).toMatch(/value="called-back" checked/);
    expect(await audited('sharing.choose')).toEqual(before);
    expect((await two.entries('receiver')).filter(({ kind }) => kind === 'choice-given')).toHaveLength(1);
  });
  it('has the receipt to be sent to them from there, and nobody else’s', async () => {
    const receipt = (await two.app.owner.query<{ receipt_id: string }>('select receipt_id from sharing.receipt where local_id = $1 limit 1', [KIM.riverbourne])).rows[0]?.receipt_id ?? '';
    expect((await adviser.get(`${DESK}/receipts/${receipt}`)).text).toContain(`${DESK}/receipts/${receipt}/download`);
    expect((await adviser.request(`${DESK}/receipts/${receipt}/download`)).json()).toMatchObject({ record_id: receipt });
    expect((await adviser.get(`/desk/information/people/${LEE}/receipts/${receipt}/download`)).status).toBe(404);
  });
  it('hears with which bodies they are linked, since when and how it was proved, and has a link removed on a recorded authority', async () => {
    const text = readable((await adviser.get(DESK)).text);
    expect(text).toMatch(/Where you are linked .*aldermoor council Since Sunday 22 November 2026\. You signed in at both\. Remove/);
    const at = `${DESK}/links/${HOLDER}/remove`;
    expect(readable((await adviser.get(at)).text)).toMatch(/nothing can be asked or told about you between us and aldermoor council/);
    const refused = await adviser.post(at, { checks: 'called-back' });
    expect([refused.status, readable(refused.text)]).toEqual([400, expect.stringMatching(/Choose on whose authority you do this/)]);
    expect(await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne)).toBeDefined();
    expect(readable((await adviser.post(at, BASIS)).text)).toMatch(/Your record here is linked with none at another public body/);
    expect((await audited('sharing.unlinked')).map(({ detail }) => detail)).toEqual([BASIS]);
    expect(linesOf(await kim.get('/account/information'))[0]).toMatch(/The link of your records here and at aldermoor council was removed/);
    await two.app.drainJobs();
    expect(await two.app.get(Links).ofPerson(two.holder, RECEIVER, KIM.aldermoor)).toBeUndefined();
    expect((await adviser.get(at)).status).toBe(404);
    await linkKim(two);
  });
  it('has it said by the adviser that something is wrong, and sees that', async () => {
    await adviser.get(`${DESK}/wrong/address.current`);
    expect((await adviser.post(`${DESK}/wrong/address.current`, {})).status).toBe(400);
    const said = await adviser.post(`${DESK}/wrong/address.current`, BASIS);
    expect(readable(said.text)).toMatch(/You said that this is wrong: Current address/);
    expect(linesOf(await kim.get('/account/information'))[0]).toMatch(/You said that something is wrong .* Current address An adviser did it for you\./);
    expect((await audited('sharing.dispute')).map(({ detail }) => detail)).toEqual([expect.objectContaining(BASIS)]);
  });
  it('is found from their case', async () => {
    const panel = two.app.get(InformationOnCase);
    const view = { personId: KIM.riverbourne } as CaseView;
    const officer = (permissions: readonly string[]) => two.app.context(RECEIVER, { actor: { kind: 'officer', officerId: OFFICER as never, name: 'Sam Officer', roles: [], teams: [], permissions: new Set(permissions) } });
    expect(await panel.load(officer(['sharing.act-for-residents']), view)).toMatchObject({ data: { href: DESK } });
    expect(await panel.load(officer([]), view)).toBeUndefined();
    // And leads back to it.
    const found = await panel.load(officer(['sharing.act-for-residents']), { ...view, reference: 'RB-7K3F-92QD' });
    const there = await adviser.get((found?.data as { readonly href: string }).href);
    expect(there.text).toMatch(/<a href="\/desk\/cases\/RB-7K3F-92QD" class="govuk-back-link">\s*Back to case RB-7K3F-92QD/);
    for (const from of ['https://evil.example/', '/desk/cases/../../sign-out', '//evil.example']) expect((await adviser.get(`${DESK}?from=${encodeURIComponent(from)}`)).text).not.toContain('govuk-back-link');
    expect(await panel.load(officer(['sharing.act-for-residents']), {} as CaseView)).toBeUndefined();
  });
  it('is nobody’s else’s to look at: other officers, other councils’ advisers, residents, nobody, and not for people who are not here', async () => {
    const receipt = (await two.app.owner.query<{ receipt_id: string }>('select receipt_id from sharing.receipt limit 1')).rows[0]?.receipt_id ?? '';
    const paths = ['', '/looked', '/entries/0', '/agreements/garden-waste-concession', `/receipts/${receipt}`, `/receipts/${receipt}/download`, `/links/${HOLDER}/remove`, '/wrong/address.current'];
    const before = await audited('sharing.look');
    for (const [visitor, statuses] of [
      [await two.app.officerVisitor({ officerId: LEE, roles: ['case-officer'] }, RECEIVER), [403]], [await two.app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] }, HOLDER), [404]], [kim, [303, 401, 403]], [two.app.visitor(RECEIVER), [303, 401]],
    ] as const) for (const path of paths) expect(statuses).toContain((await visitor.request(DESK + path)).status);
    expect(await audited('sharing.look')).toEqual(before);
    for (const person of ['01990000-0000-7000-8000-0000000000ff', 'x']) expect((await adviser.get(`/desk/information/people/${person}`)).status).toBe(404);
    expect((await adviser.get(`/desk/information/people/${LEE}/receipts/${receipt}`)).status).toBe(404);
    expect((await adviser.get(`/desk/information/people/${LEE}/entries/0`)).status).toBe(404);
  });
});
