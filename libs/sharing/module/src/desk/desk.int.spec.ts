import { SeededIds } from '@guildhall/kernel-contract/testing';
import { catalogFaults, walkTables, type Answer, type Visitor } from '@guildhall/kernel/testing';
import { AGREEMENT_TYPE, REGISTER_FIELDS, agreementSentence, signAgreement, signEnvelope, starterGuideline, type Agreement, type Guideline } from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Agreements } from '../knowing/agreements';
import { OwnNode } from '../node/own-node';
import { SharingOnDesk } from './sharing-on-desk';

const HOME = '/desk/sharing';
const ids = new SeededIds(71);
/** Aldermoor wants whoever was told to forget it, which Riverbourne does not ask for. */
const aldermoorsRules: Guideline = { ...starterGuideline(HOLDER), id: 'aldermoors-rules', rules: [{ id: 'kept-a-month', check: 'kept-no-longer-than', period: 'P1M', sentence: { en: 'Nobody keeps what we told them for longer than a month', cy: 'Nid oes neb yn cadw’r hyn a ddywedasom am fwy na mis' } }] };

let two: TwoBodies;
let [receiver, holder]: readonly Visitor[] = [];
beforeAll(async () => {
  two = await startTwoBodies({}, { guidelines: { [RECEIVER]: starterGuideline(RECEIVER) } });
  receiver = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
  holder = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['team-manager'] }, HOLDER);
});
afterAll(() => two?.close());

const at = (visitor: Visitor | undefined): Visitor => { if (!visitor) throw new Error('Nobody has come.'); return visitor; };
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replaceAll('&#39;', '’').replace(/\s+/g, ' ');
const vocabulary = () => two.app.get(Agreements).vocabulary(two.receiver, [two.bodies.holder]);
const agreed = (changes: Partial<Agreement>): Agreement => agreementBetween(two.bodies.receiver, two.bodies.holder, vocabulary(), { id: 'council-tax', version: 1, purpose: 'council-tax-reduction', from: '2026-12-01', until: '2027-11-30', review: '2027-06-01', ...changes });
/** A form's page, then the form as it would be sent without files. */
async function send(visitor: Visitor, path: string, form: Readonly<Record<string, string>>, page = path): Promise<Answer> {
  await visitor.get(page);
  return visitor.request(path, { form });
}
const bringIn = (visitor: Visitor, document: unknown): Promise<Answer> => send(visitor, `${HOME}/bring-in`, { document: typeof document === 'string' ? document : JSON.stringify(document) });
/** Brings in a draft, and gives the way to its page. */
async function draftOf(visitor: Visitor, document: unknown): Promise<string> {
  const { headers, text } = await bringIn(visitor, document);
  const way = headers['location']?.replace(/\?.*/, '');
  if (!way?.includes('/drafts/')) throw new Error(`No draft: ${wordsOf(text)}`);
  return way;
}
async function sign(visitor: Visitor, draft: string): Promise<Answer> {
  const version = /name="version" value="(\d+)"/.exec((await visitor.get(draft)).text)?.[1] ?? '';
  return visitor.request(`${draft}/sign`, { form: { confirm: 'yes', version } });
}
function expectRefused({ status, text }: Answer, field: string, message: RegExp): void {
  expect({ status, title: /<title>Error: /.test(text), summary: text.includes(`<a href="#${field}">`), beside: text.includes(`id="${field}-error"`) }).toEqual({ status: 422, title: true, summary: true, beside: true });
  expect(wordsOf(text)).toMatch(message);
}
const audited = async (): Promise<readonly string[]> => (await two.app.owner.query<{ action: string }>(`select action from kernel.audit where action like 'sharing.%' order by audit_id`)).rows.map(({ action }) => action);

