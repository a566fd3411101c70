import type { Visitor } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, signAgreement, type Agreement } from '@guildhall/sharing-contract';
import { agreementBetween } from '@guildhall/sharing-contract/testing';
import { AsksExchange } from '../asking/asks-exchange';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { KIM, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, RUNNING, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

const THIRD = 'westmarch';
const THERE = '01990000-0000-7000-8000-0000000000c3';
const PAGE = '/account/information';
const WRONG = `${PAGE}/wrong/person.date-of-birth`;
const ID = 'among-three';

describe('a correction of what several bodies were told', () => {
  let two: TwoBodies;
  let kim: Visitor;
  let officer: Visitor;
  const parties = () => {
    const node = two.app.get(OwnNode);
    const third = two.app.systemContext(THIRD);
    return [[two.receiver, two.bodies.receiver, KIM.riverbourne], [two.holder, two.bodies.holder, KIM.aldermoor], [third, node.body(third), THERE]] as const;
  };
  /** A version of the agreement between all three, or with one receiver alone. */
  const agree = async (changes: Partial<Agreement>): Promise<void> => {
    const node = two.app.get(OwnNode);
    const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: Object.fromEntries(parties().map(([, { id, name }]) => [id, name])) };
    const agreement = agreementBetween(two.bodies.receiver, two.bodies.holder, words, { id: ID, attributes: ['person.date-of-birth', 'age.over18'], receivers: [RECEIVER, THIRD], choice: { mode: 'none', withoutIt: { en: 'There is none', cy: 'Nid oes un' }, onWithdrawal: 'stop-using', keptBecause: { en: 'The law says so', cy: 'Y gyfraith sy’n dweud hynny' } }, lawfulBasis: 'legal-obligation', ...changes, contacts: Object.fromEntries([HOLDER, ...(changes.receivers ?? [RECEIVER, THIRD])].map((id) => [id, `data@${id}.example`])) });
    const signing = parties().filter(([, { id }]) => [...agreement.holders, ...agreement.receivers].includes(id));
    const envelope = signing.map(([ctx]) => node.signer(ctx)).reduce<ReturnType<typeof signAgreement> | undefined>((signed, signer) => signAgreement(agreement, signer, signed), undefined);
    if (!envelope) throw new Error('Nobody has signed.');
    for (const [ctx, own] of signing) expect(await two.app.get(Agreements).keep(ctx, envelope, signing.flatMap(([, body]) => (body.id === own.id ? [] : [body])))).toMatchObject({ ok: true });
  };
  const ask = (attributes: Agreement['attributes'], at: 0 | 2) => two.app.get(AsksExchange).ask(parties()[at][0], { agreementId: ID, holder: HOLDER, localId: parties()[at][2], attributes, because: 'Garden waste application RB-7K3F-92QD', by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' } });
  const enter = async (): Promise<void> => { [kim, officer] = [await two.app.residentVisitor(KIM.aldermoor, HOLDER), await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, HOLDER)]; };
  const toThird = (isReachable: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($3::text)) where council_id = $1 and peer_id = $2`, [two.holder.council.id, THIRD, isReachable ? parties()[2][1].endpoint : 'http://localhost:9/sharing']);
  const heard = async (): Promise<readonly unknown[]> => (await two.app.owner.query('select local_id, attribute from sharing.change where kind = $1 order by local_id, attribute', ['corrected'])).rows;

  beforeAll(async () => {
    two = await startTwoBodies({}, { thirds: [THIRD] });
    await linkKim(two);
    for (const [ctx, own] of parties()) for (const [, body] of parties()) if (body.id !== own.id) await two.app.get(Peers).pin(ctx, { body, running: RUNNING, assessments: [two.assessed(body)] });
    const third = two.app.systemContext(THIRD);
    const { pairwise } = await two.app.get(Links).add(third, { peerId: HOLDER, localId: THERE, provenBy: 'signed-in' });
    await two.app.get(Links).add(two.holder, { peerId: THIRD, localId: KIM.aldermoor, provenBy: 'signed-in', pairwise });
    two.people.kept.set(KIM.aldermoor, [{ attribute: 'person.date-of-birth', value: '2001-02-03', asOf: '2026-11-01', source: 'council-tax-register', verified: null }]);
    await agree({});
    expect(await ask(['person.date-of-birth'], 0)).toMatchObject({ ok: true });
    expect(await ask(['age.over18'], 2)).toMatchObject({ ok: true, value: { evidence: [{ attribute: 'age.over18', value: true }] } });
    // What they agree since has neither the one nor the other any more, and lets nothing be kept for long.
    two.clock.advance(24 * 60 * 60);
    await agree({ version: 4, receivers: [RECEIVER], attributes: ['person.name'], retention: 'P1D' });
    two.clock.advance(7 * 24 * 60 * 60);
    await enter();
  });
  afterAll(() => two?.close());

  it('reaches each of them, whatever was agreed since, also who was told what was worked out from it; and its owner sees each confirm', async () => {
    await toThird(false);
    await kim.get(WRONG);
    await kim.post(WRONG, {});
    const { rows: [dispute] } = await two.app.owner.query<{ dispute_id: string }>('select dispute_id::text as dispute_id from sharing.dispute');
    const at = `/desk/disputes/${dispute?.dispute_id ?? ''}`;
    await officer.get(at);
    two.clock.advance(60);
    expect((await officer.post(at, { outcome: 'corrected' })).status).toBe(200);
    await two.app.drainJobs();
    const told = async () => ({ page: readable((await kim.get(WRONG)).text), line: linesOf(await kim.get(PAGE))[0] });
    const before = await told();
    expect(before.page).toMatch(/Who was told that it was wrong riverbourne council They confirmed it on Monday 30 November 2026\. westmarch They have not confirmed it yet/);
    expect(before.line).toMatch(/Something was put right .* Date of birth Who was told that it was wrong: riverbourne council: They confirmed it on Monday 30 November 2026\. westmarch: They have not confirmed it yet/);
    expect(await heard()).toEqual([{ local_id: KIM.riverbourne, attribute: 'person.date-of-birth' }]);
    await toThird(true);
    for (let minutes = 0; minutes < 24 * 60 && (await heard()).length < 2; minutes += 10) {
      two.clock.advance(600);
      await two.app.drainJobs();
    }
    await enter();
    const after = await told();
    for (const text of [after.page, after.line]) expect(text).toMatch(/westmarch:? They confirmed it on Monday 30 November 2026/);
    expect(await heard()).toEqual([{ local_id: KIM.riverbourne, attribute: 'person.date-of-birth' }, { local_id: THERE, attribute: 'age.over18' }]);
    // One of them learns nothing of the other.
    for (const [, own, personId] of [parties()[0], parties()[2]] as const) expect(linesOf(await (await two.app.residentVisitor(personId, own.id)).get(PAGE)).join('|')).toMatch(/^(?!.*Who was told).*Something was put right/);
  });
});
