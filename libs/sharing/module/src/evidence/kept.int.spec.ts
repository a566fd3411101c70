import type { Visitor } from '@guildhall/kernel/testing';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import type { WantedAnswer } from '@guildhall/services-contract';
import { pressSwitch } from '../../test/account-page';
import { knowsPeople } from '../../test/known-people';
import { KIM, askAboutKim, linkKim, linesOf, readable } from '../../test/residents';
import { RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OnceOnly } from '../once-only/once-only';

const ID = 'garden-waste-concession';
const PAGE = '/account/information';
const FORM = '/services/garden-waste/property?change=yes';
const OFFICER = '01990000-0000-7000-8000-0000000000b1';
const ADDRESS = { lines: ['5 New Road'], postcode: 'ZZ99 1AB' };

let two: TwoBodies;
let kim: Visitor;
let source: OnceOnly;
let ctx: RequestContext;
const wanted: WantedAnswer = { personId: KIM.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' } }, attribute: 'address.current', purposes: [ID] };
const back = (path: string): string => `${path}?back=${encodeURIComponent(FORM)}`;
const rows = async (): Promise<number> => (await two.app.owner.query('select 1 from sharing.evidence')).rows.length;
beforeAll(async () => {
  const clock = new FixedClock(new Date('2026-11-22T13:00:00Z'));
  const identity = new InMemoryIdentity(clock, new SeededIds());
  two = await startTwoBodies({}, { clock, alsoInstalled: [knowsPeople(identity)] });
  identity.addPerson(two.receiver, { personId: KIM.riverbourne as PersonId, name: 'Kim Resident' });
  await linkKim(two);
  source = two.app.get(OnceOnly);
  ctx = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: KIM.riverbourne as PersonId, confidence: 'low' } });
  kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
});
afterAll(() => two?.close());
beforeEach(() => two.clock.advance(60));

describe('what somebody has typed themselves', () => {
  beforeEach(() => source.typed(ctx, wanted, { value: ADDRESS, because: 'asked' }));

  it('has a way at the question itself not to be kept: two presses, and they are back and are asked again', async () => {
    const { told } = await source.look(ctx, wanted);
    expect(told?.stop).toEqual({ href: `${PAGE}/kept/address.current`, words: 'Do not keep this' });
    const page = await kim.get(back(told?.stop?.href ?? ''));
    expect(readable(page.text)).toMatch(/Do not keep this: Current address\? 5 New Road ZZ99 1AB You told us this on Sunday 22 November 2026\. We delete what you told us of this/);
    expect(await rows()).toBe(1);
    const gone = await kim.request(`${PAGE}/kept/address.current`, { method: 'POST', form: { back: FORM } });
    expect([gone.status, gone.headers['location'], await rows()]).toEqual([303, FORM, 0]);
    expect((await source.look(ctx, wanted)).told).toBeUndefined();
    // Pressed once more there is nothing to press for.
    expect((await kim.request(back(`${PAGE}/kept/address.current`), {})).headers['location']).toBe(FORM);
  });
  it('leads nowhere else than to this site', async () => {
    await kim.get(`${PAGE}/kept/address.current?back=//evil.example/`);
    expect((await kim.request(`${PAGE}/kept/address.current`, { method: 'POST', form: { back: 'https://evil.example/' } })).headers['location']).toBe(`${PAGE}#held`);
  });
  it('is forgotten and asked for when it is said to be wrong: nobody has to look at it, and nothing of it is in dispute', async () => {
    expect(readable((await kim.get(PAGE)).text)).toMatch(/Current address 5 New Road ZZ99 1AB What you told us, as at 22 November 2026 Do not keep this/);
    await source.wrong(ctx, wanted);
    expect([await rows(), (await two.app.owner.query('select 1 from sharing.dispute')).rows]).toEqual([0, []]);
    expect(linesOf(await kim.get(PAGE)).join()).not.toContain('something is wrong');
  });
  it('is forgotten for who calls, on whose authority is on record', async () => {
    const adviser = await two.app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] }, RECEIVER);
    const at = `/desk/information/people/${KIM.riverbourne}/kept/address.current`;
    await adviser.get(at);
    expect([(await adviser.post(at, {})).status, await rows()]).toEqual([400, 1]);
    expect([(await adviser.post(at, { authority: 'caller-for-themselves', checks: ['called-back'] })).status, await rows()]).toEqual([200, 0]);
    const { rows: audited } = await two.app.owner.query<{ detail: object }>(`select detail from kernel.audit where action = 'sharing.forget-typed' and actor_id = $1`, [OFFICER]);
    expect(audited).toEqual([{ detail: { authority: 'caller-for-themselves', checks: ['called-back'] } }]);
  });
});

describe('what was told by an agreement that has ended since', () => {
  it('can be stopped as long as it is kept, from the question and back to it; and not be allowed again', async () => {
    const { offer } = await source.look(ctx, wanted);
    expect(await source.get(ctx, wanted, { id: ID, shown: offer?.shown ?? '', returnTo: FORM })).toMatchObject({ ok: true });
    await two.app.owner.query(`update sharing.agreement set ended_on = '2026-11-22' where agreement_id = $1`, [ID]);
    two.clock.advance(60);
    const { told } = await source.look(ctx, wanted);
    expect(told).toMatchObject({ value: { lines: ['2 Weir Lane'] }, stop: { href: `${PAGE}/agreements/${ID}` } });
    expect(readable((await kim.get(PAGE)).text)).toMatch(/No longer shared, still kept Concessions for garden waste .* Nothing is shared by it\. We still keep what was told by it before, and use it .* If you stop What we still keep of it is not used again .* Stop : Concessions for garden waste/);
    expect(linesOf(await kim.get(PAGE)).some((line) => line.includes('Stop this'))).toBe(true);
    const page = await kim.get(back(told?.stop?.href ?? ''));
    expect(page.text).toContain(`href="${FORM}"`);
    const receipt = await pressSwitch(kim, back(told?.stop?.href ?? ''), ID, 'withdrawn');
    expect(readable(receipt.text)).toMatch(/Stopped .* Go back to where you were/);
    expect(receipt.text).toContain(`href="${FORM}"`);
    expect((await source.look(ctx, wanted)).told).toBeUndefined();
    expect(readable((await kim.get(PAGE)).text)).toMatch(/You stopped this on Sunday 22 November 2026, so we do not use it\./);
    const digest = /name="shown" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const again = await kim.post(`${PAGE}/agreements/${ID}`, { state: 'withdrawn', shown: digest });
    expect(again.path.split('?')[0]).toBe(receipt.path.split('?')[0]);
    expect((await kim.post(`${PAGE}/agreements/${ID}`, { state: 'given', shown: digest })).status).toBe(409);
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
  });
});
