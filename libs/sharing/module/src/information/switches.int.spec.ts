import type { Visitor } from '@guildhall/kernel/testing';
import { testResident } from '@guildhall/kernel-contract/testing';
import { documentDigest, type Agreement } from '@guildhall/sharing-contract';
import { accountPage, pressSwitch, pressesTo } from '../../test/account-page';
import { KIM, LEE, askAboutKim, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { MayBeShared } from './may-be-shared';
import { PressesSwitch } from './presses-switch';

const ID = 'garden-waste-concession';
const PAGE = '/account/information';
const CHOICE: Agreement['choice'] = { mode: 'opt-in', withoutIt: { en: 'You can upload a letter instead', cy: 'Gallwch lanlwytho llythyr yn lle hynny' }, onWithdrawal: 'keep-what-was-decided', keptBecause: null };

async function sharing(choice: Partial<Agreement['choice']> = {}, changes: Partial<Agreement> = {}): Promise<TwoBodies> {
  const two = await startTwoBodies({ choice: { ...CHOICE, ...choice }, ...changes }, { alsoInstalled: [accountPage()] });
  await linkKim(two);
  return two;
}

describe('the switch of an agreement that asks first', () => {
  let two: TwoBodies;
  let kim: Visitor;
  beforeAll(async () => {
    two = await sharing();
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));
  const choices = async (): Promise<readonly { state: string; notice_digest: string; language: string; chosen_by: string }[]> => (await two.app.owner.query<{ state: string; notice_digest: string; language: string; chosen_by: string }>('select state, notice_digest, language, chosen_by from sharing.choice where local_id = $1 order by at', [KIM.riverbourne])).rows;

  it('says before the press what it is, what it is good for, what cannot be undone and what can be done instead', async () => {
    for (const path of [PAGE, `${PAGE}/agreements/${ID}`]) {
      const text = readable((await kim.get(path)).text);
      for (const said of ['Riverbourne council may check', 'Off', 'Nothing is shared unless you allow it', 'No proof to upload, and decided now', 'You can upload a letter instead', 'What was decided with what was shared before stands. That cannot be undone.']) expect(text.toLowerCase()).toContain(said.toLowerCase());
    }
    expect(readable((await kim.get(`${PAGE}/agreements/${ID}`)).text)).toMatch(/Version 3, until 31 March 2028 .*Localism Act 2011, section 1 .*Kept for 1 year/);
  });
  it('lets it be shared from the press on, with a receipt', async () => {
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
    const receipt = await pressSwitch(kim, PAGE, ID, 'given');
    expect(receipt.path).toMatch(/^\/account\/information\/receipts\/[0-9a-f-]{36}$/);
    expect(readable(receipt.text)).toMatch(/Allowed Your reference RI-[0-9A-Z]{4}-[0-9A-Z]{4} When Sunday 22 November 2026 at .* Who pressed You/);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    expect(readable((await kim.get(PAGE)).text)).toMatch(/On .* You allowed this on Sunday 22 November 2026\. .* If you stop It stops here the moment you press\. At aldermoor council it stops within seconds, and within 15 minutes at the latest/);
  });
  it('promises nothing of a body that does not know the person, which can hear of no press', async () => {
    const lee = await two.app.residentVisitor(LEE, RECEIVER);
    await pressSwitch(lee, PAGE, ID, 'given');
    expect(readable((await lee.get(PAGE)).text)).toMatch(/If you stop It stops here the moment you press\. (?!At aldermoor)/);
    expect((await lee.get(PAGE)).text).not.toContain('at the latest');
    two.clock.advance(1);
    await pressSwitch(lee, PAGE, ID, 'withdrawn');
  });
  it('stops it from the press on, asks for no reason, and is undone from the receipt', async () => {
    const stopped = await pressSwitch(kim, PAGE, ID, 'withdrawn');
    expect(readable(stopped.text)).toMatch(/Stopped Your reference .* It stops here the moment you press/);
    expect(stopped.text).not.toMatch(/<(textarea|select)|type="(text|radio|checkbox)"/);
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { message: expect.stringMatching(/has said no/) } });
    two.clock.advance(1);
    expect(readable((await pressSwitch(kim, stopped.path, ID, 'given')).text)).toMatch(/Allowed/);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    expect(readable((await kim.get(stopped.path)).text)).toMatch(/You have chosen otherwise since/);
  });
  it('is on each line of the trail while it can be stopped, and what was pressed is a line with its receipt', async () => {
    const lines = linesOf(await kim.get(PAGE));
    expect(lines.filter((line) => /Stop this/.test(line))).toHaveLength(lines.length);
    expect(lines.filter((line) => /See the receipt/.test(line))).toHaveLength(3);
    two.clock.advance(1);
    await pressSwitch(kim, `${PAGE}/agreements/${ID}`, ID, 'withdrawn');
    expect((await kim.get(PAGE)).text).not.toContain('Stop this');
    two.clock.advance(1);
    await pressSwitch(kim, PAGE, ID, 'given');
  });
  it('says what it has saved, of the last year', async () => {
    const { agreement, clock } = two;
    expect(readable((await kim.get(PAGE)).text)).toContain('Since 22 November 2025 it has saved you from proving it 2 times.');
    const before = clock.now();
    clock.set('2027-12-01T13:00:00Z');
    expect(readable((await kim.get(PAGE)).text)).not.toContain('it has saved you');
    clock.set(before);
    expect(agreement.until).toBe('2028-03-31');
  });
  it('gives a receipt to keep, by the standard, with the digest of the words that were read', async () => {
    const receipt = await pressSwitch(kim, PAGE, ID, 'withdrawn');
    const file = await kim.request(`${receipt.path}/download`);
    expect([file.status, file.headers['content-type'], file.headers['content-disposition']]).toEqual([200, expect.stringContaining('application/json'), expect.stringMatching(/attachment; filename="RI-/)]);
    const notice = { agreement: 'garden-waste-concession@3', language: 'en', sentence: two.agreement.sentence.en, withoutIt: 'You can upload a letter instead', onWithdrawal: 'What was decided with what was shared before stands. That cannot be undone.' };
    expect(file.json()).toMatchObject({ schema_version: 'ISO/IEC TS 27560:2023', record_id: receipt.path.split('/').at(-1), pii_processing: { notice_digest: documentDigest(notice), language: 'en' }, events: [{ event_type: 'choice', event_state: 'withdrawn' }] });
    expect(file.text).not.toContain(KIM.riverbourne);
    expect((await choices()).at(-1)).toEqual({ state: 'withdrawn', notice_digest: documentDigest(notice), language: 'en', chosen_by: 'resident' });
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'choice-withdrawn', req: documentDigest(notice) });
  });
  it('changes nothing and has the same receipt when it is pressed twice', async () => {
    const { text } = await kim.get(PAGE);
    const form = { state: 'given', shown: /name="shown" value="([^"]+)"/.exec(text)?.[1] ?? '' };
    const [first, before] = [await kim.post(`${PAGE}/agreements/${ID}`, form), (await choices()).length];
    two.clock.advance(1);
    const second = await kim.post(`${PAGE}/agreements/${ID}`, form);
    expect([second.path, (await choices()).length]).toEqual([first.path, before]);
  });
  it('is not taken below other words than hold now, nor when it says nothing', async () => {
    const before = await choices();
    await kim.get(PAGE);
    const other = await kim.post(`${PAGE}/agreements/${ID}`, { state: 'withdrawn', shown: `sha256:${'A'.repeat(43)}` });
    expect([other.status, readable(other.text)]).toEqual([409, expect.stringMatching(/These words have changed/)]);
    expect((await kim.post(`${PAGE}/agreements/${ID}`, { shown: 'x' })).status).toBe(400);
    expect((await kim.post(`${PAGE}/agreements/another`, { state: 'given', shown: 'x' })).status).toBe(404);
    expect(await choices()).toEqual(before);
  });
  it('is read, pressed and answered in Welsh', async () => {
    expect(readable((await kim.get(`${PAGE}?lang=cy`)).text)).toMatch(/Yr hyn y gellir ei rannu .* Gallwch lanlwytho llythyr yn lle hynny/);
    const receipt = await pressSwitch(kim, PAGE, ID, 'withdrawn');
    expect(readable(receipt.text)).toMatch(/Stopiwyd Eich cyfeirnod/);
    expect((await choices()).at(-1)).toMatchObject({ language: 'cy' });
    two.clock.advance(1);
    await kim.get(`${PAGE}?lang=en`);
    await pressSwitch(kim, PAGE, ID, 'given');
  });
  it('is each person’s own: nobody reads another’s receipt, or presses for them', async () => {
    const receipt = (await pressSwitch(kim, PAGE, ID, 'withdrawn')).path;
    two.clock.advance(1);
    await pressSwitch(kim, PAGE, ID, 'given');
    const [lee, elsewhere] = [await two.app.residentVisitor(LEE, RECEIVER), await two.app.residentVisitor(KIM.riverbourne, HOLDER)];
    for (const other of [lee, elsewhere]) for (const path of [receipt, `${receipt}/download`]) expect((await other.get(path)).status).toBe(404);
    for (const path of [receipt, `${receipt}/download`, `${PAGE}/agreements/${ID}`]) expect((await two.app.visitor(RECEIVER).request(path)).headers['location']).toMatch(/^\/sign-in\?next=/);
    await pressSwitch(lee, PAGE, ID, 'given');
    two.clock.advance(1);
    await pressSwitch(lee, PAGE, ID, 'withdrawn');
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    expect(readable((await lee.get(PAGE)).text)).toMatch(/You stopped this/);
  });
  it('says at the other body that it was allowed here, and stops it there as well', async () => {
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    two.clock.advance(1);
    const there = await two.app.residentVisitor(KIM.aldermoor, HOLDER);
    expect(readable((await there.get(PAGE)).text)).toMatch(/On riverbourne council may check .* You allowed this at riverbourne council, and we told what was asked on Sunday 22 November 2026\. You can stop it here\./);
    const stopped = await pressSwitch(there, PAGE, ID, 'withdrawn');
    expect(readable(stopped.text)).toMatch(/Stopped/);
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
    expect(readable((await there.get(PAGE)).text)).toMatch(/Off .* You stopped this on/);
    // A later yes here counts there; and there it can be stopped again, with another receipt.
    two.clock.advance(1);
    await pressSwitch(kim, PAGE, ID, 'withdrawn');
    two.clock.advance(1);
    await pressSwitch(kim, PAGE, ID, 'given');
    two.clock.advance(1);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    two.clock.advance(1);
    expect((await pressSwitch(there, PAGE, ID, 'withdrawn')).path).not.toBe(stopped.path);
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
  });
  it('has no name, no id of the person and no words in the log of the process or in addresses', async () => {
    const logged = JSON.stringify([await two.entries('receiver'), two.app.log.lines]);
    for (const said of [KIM.riverbourne, LEE, 'upload a letter']) expect(logged).not.toContain(said);
  });
});