describe('the desk’s pages of other bodies', () => {
  const care = bodyNamed('care-trust', 'Aldermoor Care Trust');
  const document = (): string => { const { signer: _signer, ...body } = care; return JSON.stringify(body); };

  it('list who is known, and show this body’s own fingerprints to read out', async () => {
    expect(wordsOf((await at(receiver).get(`${HOME}/bodies`)).text)).toMatch(/aldermoor council http:\/\/aldermoor\.localhost:\d+\/sharing .*This body .*riverbourne#2026-1 .*([0-9A-F]{4} ){15}[0-9A-F]{4}/);
  });
  it('show the keys of a new one, and add it when somebody has compared them', async () => {
    const shown = await send(at(receiver), `${HOME}/bodies/new`, { document: document() });
    expect(shown.status).toBe(200);
    expect(wordsOf(shown.text)).toMatch(/Is this Aldermoor Care Trust\? .*care-trust#2026-1 .*([0-9A-F]{4} ){15}[0-9A-F]{4}/);
    expect((await two.app.owner.query(`select from sharing.peer where peer_id = 'care-trust'`)).rowCount).toBe(0);
    expectRefused(await at(receiver).request(`${HOME}/bodies/pin`, { form: { document: document() } }), 'compared', /Confirm that you have compared/);
    const { path, text } = await at(receiver).post(`${HOME}/bodies/pin`, { document: document(), compared: 'yes' });
    expect(path).toBe(`${HOME}/bodies/care-trust?result=pinned`);
    expect(wordsOf(text)).toMatch(/The body is known now.*Its guideline is not here/);
    expect(await audited()).toContain('sharing.peer-pinned');
    expect((await at(holder).get(`${HOME}/bodies/care-trust`)).status).toBe(404);
  });
  it('mark a key that is new to whoever knew the body', async () => {
    const { signer: _signer, ...changed } = { ...care, keys: [...care.keys, { ...bodyNamed('care-trust', 'x').keys[0], keyid: 'care-trust#2026-2' }] };
    expect(wordsOf((await send(at(receiver), `${HOME}/bodies/new`, { document: JSON.stringify(changed) })).text)).toMatch(/This body is known already.*care-trust#2026-1 from.*care-trust#2026-2 New/);
  });
  it.each([
    ['nothing', '', /Paste the text of the file/], ['what is no JSON', '{"id":', /This is not JSON/], ['what is no body', '{"id":"care-trust"}', /This is not a body: name is missing/], ['too much', JSON.stringify('x'.repeat(200_001)), /longer than 200,000 characters/],
  ])('refuse %s beside the field', async (_what, typed, message) => { expectRefused(await send(at(receiver), `${HOME}/bodies/new`, { document: typed }), 'document', message); });
  it('refuse this body itself, and a known one with another log', async () => {
    expectRefused(await send(at(receiver), `${HOME}/bodies/new`, { document: JSON.stringify(two.bodies.receiver) }), 'document', /of this body itself/);
    expectRefused(await at(receiver).request(`${HOME}/bodies/pin`, { form: { document: JSON.stringify({ ...two.bodies.holder, logOrigin: 'somewhere.example/log' }), compared: 'yes' } }), 'compared', /known with another log/);
    expectRefused(await at(receiver).request(`${HOME}/bodies/pin`, { form: { document: JSON.stringify(two.bodies.receiver), compared: 'yes' } }), 'compared', /of this body itself/);
  });
  it('take the other side’s guideline from a file, and refuse one that is not theirs', async () => {
    const way = `${HOME}/bodies/${HOLDER}/guideline`;
    expectRefused(await send(at(receiver), way, { document: JSON.stringify(starterGuideline(RECEIVER)) }), 'document', /by riverbourne, not by aldermoor/);
    expectRefused(await send(at(receiver), way, { document: '{}' }), 'document', /This is not a guideline/);
    await at(receiver).get(way);
    const boundary = 'a-boundary';
    const parts = [['name="_csrf"', at(receiver).formToken ?? ''], ['name="document"', ''], ['name="file"; filename="rules.json"\r\ncontent-type: application/json', JSON.stringify(aldermoorsRules)]].map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; ${name}\r\n\r\n${value}\r\n`);
    const { status, headers } = await at(receiver).request(way, { body: `${parts.join('')}--${boundary}--\r\n`, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } });
    expect([status, headers['location']]).toEqual([303, `${HOME}/bodies/${HOLDER}?result=guideline-taken`]);
    expect(wordsOf((await at(receiver).get(`${HOME}/bodies/${HOLDER}`)).text)).toContain('for longer than a month');
    expect(await audited()).toContain('sharing.guideline-taken');
  });
});

describe('the desk’s pages of agreements', () => {
  it('list them with their state, and the drafts among them', async () => {
    expect(wordsOf((await at(receiver).get(HOME)).text)).toMatch(/Concessions for garden waste Version 3 In force To decide what you pay for garden waste aldermoor council/);
    const draft = await draftOf(at(receiver), agreed({ id: 'listed' }));
    expect((await at(receiver).get(HOME)).text).toContain(`href="${draft}"`);
    expect(wordsOf((await at(receiver).get(HOME)).text)).toMatch(/Draft To decide a Council Tax Reduction/);
    await at(receiver).get(`${draft}/discard`);
    expect(wordsOf((await at(receiver).post(`${draft}/discard`, {})).text)).toContain('The draft is gone.');
    expect((await at(receiver).get(draft)).status).toBe(404);
  });

  it('make the sentence themselves, whatever the file says', async () => {
    const draft = await draftOf(at(receiver), { ...agreed({ id: 'sentence' }), sentence: { en: 'We may look at everything.', cy: 'Cawn edrych ar bopeth.' } });
    const words = wordsOf((await at(receiver).get(draft)).text);
    expect(words).toContain('riverbourne council may check your address and whether you get Council Tax Reduction with aldermoor council, to decide a Council Tax Reduction.');
    expect(words).toContain('Er mwyn: penderfynu ar Ostyngiad y Dreth Gyngor.');
    expect(words).not.toContain('everything');
  });

  it('check against the law and both sides’ rules, with what holds and what does not', async () => {
    const draft = await draftOf(at(receiver), agreed({ id: 'unsound', review: '2028-06-01', dpia: null, choice: { ...agreed({}).choice, onWithdrawal: 'keep-what-was-decided' } }));
    const words = wordsOf((await at(receiver).get(draft)).text);
    expect(words).toMatch(/Holds Everything in it is in the vocabulary/);
    expect(words).toMatch(/Does not hold It must be reviewed within a year of 1 December 2026.*Does not hold It names no data protection impact assessment/);
    expect(words).toMatch(/Can these two bodies share this, and if not, where do their rules differ\? Not as it is now.*riverbourne council: When somebody says stop.*aldermoor council: Nobody keeps what we told them for longer than a month\. This agreement keeps what is told for 1 year.*This cannot be looked at here: riverbourne council: We share nothing that nobody needs/);
    // Beside what is to be mended, too.
    expect(words).toMatch(/Review by Thursday 1 June 2028 It must be reviewed within a year of 1 December 2026, and before it ends\. riverbourne council: We ask ourselves every year .* Change Review by/);
    expect(words).toMatch(/What is told is kept for 1 year aldermoor council: Nobody keeps what we told them .* Change What is told is kept for Data protection impact assessment Not said yet It names no data protection impact assessment\./);
    // Both sides read it.
    expect(words).toContain('Cyngor aldermoor: Nid oes neb yn cadw’r hyn a ddywedasom am fwy na mis. Mae’r cytundeb hwn yn cadw’r hyn a ddywedir am 1 flwyddyn.');
    const welsh = wordsOf((await at(receiver).get(`${draft}?lang=cy`)).text);
    expect(welsh).toMatch(/Nid yw’n enwi asesiad effaith diogelu data.*Cyngor riverbourne: Pan fydd rhywun yn dweud stop.*Cyngor aldermoor: Nid oes neb yn cadw.*Mae’r cytundeb hwn yn cadw’r hyn a ddywedir am 1 flwyddyn\.[^]*Ni ellir edrych ar hyn yma/);
    expect(welsh).not.toContain('It names no data protection');
    expect(welsh).toMatch(/Cedwir|Cyngor aldermoor: Nid oes neb yn cadw.*aldermoor council: Nobody keeps/);
    await at(receiver).get(`${draft}?lang=en`);
    expectRefused(await sign(at(receiver), draft), 'confirm', /It must be reviewed within a year/);
    const against = await draftOf(at(receiver), agreed({ id: 'against', choice: { ...agreed({}).choice, onWithdrawal: 'keep-what-was-decided' } }));
    expectRefused(await sign(at(receiver), against), 'confirm', /When somebody says stop, we stop using what we were told/);
  });

  it.each([
    ['nothing', '', /Paste the text/], ['what is no JSON', 'agreement', /This is not JSON/], ['what is no agreement', '{"id":"x"}', /This is not an agreement: .*version is missing/], ['another signed document', { payload: 'e30=', payloadType: 'text/plain', signatures: [{ sig: 'AA==' }] }, /This is not an agreement/],
    ['an envelope of nothing', { payload: 'e30=', payloadType: 'application/vnd.guildhall.agreement+json', signatures: [{ sig: 'AA==' }] }, /This is not an agreement/], ['no envelope', { payloadType: 'application/vnd.guildhall.agreement+json' }, /This is not a signed document: payload is missing/],
  ])('refuse %s beside the field', async (_what, document, message) => { expectRefused(await bringIn(at(receiver), document), 'document', message); });

  it('refuse what the database cannot keep: a NUL, half of a character', async () => {
    const signer = two.app.get(OwnNode).signer(two.holder);
    for (const bad of ['\0', '\ud800']) {
      const agreement = agreed({ id: 'unstorable', retention: 'P1Y', power: { ref: `Act${bad}` } });
      expectRefused(await bringIn(at(receiver), agreement), 'document', /a character that cannot be written/);
      const envelope = signEnvelope(AGREEMENT_TYPE, JSON.stringify(agreement), [signer]);
      expectRefused(await bringIn(at(receiver), envelope), 'document', /a character that cannot be written/);
      expectRefused(await send(at(receiver), `${HOME}/bodies/new`, { document: JSON.stringify({ ...two.bodies.holder, name: { en: bad, cy: 'x' } }) }), 'document', /a character that cannot be written/);
    }
  });

  it('refuse an agreement of others, with a body that is not known, or of a version that is here', async () => {
    const [north, south] = [bodyNamed('north', 'North'), bodyNamed('south', 'South')];
    expectRefused(await bringIn(at(receiver), agreementBetween(north, south, vocabulary())), 'document', /riverbourne is no party/);
    expectRefused(await bringIn(at(receiver), agreed({ holders: ['north'] })), 'document', /north is not known here\. Add the body first/);
    expectRefused(await bringIn(at(receiver), agreed({ id: 'garden-waste-concession', version: 3 })), 'document', /garden-waste-concession@3 is here already/);
  });

  it('refuse signatures by keys that are not known, and a text that was changed', async () => {
    const agreement = agreed({ id: 'forged' });
    const somebody = bodyNamed(HOLDER, 'Somebody who says so');
    expectRefused(await bringIn(at(receiver), signAgreement(agreement, somebody.signer)), 'document', /Nobody whose key is known here has signed forged@1/);
    const signed = signAgreement(agreement, two.app.get(OwnNode).signer(two.holder));
    const changed = { ...agreement, retention: 'P9Y' };
    expectRefused(await bringIn(at(receiver), { ...signed, payload: Buffer.from(JSON.stringify(changed)).toString('base64') }), 'document', /Nobody whose key is known/);
    expectRefused(await bringIn(at(receiver), { ...signed, payload: Buffer.from(JSON.stringify(agreement, undefined, 1)).toString('base64') }), 'document', /Nobody whose key is known|canonical form/);
  });

  it('ask whether one may sign, and sign what was looked at', async () => {
    const draft = await draftOf(at(receiver), agreed({ id: 'asked' }));
    expectRefused(await send(at(receiver), `${draft}/sign`, { version: '1' }, draft), 'confirm', /Confirm that you may sign/);
    expect((await send(at(receiver), `${draft}/sign`, { version: '7', confirm: 'yes' }, draft)).headers['location']).toBe(`${draft}?result=changed-meanwhile`);
    expect((await at(receiver).get(`${draft}/envelope`)).status).toBe(404);
  });

  it('go from draft to signed, to the other side, back, and into force at both', async () => {
    const draft = await draftOf(at(receiver), agreed({}));
    expect((await sign(at(receiver), draft)).headers['location']).toBe(`${draft}?result=signed`);
    expect(wordsOf((await at(receiver).get(draft)).text)).toMatch(/Waiting for the other side.*Signatures.*aldermoor council Not yet riverbourne council Sunday 22 November 2026 at 1pm.*Download the signed file/);
    expect((await sign(at(receiver), draft)).headers['location']).toBe(`${draft}?result=is-signed`);
    const handedOver = await at(receiver).get(`${draft}/envelope`);
    expect(handedOver.headers['content-disposition']).toContain('council-tax-v1-signed.json');

    const there = await draftOf(at(holder), handedOver.text);
    expect(await draftOf(at(holder), handedOver.text)).toBe(there);
    expect(wordsOf((await at(holder).get(HOME)).text)).toContain('Waiting for us to sign');
    const area = two.app.get(SharingOnDesk);
    expect([await area.badge(two.app.systemContext(HOLDER)), await area.badge(two.app.context(HOLDER))]).toEqual([{ count: 1, isCapped: false }, undefined]);
    const kept = await sign(at(holder), there);
    expect(kept.headers['location']).toBe(`${HOME}/agreements/council-tax?result=in-force`);
    const back = await at(holder).get(`${HOME}/agreements/council-tax/envelope`);

    const other = signAgreement(agreed({ retention: 'P2Y' }), two.app.get(OwnNode).signer(two.holder));
    expectRefused(await bringIn(at(receiver), other), 'document', /This is not the text that you signed.*What is told is kept for: before, 1 year; now, 2 years/);
    expect((await bringIn(at(receiver), back.text)).headers['location']).toBe(`${HOME}/agreements/council-tax?result=in-force`);
    expect((await bringIn(at(receiver), back.text)).headers['location']).toBe(`${HOME}/agreements/council-tax?result=already-in-force`);
    expect((await at(receiver).get(draft)).status).toBe(404);
    for (const side of [receiver, holder]) expect(wordsOf((await at(side).get(`${HOME}/agreements/council-tax`)).text)).toMatch(/Not begun yet Version 1.*Signatures.*riverbourne council Sunday 22 November 2026/);
    expect(await audited()).toEqual(expect.arrayContaining(['sharing.agreement-drafted', 'sharing.agreement-signed', 'sharing.agreement-kept', 'sharing.draft-discarded']));
  });

  it('begin a new version with the old one, and say what changes', async () => {
    await at(receiver).get(`${HOME}/agreements/garden-waste-concession`);
    const { path, text } = await at(receiver).post(`${HOME}/agreements/garden-waste-concession/next`, {});
    expect(wordsOf(text)).toMatch(/Version 4.*What changes from version 3.*Version: before, 3; now, 4/);
    await at(receiver).get(`${HOME}/agreements/garden-waste-concession`);
    expect((await at(receiver).post(`${HOME}/agreements/garden-waste-concession/next`, {})).path).toBe(path);
    // Each of the two leads to the other.
    expect((await at(receiver).get(path)).text).toContain(`href="${HOME}/agreements/garden-waste-concession?version=3"`);
    expect((await at(receiver).get(`${HOME}/agreements/garden-waste-concession`)).text).toContain(`href="${path.replace(/\?.*/, '')}"`);
    const draft = path.replace(/\?.*/, '');
    await at(receiver).get(`${draft}/discard`);
    await at(receiver).post(`${draft}/discard`, {});
  });

  it('say of a version in force what it has changed, and tell its register fields to programs, too', async () => {
    const way = `${HOME}/agreements/council-tax`;
    const one = signAgreement(agreed({ version: 2, retention: 'P2W' }), two.app.get(OwnNode).signer(two.holder));
    expect((await sign(at(receiver), await draftOf(at(receiver), one))).headers['location']).toBe(`${way}?result=in-force`);
    const { text } = await at(receiver).get(way);
    expect((await bringIn(at(holder), (await at(receiver).get(`${way}/envelope`)).text)).headers['location']).toBe(`${way}?result=in-force`);
    expect(wordsOf(text)).toMatch(/Version 2.*What changes from version 1 Version: before, 1; now, 2\. What is told is kept for: before, 1 year; now, 2 weeks\. See version 1 Signatures/);
    const fields = (await at(receiver).get(/href="([^"]*register\.json[^"]*)"/.exec(text)?.[1] ?? '')).json<Readonly<Record<string, string>>>();
    expect([Object.keys(fields), fields['id'], fields['Retention']]).toEqual([[...REGISTER_FIELDS], 'council-tax@2', 'P2W']);
    expect(wordsOf((await at(receiver).get(`${HOME}/agreements/garden-waste-concession`)).text)).not.toContain('What changes from version');
  });

  it('end an agreement when somebody says so, and put it on record', async () => {
    const way = `${HOME}/agreements/council-tax`;
    expect(wordsOf((await at(receiver).get(`${way}/end`)).text)).toMatch(/From today, Sunday 22 November 2026, nothing is asked or told by it/);
    expectRefused(await at(receiver).request(`${way}/end`, { form: {} }), 'confirm', /Confirm that you want to end/);
    expect(wordsOf((await at(receiver).post(`${way}/end`, { confirm: 'yes' })).text)).toMatch(/The agreement has ended.*Ended Version 2.*It ended on Sunday 22 November 2026/);
    await at(receiver).post(`${way}/end`, { confirm: 'yes' });
    expect((await audited()).filter((action) => action === 'sharing.agreement-ended')).toHaveLength(1);
    await two.app.drainJobs();
    expect(wordsOf((await at(receiver).get(way)).text)).toMatch(/aldermoor council knows of it since Sunday 22 November 2026/);
    const there = wordsOf((await at(holder).get(way)).text);
    expect(there).toMatch(/Ended Version 2.*riverbourne council ended it on Sunday 22 November 2026\. Nothing is shared by it/);
    expect(there).not.toContain('End this agreement');
  });

  it('are read by case officers, and managed by team managers of this council only', async () => {
    const draft = await draftOf(at(receiver), agreed({ id: 'not-theirs' }));
    const officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b3', roles: ['case-officer'] });
    const adviser = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b4', roles: ['adviser'] });
    const [read, manage] = [[HOME, `${HOME}/bodies`, `${HOME}/bodies/${HOLDER}`, draft, `${draft}/document`, `${HOME}/agreements/garden-waste-concession`, `${HOME}/agreements/garden-waste-concession/register`], [`${HOME}/bring-in`, `${HOME}/bodies/new`, `${HOME}/bodies/${HOLDER}/guideline`, `${draft}/discard`, `${HOME}/agreements/garden-waste-concession/end`]];
    for (const path of read) expect([path, (await officer.get(path)).status, (await adviser.get(path)).status]).toEqual([path, 200, 403]);
    for (const path of manage) expect([path, (await officer.get(path)).status]).toEqual([path, 403]);
    // Nothing is offered that would be refused.
    for (const path of read.slice(0, 6)) expect([path, /href="[^"]*\/(new|bring-in|guideline|discard|end|parties)"|action="[^"]*\/(sign|next)"/.exec((await officer.get(path)).text)?.[0]]).toEqual([path, undefined]);
    const form = { confirm: 'yes', version: '1', document: '{}', compared: 'yes' };
    for (const path of [`${draft}/sign`, `${draft}/discard`, `${HOME}/bring-in`, `${HOME}/bodies/new`, `${HOME}/bodies/pin`, `${HOME}/bodies/${HOLDER}/guideline`, `${HOME}/agreements/garden-waste-concession/end`, `${HOME}/agreements/garden-waste-concession/next`]) {
      expect([path, (await officer.request(path, { form })).status]).toEqual([path, 403]);
    }
    for (const path of [draft, `${draft}/document`, `${draft}/discard`]) expect([path, (await at(holder).get(path)).status]).toEqual([path, 404]);
    await at(holder).get(`${HOME}/bring-in`);
    for (const path of [`${draft}/sign`, `${draft}/discard`]) expect([path, (await at(holder).request(path, { form })).status]).toEqual([path, 404]);
    for (const path of [`${HOME}/drafts/${ids.uuid()}`, `${HOME}/drafts/no-id`, `${HOME}/agreements/none`, `${HOME}/bodies/none`]) expect([path, (await at(receiver).get(path)).status]).toEqual([path, 404]);
    for (const path of [`${HOME}?before=x`, `${HOME}/bodies?after=X`]) expect([path, (await at(receiver).get(path)).status]).toEqual([path, 400]);
    expect((await two.app.visitor().request(HOME)).status).toBe(303);
  });

  it('turn the page of a long list, each of them once', async () => {
    await two.app.owner.query(`insert into sharing.agreement_draft (council_id, draft_id, document, created_at) select $1, gen_random_uuid(), jsonb_build_object('name', jsonb_build_object('en', 'Draft no. ' || n || '.', 'cy', 'x')), '2026-11-20T00:00:00Z'::timestamptz + (n % 3) * interval '1 hour' from generate_series(1, 60) n`, [two.receiver.council.id]);
    const found: string[] = [];
    for (let path: string | undefined = HOME; path !== undefined; ) {
      const { text }: { text: string } = await at(receiver).get(path);
      found.push(...[...text.matchAll(/Draft no\. \d+\./g)].map(([name]) => name));
      path = /href="(\/desk\/sharing\?before=[^"]+)"/.exec(text)?.[1];
    }
    expect(found).toHaveLength(60);
    expect(new Set(found).size).toBe(60);
  });

  it('hold the sentence of an agreement that somebody signed against its fields', async () => {
    const agreement = { ...agreed({ id: 'sweet-words' }), sentence: { en: 'Nothing much.', cy: 'Dim llawer.' } };
    const draft = await draftOf(at(receiver), signAgreement(agreement, two.app.get(OwnNode).signer(two.holder)));
    expectRefused(await sign(at(receiver), draft), 'confirm', new RegExp(`The sentence must be: ${agreementSentence(agreement, vocabulary()).en}`));
  });
});

describe('what the desk keeps of sharing', () => {
  it('can be got at by no other council, and breaks no rule of isolation', async () => {
    await two.ask();
    for (const slug of [RECEIVER, HOLDER]) await two.app.queueJob('do:sharing.count-shared', { data: {} }, slug);
    await two.app.drainJobs();
    await draftOf(at(receiver), agreed({ id: 'kept-apart' }));
    const found = await walkTables(two.app, { stranger: two.holder.council.id });
    expect(found.open.filter(({ table }) => table.startsWith('sharing.'))).toEqual([]);
    expect(found.unproved.filter((table) => /^sharing\.(agreement_draft|agreement_signature|peer_guideline|figure|figures_counted)$/.test(table))).toEqual([]);
    expect((await catalogFaults(two.app.owner)).filter((fault) => fault.includes('sharing.'))).toEqual([]);
  });
});
