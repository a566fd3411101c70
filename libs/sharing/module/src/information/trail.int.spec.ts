import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalRecord } from '@guildhall/information-rights-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import type { Visitor } from '@guildhall/kernel/testing';
import { keysAt, leafHash, openNote, parseCheckpoint, verifyInclusion } from '@guildhall/sharing-contract';
import { KIM, LEE, askAboutKim, kimChooses, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { EvidenceStore } from '../evidence/evidence-store';
import { Peers } from '../knowing/peers';
import { AgreementsAsProcessing } from '../rights/processing';
import { SharingOfPerson } from '../rights/personal-data';
import { ComparesTwins } from '../watching/compares-twins';

describe('who looked', () => {
  let two: TwoBodies;
  let kim: Visitor;
  let kimAtAldermoor: Visitor;
  beforeAll(async () => {
    two = await startTwoBodies();
    await linkKim(two);
    [kim, kimAtAldermoor] = [await two.app.residentVisitor(KIM.riverbourne, RECEIVER), await two.app.residentVisitor(KIM.aldermoor, HOLDER)];
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));

  const trail = async (visitor: Visitor = kim, path = '/account/information'): Promise<readonly string[]> => linesOf(await visitor.get(path));
  /** A question that gets no answer: nobody is where the other body was. */
  const askInVain = async (): Promise<void> => {
    const { app, receiver, bodies } = two;
    await app.get(Peers).pin(receiver, { body: { ...bodies.holder, endpoint: 'http://127.0.0.1:1/sharing' } });
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
    const peer = await app.get(Peers).find(receiver, HOLDER);
    await app.get(Peers).pin(receiver, { body: bodies.holder, ...(peer && { assessments: peer.assessments }) });
  };

  const compareAt = async (where: 'receiver' | 'holder'): Promise<void> => {
    two.clock.advance(180);
    await two.app.get(ComparesTwins).run(two[where]);
  };
  const found = (where: 'receiver' | 'holder', index: number, kind: string, state: string): Promise<unknown> => two.app.owner.query(`
    insert into sharing.entry_twin (council_id, index, kind, exchange_id, peer_id, state, at, looked_at) select council_id, index, kind, exchange_id, peer, $4, at, now() from sharing.entry where council_id = $1 and index = $2 and kind = $3
    on conflict (council_id, index) do update set state = excluded.state, looked_at = excluded.looked_at`, [two[where].council.id, index, kind, state]);

  it('is nobody while nobody has', async () => {
    expect((await kim.get('/account/information')).text).toContain('Nobody has asked for your information');
  });
  it('has what was not asked, with why, and that nothing left', async () => {
    await askAboutKim(two);
    expect(await trail()).toEqual([expect.stringMatching(/riverbourne council asked aldermoor council .* What: Current address, Gets Council Tax Reduction Why: To decide what you pay for garden waste By which rule: Concessions for garden waste, version 3 Not told You had not said yes, or you had said no\. .* before anything was sent/)]);
    // One reason is enough where the other follows from it.
    expect((await trail())[0]).not.toContain('not certain that you had not changed your mind');
    expect(await trail(kimAtAldermoor)).toEqual([]);
  });
  it('has what was told, on both sides, the newest first', async () => {
    await kimChooses(two, 'given');
    two.clock.advance(1);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    const [told, chosen, refused, ...others] = await trail();
    expect(told).toMatch(/riverbourne council asked aldermoor council .* Told ✓ Proved on both sides/);
    expect(chosen).toMatch(/You allowed this: Concessions for garden waste/);
    expect(refused).toMatch(/Not told/);
    expect(others).toEqual([]);
    // Told is told; that the other side has it, too, is said when it has shown it.
    const [answered] = await trail(kimAtAldermoor);
    expect(answered).toMatch(/riverbourne council asked aldermoor council .* Told We have a record, and are looking whether riverbourne council has the same\./);
    expect(answered).not.toContain('✓');
    await compareAt('holder');
    expect(await trail(kimAtAldermoor)).toEqual([expect.stringMatching(/riverbourne council asked aldermoor council .* Told ✓ Proved on both sides/)]);
  });
  it('has what the holder refused, on both sides, with the holder’s reason', async () => {
    await kimChooses(two, 'withdrawn', 'holder');
    two.clock.advance(1);
    await askAboutKim(two);
    expect((await trail())[0]).toMatch(/Not told You had not said yes, or you had said no\. ✓ Proved on both sides/);
    expect((await trail(kimAtAldermoor))[0]).toMatch(/Not told You had not said yes, or you had said no\. We have a record, and are looking/);
    await compareAt('holder');
    expect((await trail(kimAtAldermoor)).slice(0, 2)).toEqual([expect.stringMatching(/Not told .* ✓ Proved on both sides/), expect.stringMatching(/You stopped this/)]);
    two.clock.advance(1);
    await kimChooses(two, 'given', 'holder');
    await kimChooses(two, 'given');
  });
  it('has a red line for what was asked and never heard of, when it can be waited for no longer', async () => {
    await askInVain();
    expect((await trail())[0]).toMatch(/Waiting for an answer We have asked and wait/);
    two.clock.advance(61);
    const { text } = await kim.get('/account/information');
    expect(linesOf({ text })[0]).toMatch(/We asked and never heard\./);
    expect(text).toMatch(/<p class="govuk-error-message[^"]*">We asked and never heard\./);
    expect(linesOf({ text })[0]).not.toMatch(/Waiting/);
  });
  it('has a red line for what the other body is proved to have told and of which there is no record here', async () => {
    await found('receiver', (await two.entries('receiver')).length - 1, 'asked', 'missing');
    expect((await kim.get('/account/information')).text).toMatch(/<p class="govuk-error-message[^"]*">aldermoor council says it told us, and we have no record of having received it\./);
  });
  it('has a red line at the body that told, for what the other has no record of having received', async () => {
    const index = (await two.entries('holder')).map(({ kind, allow }) => kind === 'answered' && allow === true).lastIndexOf(true);
    const page = async (): Promise<string> => (await kimAtAldermoor.get('/account/information')).text;
    await found('holder', index, 'answered', 'missing');
    expect(await page()).toMatch(/<p class="govuk-error-message[^"]*">riverbourne council has no record of having received what we told it\./);
    await found('holder', index, 'answered', 'open');
    expect(readable(await page())).toMatch(/Only we have a record so far: riverbourne council has not shown its own yet\./);
    two.clock.advance(7 * 24 * 60 * 60);
    kimAtAldermoor = await two.app.residentVisitor(KIM.aldermoor, HOLDER);
    // What nobody has looked for yet is no fault of the other body's, however old it is.
    await two.app.owner.query('update sharing.entry_twin set looked_at = null where council_id = $1 and index = $2', [two.holder.council.id, index]);
    expect(readable(await page())).toMatch(/Only we have a record so far: riverbourne council has not shown its own yet\./);
    await found('holder', index, 'answered', 'open');
    expect(await page()).toMatch(/<p class="govuk-error-message[^"]*">Only we have a record: riverbourne council has not shown its own for a week\./);
    expect(readable((await kimAtAldermoor.get('/account/information?lang=cy')).text)).toMatch(/nid yw’r corff hwn wedi dangos ei gofnod ei hun ers wythnos: Cyngor riverbourne\./);
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
  });
  it('leads to no agreement that is not here', async () => {
    two.clock.advance(1);
    expect(await askAboutKim(two, { agreementId: 'somebody-elses' })).toMatchObject({ ok: false, refusal: { reason: 'refused' } });
    const { text } = await kim.get('/account/information');
    expect(linesOf({ text })[0]).toMatch(/By which rule: somebody-elses, version 1 Not told The two bodies did not have the same agreement/);
    const links = [...new Set([...text.matchAll(/href="(\/account\/information\/agreements\/[^"]+)"/g)].map(([, href = '']) => href))];
    expect(links).toEqual(['/account/information/agreements/garden-waste-concession']);
    expect((await kim.get(links[0] ?? '')).status).toBe(200);
  });
  it('is in Welsh for who reads Welsh', async () => {
    const { text } = await kim.get('/account/information?lang=cy');
    expect(text).toContain('Pwy edrychodd');
    expect(readable(text)).toMatch(/Gofynnwyd gan: Cyngor riverbourne\. Gofynnwyd i: Cyngor aldermoor .* Beth: Cyfeiriad presennol, .* Er mwyn penderfynu beth rydych yn ei dalu am wastraff gardd .* Consesiynau ar gyfer gwastraff gardd, fersiwn 3/);
    await kim.get('/account/information?lang=en');
  });
  it('comes page by page, each line once', async () => {
    for (let count = 0; count < 30; count++) await askAboutKim(two);
    const [first, all] = [await kim.get('/account/information'), (await two.entries('receiver')).filter(({ kind }) => kind !== 'received').length];
    const older = /href="(\/account\/information\/looked\?before=\d+)"/.exec(first.text)?.[1] ?? '';
    const second = await kim.get(older);
    expect([linesOf(first).length, linesOf(second).length]).toEqual([25, all - 25]);
    expect(second.text).not.toContain('govuk-pagination');
    const places = [...(first.text + second.text).matchAll(/id="line-(\d+)"/g)].map(([, index]) => Number(index));
    expect(places).toEqual([...places].sort((a, b) => b - a));
    expect(new Set(places).size).toBe(all);
    expect((await kim.get('/account/information/looked?before=x')).status).toBe(400);
  });
  it('proves each line so that somebody else can check it', async () => {
    const entries = await two.entries('receiver');
    const index = entries.map(({ kind, allow }) => kind === 'asked' && allow === true).indexOf(true);
    const { text } = await kim.get(`/account/information/entries/${index}`);
    expect(text).toContain(`Entry ${index} of our log`);
    for (const digest of [entries[index]?.['req'], entries[index + 1]?.['res']]) expect(readable(text)).toContain(String(digest));
    const links = [...text.matchAll(/href="(\/sharing\/log\/proof[^"]+)"/g)].map(([, href = '']) => href.replace('&amp;', '&'));
    const leaves = [...text.matchAll(/<code>(\{.*?\})<\/code>/g)].map(([, leaf = '']) => readable(leaf));
    expect([links.length, leaves.length]).toEqual([2, 2]);
    const anybody = two.app.visitor(RECEIVER);
    const opened = openNote((await anybody.get('/sharing/log/checkpoint')).text, keysAt(two.bodies.receiver, two.clock.now()).map(({ key }) => ({ name: two.bodies.receiver.logOrigin, key })));
    if (!opened.ok) throw new Error(opened.refusal.message);
    const { size, root } = parseCheckpoint(opened.value.text);
    for (const [at, link] of links.entries()) {
      const { proof } = (await anybody.get(link)).json<{ proof: string[] }>();
      const bytes = proof.map((hash) => new Uint8Array(Buffer.from(hash, 'base64')));
      expect(verifyInclusion({ index: index + at, size, leaf: leafHash(leaves[at] ?? ''), proof: bytes, root })).toBe(true);
      expect(verifyInclusion({ index: index + at, size, leaf: leafHash(`${leaves[at]} `), proof: bytes, root })).toBe(false);
    }
  });
  it('is shown to nobody else: another person, the same at another council, nobody', async () => {
    const index = (await two.entries('receiver')).length - 2;
    for (const [other, status] of [[await two.app.residentVisitor(LEE, RECEIVER), 404], [await two.app.residentVisitor(KIM.riverbourne, HOLDER), 404], [await two.app.residentVisitor(KIM.aldermoor, RECEIVER), 404]] as const) {
      expect(await trail(other)).toEqual([]);
      expect(await trail(other, '/account/information/looked?before=1000')).toEqual([]);
      expect((await other.get(`/account/information/entries/${index}`)).status).toBe(status);
    }
    for (const path of ['', '/looked', `/entries/${index}`]) expect((await two.app.visitor(RECEIVER).request(`/account/information${path}`)).headers['location']).toMatch(/^\/sign-in\?next=/);
    const officer = await two.app.officerVisitor({ officerId: LEE, roles: ['adviser'] }, RECEIVER);
    expect([401, 403]).toContain((await officer.request('/account/information')).status);
    for (const wrong of ['999999', '-1', 'x', '1e3', '99999999999999999999']) expect([400, 404]).toContain((await kim.get(`/account/information/entries/${wrong}`)).status);
  });
  it('is in a copy of what is held about them, and nobody’s any more when their key is destroyed: the proofs stay', async () => {
    const source = two.app.get(SharingOfPerson);
    const person = KIM.riverbourne as PersonId;
    const ctx: RequestContext = { ...two.receiver, actor: { kind: 'system', job: 'test', permissions: new Set([READ_PERSONAL_DATA.id, ERASE_PERSONAL_DATA.id]) } };
    const recordsOf = async (who: PersonId): Promise<readonly PersonalRecord[]> => { const found: PersonalRecord[] = []; for await (const record of source.read(ctx, who)) found.push(record); return found; };
    await two.app.get(EvidenceStore).keepTyped(two.receiver, { localId: person, attribute: 'address.current', purposes: ['garden-waste-concession'], service: 'garden-waste', keptFor: 'P1Y', value: { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' }, because: 'We asked', figures: [] });
    const before = await two.entries('receiver');
    const records = await recordsOf(person);
    expect(new Set(records.map(({ id }) => id.split('/')[0]))).toEqual(new Set(['link', 'choice', 'evidence', 'key']));
    expect(records.find(({ id }) => id === 'evidence/address.current')?.facts).toEqual([expect.objectContaining({ value: '1 Weir Lane, ZZ99 1AA' })]);
    const marks = (records.find(({ id }) => id === 'key')?.data as { entries: readonly unknown[] }).entries;
    expect(marks).toEqual(before.filter(({ subject }) => subject === before[0]?.['subject']));
    for (const { id, onErasure } of records.toReversed()) expect(await source.erase(ctx, person, id)).toBe(onErasure.does === 'erase');
    expect((await recordsOf(person)).map(({ id }) => id.split('/')[0])).toEqual(records.filter(({ onErasure }) => onErasure.does === 'keep').map(({ id }) => id.split('/')[0]));
    const after = await two.entries('receiver');
    expect([after.slice(0, before.length), after.slice(before.length).map(({ kind }) => kind)]).toEqual([before, ['unlinked']]);
    expect(await trail()).toEqual([]);
    expect(await recordsOf(LEE as PersonId)).toEqual([]);
    await expect(source.erase(two.receiver, person, 'key')).rejects.toMatchObject({ code: 'not-allowed' });
  });
  it('stands by its agreement in the records of processing', async () => {
    expect(await two.app.get(AgreementsAsProcessing).list(two.receiver)).toEqual([expect.objectContaining({
      id: `sharing.${two.agreement.id}`, data: expect.objectContaining({ en: expect.stringContaining('Current address') as string }) as object, recipients: { en: 'aldermoor council', cy: 'Cyngor aldermoor' }, subjects: expect.anything() as object, security: expect.anything() as object,
      lawfulBasis: { en: 'A public task (article 6(1)(e)), Localism Act 2011, section 1', cy: 'Tasg gyhoeddus (erthygl 6(1)(e)), Localism Act 2011, section 1' }, keptFor: { en: '1 year', cy: '1 flwyddyn' },
    })]);
  });
  it('is in the records of processing when it has ended only while something is kept by it', async () => {
    const named = async () => (await two.app.get(AgreementsAsProcessing).list(two.receiver)).map(({ id }) => id);
    await two.app.owner.query('delete from sharing.evidence where agreement_id = $1', [two.agreement.id]);
    await two.app.owner.query('update sharing.agreement set ended_on = $2 where council_id = $1', [two.receiver.council.id, two.clock.now()]);
    expect(await named()).toEqual([]);
    const insert = (until: string) => two.app.owner.query(`insert into sharing.evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, told_by, agreement_id, exchange_id, service, kept_at, until)
      values ($1, gen_random_uuid(), $2, 'address.current', '{}', 'x', 'told', '2026-11-01', $3, $4, gen_random_uuid(), 'garden-waste', $5, $6)`, [two.receiver.council.id, LEE, HOLDER, two.agreement.id, two.clock.now(), until]);
    await insert('2020-01-01');
    expect(await named()).toEqual([]);
    await insert('2099-01-01');
    expect(await named()).toEqual([`sharing.${two.agreement.id}`]);
  });
});