describe.each(['opt-in', 'opt-out'] as const)('pressing where the choice is %s', (mode) => {
  let two: TwoBodies;
  beforeAll(async () => { two = await sharing({ mode }); });
  afterAll(() => two?.close());

  it('takes no more presses to stop than to allow, and no more than two, from whatever was chosen before; undone the same way', async () => {
    const kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    const taken = { given: [] as number[], withdrawn: [] as number[] };
    let state: 'given' | 'withdrawn' = mode === 'opt-in' ? 'given' : 'withdrawn';
    for (let round = 0; round < 6; round++) {
      two.clock.advance(60);
      if (round > 2) await askAboutKim(two);
      const found = await pressesTo(kim, ID, state);
      if (!found) throw new Error(`No way leads to ${state}.`);
      taken[state].push(found.presses);
      const receipt = await pressSwitch(kim, found.way.at(-1) ?? '', ID, state);
      // From the receipt it is undone by one.
      state = state === 'given' ? 'withdrawn' : 'given';
      expect(await pressesTo(kim, ID, state, receipt.path)).toMatchObject({ presses: 1 });
    }
    expect(Math.max(...taken.withdrawn)).toBeLessThanOrEqual(Math.min(...taken.given));
    expect(Math.max(...taken.withdrawn, ...taken.given)).toBeLessThanOrEqual(2);
    expect(Math.min(...taken.withdrawn)).toBeGreaterThan(0);
  });
});

