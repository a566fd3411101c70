import type { Visitor } from '@guildhall/kernel/testing';
import { Unavailable } from '@guildhall/kernel-contract';
import { KIM, LEE, askAboutKim, kimChooses, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

const PAGE = '/account/information';
const WRONG = `${PAGE}/wrong/council-tax-reduction.receives`;

describe('what is held, and what is wrong of it', () => {
  let two: TwoBodies;
  let kim: Visitor;
  beforeAll(async () => {
    two = await startTwoBodies();
    await linkKim(two);
    await kimChooses(two, 'given');
    two.people.kept.set('01990000-0000-7000-8000-0000000000c9', [{ attribute: 'address.current', value: { lines: ['2 Weir Lane'], postcode: 'ZZ99 1AB' }, asOf: '2026-11-01', source: 'other-register', verified: null }]);
    kim = await two.app.residentVisitor(KIM.aldermoor, HOLDER);
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));
  const disputes = async (): Promise<readonly object[]> => (await two.app.owner.query<object>('select local_id, attribute, answered_at from sharing.dispute')).rows;

  it('is shown with its source and its day, to whom it belongs', async () => {
    const text = readable((await kim.get(PAGE)).text);
    expect(text).toMatch(/Current address 2 Weir Lane ZZ99 1AB Council Tax register, as at 1 November 2026 It is wrong .* Gets Council Tax Reduction No Council Tax register, as at 1 November 2026 It is wrong/);
    for (const [personId, council] of [[LEE, HOLDER], [KIM.riverbourne, RECEIVER]] as const) expect((await (await two.app.residentVisitor(personId, council)).get(PAGE)).text).toContain('We hold nothing about you');
  });
  it('names its source in the reader’s language, and a record that has no name there as one of ours', async () => {
    const inWelsh = readable((await kim.get(`${PAGE}?lang=cy`)).text);
    await kim.get(`${PAGE}?lang=en`);
    expect(inWelsh).toMatch(/Cofrestr y Dreth Gyngor, ar 1 Tachwedd 2026/);
    expect(inWelsh).not.toMatch(/council tax/i);
    expect(readable((await (await two.app.residentVisitor('01990000-0000-7000-8000-0000000000c9', HOLDER)).get(PAGE)).text)).toMatch(/2 Weir Lane ZZ99 1AB One of our records, as at/);
  });
  it('says what happens before it is said to be wrong, and changes nothing by that', async () => {
    expect(readable((await kim.get(WRONG)).text)).toMatch(/Is this wrong: Gets Council Tax Reduction\? If you say so, we tell nobody else/);
    expect(await disputes()).toEqual([]);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
  });
  it('is told to nobody from then on, shown as in dispute, and in the trail', async () => {
    await kim.get(WRONG);
    const said = await kim.post(WRONG, {});
    expect([said.path, readable(said.text)]).toEqual([WRONG, expect.stringMatching(/You said that this is wrong: Gets Council Tax Reduction You said so on Sunday 22 November 2026/)]);
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { message: expect.stringMatching(/says it is wrong: Gets Council Tax Reduction/) } });
    expect(await askAboutKim(two, { attributes: ['address.current'] })).toMatchObject({ ok: true });
    const page = await kim.get(PAGE);
    expect(readable(page.text)).toMatch(/Gets Council Tax Reduction No .* You said that it is wrong\. We tell nobody until we have answered you\./);
    expect(readable(page.text)).toMatch(/until we have answered you\. See what came of it/);
    expect(linesOf(page)).toEqual(expect.arrayContaining([expect.stringMatching(/You said that something is wrong .* Gets Council Tax Reduction/), expect.stringMatching(/Not told You said that it is wrong, and you have not had an answer yet\./)]));
  });
  it('is said once, however often it is pressed', async () => {
    const before = (await two.entries('holder')).length;
    await Promise.all([kim.post(WRONG, {}), kim.post(WRONG, {})]);
    expect(await disputes()).toEqual([{ local_id: KIM.aldermoor, attribute: 'council-tax-reduction.receives', answered_at: null }]);
    expect((await two.entries('holder')).length).toBe(before);
  });
  it('can be said in Welsh, of whatever is shared, and of nothing else', async () => {
    expect(readable((await kim.get(`${PAGE}/wrong/address.current?lang=cy`)).text)).toMatch(/A yw hyn yn anghywir: Cyfeiriad presennol\?/);
    await kim.get(`${PAGE}?lang=en`);
    for (const wrong of ['shoe.size', 'x', '%2e%2e']) expect((await kim.get(`${PAGE}/wrong/${wrong}`)).status).toBe(404);
    expect((await kim.post(`${PAGE}/wrong/shoe.size`, {})).status).toBe(404);
  });
  it('is one person’s: what one says is wrong of themselves stays for others as it is', async () => {
    const lee = await two.app.residentVisitor(LEE, HOLDER);
    await lee.get(`${PAGE}/wrong/address.current`);
    await lee.post(`${PAGE}/wrong/address.current`, {});
    expect(readable((await lee.get(PAGE)).text)).toMatch(/Current address We have nothing now You said that it is wrong/);
    expect(await askAboutKim(two, { attributes: ['address.current'] })).toMatchObject({ ok: true });
    expect((await two.app.visitor(HOLDER).request(WRONG)).headers['location']).toMatch(/^\/sign-in\?next=/);
  });
  it('is said to be missing when a record does not answer, and the rest of the page comes', async () => {
    const { read } = two.people;
    two.people.read = () => Promise.reject(new Unavailable('The register does not answer.'));
    const { status, text } = await kim.get(PAGE);
    two.people.read = read;
    expect(status).toBe(200);
    expect(text).toContain('One of our records does not answer just now');
    expect(linesOf({ text }).length).toBeGreaterThan(0);
  });
});