describe('an agreement to which there is no choice', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await sharing({ mode: 'none', keptBecause: { en: 'Councils must check who may vote', cy: 'Rhaid i gynghorau wirio pwy a gaiff bleidleisio' } }, { lawfulBasis: 'legal-obligation' }); });
  afterAll(() => two?.close());

  it('says why, has no switch, and takes no press', async () => {
    const kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    const { text } = await kim.get(PAGE);
    expect(readable(text)).toMatch(/On: required by law .* The law requires this, so it cannot be stopped\. .* Why there is no choice Councils must check who may vote/);
    expect([await pressesTo(kim, ID, 'withdrawn'), await pressesTo(kim, ID, 'given')]).toEqual([undefined, undefined]);
    const ctx = two.app.context(RECEIVER, { actor: testResident(KIM.riverbourne) });
    const { shareable } = await two.app.get(MayBeShared).find(ctx, KIM.riverbourne, ID);
    for (const state of ['given', 'withdrawn'] as const) expect(await two.app.get(PressesSwitch).press(ctx, KIM.riverbourne, { agreementId: ID, state, shown: shareable.noticeDigest })).toMatchObject({ ok: false, refusal: { reason: 'no-choice' } });
    expect((await two.app.owner.query('select 1 from sharing.choice')).rowCount).toBe(0);
  });
});
