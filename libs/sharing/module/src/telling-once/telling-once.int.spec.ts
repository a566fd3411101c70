import { randomBytes } from 'node:crypto';
import { MACHINE_CREDENTIALS, type MachineCredentials } from '@guildhall/kernel';
import type { Answer, Visitor } from '@guildhall/kernel/testing';
import { Unavailable, defineServicePack, register } from '@guildhall/kernel-contract';
import { CHANGE_TAKER, choiceScope, signRequest, type ChangeToTake, type NamedKey, type SignedFor, type ToldChange } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { KIM, LEE, kimChooses, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, PAT, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { ComparesTwins } from '../watching/compares-twins';

const PAGE = '/account/information/tell-once';
const TYPED = { line1: '3 Weir Lane', line2: '', town: 'Riverbourne', postcode: 'zz991ac' };
const TAKER = 'taker:subscriptions.address';

describe('one change that is told once', () => {
  let two: TwoBodies;
  let kim: Visitor;
  let pat: Visitor;
  let isBroken = false;
  const taken: (ChangeToTake & { readonly council: string })[] = [];
  const credentials: MachineCredentials = { authenticate: (_ctx, clientId, secret) => Promise.resolve(secret === 'correct' ? { clientId, permissions: clientId === 'back-office' ? ['sharing.take-changes'] : [] } : undefined) };
  const installed = defineServicePack({
    id: 'subscriptions', version: '0.1.0', options: {}, requires: [],
    registers: [
      register(MACHINE_CREDENTIALS, { id: 'machines', ...credentials } as MachineCredentials),
      register(CHANGE_TAKER, { id: 'subscriptions.address', titleKey: 'sharing.information.title', attributes: ['address.current'], take: (ctx, change) => {
        if (isBroken) return Promise.reject(new Unavailable('The register does not answer.'));
        taken.push({ ...change, council: ctx.council.slug });
        return Promise.resolve();
      } }),
    ],
  });
  // Here it is Riverbourne that holds, and tells.
  const toPeer = (reachable: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.receiver.council.id, reachable ? two.bodies.holder.endpoint : 'http://localhost:9/sharing']);
  const later = async (isDone: () => Promise<boolean>): Promise<void> => {
    for (let minutes = 0; minutes < 24 * 60 && !(await isDone()); minutes += 10) {
      two.clock.advance(600);
      await two.app.drainJobs();
    }
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    pat = await two.app.residentVisitor(PAT.riverbourne, RECEIVER);
  };
  const deliveries = async (recipient: string): Promise<readonly { state: string; failed: string[] | null; change_id: string }[]> => (await two.app.owner.query<{ state: string; failed: string[] | null; change_id: string }>('select d.state, d.failed, d.change_id::text as change_id from sharing.change_delivery d join sharing.change c using (council_id, change_id) where d.council_id = $1 and d.recipient = $2 order by c.created_at', [two.receiver.council.id, recipient])).rows;
  const kinds = async (where: 'receiver' | 'holder', kind: string): Promise<number> => (await two.entries(where)).filter((one) => one['kind'] === kind).length;
  const choose = async (visitor: Visitor, typed: object = TYPED): ReturnType<Visitor['post']> => {
    await visitor.get(PAGE);
    return visitor.post(PAGE, typed as Record<string, string>);
  };
  const tell = async (visitor: Visitor, to: readonly string[] = [TAKER, 'body:aldermoor'], typed: object = TYPED): ReturnType<Visitor['post']> => {
    const change = /name="change" value="([^"]+)"/.exec((await choose(visitor, typed)).text)?.[1] ?? '';
    return visitor.post(`${PAGE}/tell`, { ...typed, change, to });
  };

  beforeAll(async () => {
    two = await startTwoBodies({ holders: [RECEIVER], receivers: [HOLDER], attributes: ['address.current'] }, { alsoInstalled: [installed] });
    await linkKim(two);
    [kim, pat] = [await two.app.residentVisitor(KIM.riverbourne, RECEIVER), await two.app.residentVisitor(PAT.riverbourne, RECEIVER)];
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));

  it('asks for the whole address, and says before the press who would be told, and who may not be and why', async () => {
    const wrong = await choose(kim, { ...TYPED, postcode: 'nowhere' });
    expect([wrong.status, readable(wrong.text)]).toEqual([422, expect.stringMatching(/Enter a full postcode/)]);
    expect(wrong.text).toContain('value="3 Weir Lane"');
    const text = readable((await choose(kim)).text);
    expect(text).toMatch(/Who will be told\? .*3 Weir Lane Riverbourne ZZ99 1AC Tell these .* Your information Tell them Those who may not be told aldermoor council You have not said that this may be shared\. .*Stop or allow/);
    await kimChooses(two, 'given');
    expect((await choose(kim)).text).toMatch(/value="body:aldermoor" checked/);
    expect(readable((await kim.post(`${PAGE}?lang=cy`, TYPED)).text)).toMatch(/Pwy fydd yn cael gwybod\? .*Dweud wrth y rhain/);
    await kim.get(`${PAGE}?lang=en`);
    expect((await two.app.owner.query('select 1 from sharing.change')).rows).toEqual([]);
  });
  it('is not told to nobody, nor by a form that was not shown', async () => {
    const none = await tell(kim, []);
    expect([none.status, readable(none.text)]).toEqual([422, expect.stringContaining('Choose who is to be told')]);
    expect((await kim.post(`${PAGE}/tell`, { ...TYPED, change: 'x', to: TAKER })).status).toBe(400);
    expect((await two.app.owner.query('select 1 from sharing.change')).rows).toEqual([]);
  });
  it('reaches everybody who was ticked, and its owner sees each confirm; who cannot be reached hears of it later', async () => {
    isBroken = true;
    await toPeer(false);
    for (const personId of [KIM.riverbourne, LEE]) await two.app.owner.query(`
    insert into sharing.evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, told_by, agreement_id, exchange_id, service, kept_at, until) values ($1, gen_random_uuid(), $2, 'address.current', '{}', 'x', 'told', '2026-11-01', $3, 'an-agreement', gen_random_uuid(), 'garden-waste', $4, '2020-01-01')`, [two.receiver.council.id, personId, HOLDER, two.clock.now()]);
    const told = await tell(kim);
    await two.app.drainJobs();
    expect((await two.app.owner.query('select local_id from sharing.evidence')).rows).toEqual([{ local_id: LEE }]);
    expect(readable((await kim.get(told.path)).text)).toMatch(/Who has your new address .*3 Weir Lane Riverbourne ZZ99 1AC Your information Not told yet aldermoor council Not told yet/);
    expect([await kinds('receiver', 'change-told'), await kinds('holder', 'change-heard')]).toEqual([1, 0]);
    // What is written down has not arrived for that.
    const [telling] = linesOf(await kim.get('/account/information'));
    expect(telling).toMatch(/The other body: aldermoor council We are telling aldermoor council, and wait until it says that it has it\./);
    isBroken = false;
    await toPeer(true);
    await later(async () => [...(await deliveries(TAKER)), ...(await deliveries('body:aldermoor'))].every(({ state }) => state === 'confirmed'));
    expect(readable((await kim.get(told.path)).text)).toMatch(/Your information Confirmed .* aldermoor council Confirmed/);
    expect(taken).toEqual([expect.objectContaining({ council: RECEIVER, personId: KIM.riverbourne, from: null, evidence: expect.objectContaining({ value: { lines: ['3 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AC' } }) }), expect.objectContaining({ council: HOLDER, personId: KIM.aldermoor, from: RECEIVER })]);
    expect([await kinds('receiver', 'change-told'), await kinds('holder', 'change-heard')]).toEqual([1, 1]);
    expect(linesOf(await kim.get('/account/information')).join('|')).toMatch(/We told another body what you told us once .* Current address The other body: aldermoor council Told [^✓]*$/);
    two.clock.advance(180);
    for (const ctx of [two.receiver, two.holder]) await two.app.get(ComparesTwins).run(ctx);
    expect(linesOf(await kim.get('/account/information')).join('|')).toMatch(/We told another body what you told us once .* Current address The other body: aldermoor council Told ✓ Proved on both sides/);
    expect(linesOf(await (await two.app.residentVisitor(KIM.aldermoor, HOLDER)).get('/account/information')).join('|')).toMatch(/Another body told us what you told it once .* The other body: riverbourne council Told ✓ Proved on both sides/);
  });
  it('is told once however often it is pressed, brought or answered in vain', async () => {
    const shown = /name="change" value="([^"]+)"/.exec((await choose(kim)).text)?.[1] ?? '';
    const form = { ...TYPED, line1: '4 Weir Lane', change: shown, to: ['body:aldermoor'] };
    await Promise.all([kim.post(`${PAGE}/tell`, form), kim.post(`${PAGE}/tell`, form)]);
    await two.app.drainJobs();
    const before = [await kinds('receiver', 'change-told'), await kinds('holder', 'change-heard'), taken.length];
    expect(before).toEqual([2, 2, 3]);
    // As if the process had stopped after the other body took it, and before it was written down that it had.
    await two.app.owner.query(`update sharing.change_delivery set state = 'waiting' where change_id = $1`, [shown]);
    await two.app.queueJob('do:sharing.bring-change', { data: { changeId: shown, recipient: 'body:aldermoor', tries: 0 } }, RECEIVER);
    await two.app.drainJobs();
    expect([await kinds('receiver', 'change-told'), await kinds('holder', 'change-heard'), taken.length]).toEqual(before);
    expect((await deliveries('body:aldermoor')).at(-1)).toMatchObject({ state: 'arrived' });
  });
  it('gives way to a newer one that is on its way to the same, and is not said to be confirmed', async () => {
    isBroken = true;
    const older = await tell(kim, [TAKER], { ...TYPED, line1: '5 Weir Lane' });
    two.clock.advance(1);
    await tell(kim, [TAKER], { ...TYPED, line1: '6 Weir Lane' });
    await two.app.drainJobs();
    isBroken = false;
    await later(async () => (await deliveries(TAKER)).at(-1)?.state === 'confirmed');
    expect((await deliveries(TAKER)).slice(-2).map(({ state }) => state)).toEqual(['superseded', 'confirmed']);
    expect(readable((await kim.get(older.path)).text)).toMatch(/Your information Replaced by what you told later/);
    expect(taken.slice(3).map(({ evidence }) => (evidence.value as { lines: readonly string[] }).lines[0])).toEqual(['6 Weir Lane']);
  });
  it('is confirmed by nobody who never got it: the body that told it hears nothing of it', async () => {
    isBroken = true;
    for (const line1 of ['5 Mill Lane', '6 Mill Lane']) {
      await tell(kim, ['body:aldermoor'], { ...TYPED, line1 });
      await two.app.drainJobs();
      two.clock.advance(1);
    }
    isBroken = false;
    await later(async () => (await deliveries('body:aldermoor')).at(-1)?.state === 'confirmed');
    expect((await deliveries('body:aldermoor')).slice(-2).map(({ state }) => state)).toEqual(['arrived', 'confirmed']);
    expect(JSON.stringify(taken)).not.toContain('5 Mill Lane');
  });
  it('is told by an adviser for who calls, on whose authority is kept; and they read so, in both languages', async () => {
    const adviser = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['adviser'] }, RECEIVER);
    const at = `/desk/information/people/${KIM.riverbourne}/tell-once`;
    const typed = { ...TYPED, line1: '8 Mill Lane' };
    expect((await adviser.get(`/desk/information/people/${KIM.riverbourne}`)).text).toContain(`href="${at}"`);
    await adviser.get(at);
    const choosing = await adviser.post(at, typed);
    const form = { ...typed, change: /name="change" value="([^"]+)"/.exec(choosing.text)?.[1] ?? '', to: [TAKER] };
    const without = await adviser.post(`${at}/tell`, form);
    expect([without.status, readable(without.text)]).toEqual([422, expect.stringContaining('Choose on whose authority you do this')]);
    const told = await adviser.post(`${at}/tell`, { ...form, authority: 'caller-for-themselves', checks: ['called-back'] });
    expect(told.path).toBe(`${at}/${form.change}`);
    await two.app.drainJobs();
    expect(taken.at(-1)).toMatchObject({ personId: KIM.riverbourne, evidence: { value: { lines: ['8 Mill Lane', 'Riverbourne'] } } });
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    expect(readable((await kim.get(`${PAGE}/${form.change}`)).text)).toMatch(/You told us on .*\. An adviser did it for you\. .*8 Mill Lane .*Your information Confirmed/);
    expect(readable((await kim.get(`${PAGE}/${form.change}?lang=cy`)).text)).toMatch(/Cynghorydd a’i gwnaeth ar eich rhan/);
    await kim.get(`${PAGE}?lang=en`);
    const { rows } = await two.app.owner.query<{ detail: object }>(`select detail from kernel.audit where action = 'sharing.told-once' and actor_id = '01990000-0000-7000-8000-0000000000b1'`);
    expect(rows).toEqual([{ detail: { recipients: [TAKER], authority: 'caller-for-themselves', checks: ['called-back'] } }]);
    for (const [visitor, statuses] of [[kim, [303, 401, 403]], [await two.app.officerVisitor({ officerId: LEE, roles: ['case-officer'] }, RECEIVER), [403]]] as const) for (const path of ['', `/${form.change}`]) expect(statuses).toContain((await visitor.request(at + path)).status);
    expect((await adviser.get(`/desk/information/people/${LEE}/tell-once/${form.change}`)).status).toBe(404);
  });
  it('is not told after a no, even where the no came after the press: which is shown with its reason', async () => {
    await toPeer(false);
    const told = await tell(kim, ['body:aldermoor'], { ...TYPED, line1: '7 Weir Lane' });
    await two.app.drainJobs();
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn');
    await toPeer(true);
    await later(async () => (await deliveries('body:aldermoor')).at(-1)?.state === 'turned-down');
    expect(readable((await kim.get(told.path)).text)).toMatch(/aldermoor council Not told .*You had not said yes, or you had said no\./);
    expect(JSON.stringify(taken)).not.toContain('7 Weir Lane');
    expect((await two.entries('receiver')).filter((one) => one['kind'] === 'change-told').at(-1)).toMatchObject({ allow: false, failed: ['choice'] });
    // It was about to be told, and was not: the other body has none of it, which is red.
    two.clock.advance(3600);
    for (const ctx of [two.receiver, two.holder]) await two.app.get(ComparesTwins).run(ctx);
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    const [stopped, , begun] = linesOf(await kim.get('/account/information'));
    expect(stopped).toMatch(/The other body: aldermoor council Not told You had not said yes, or you had said no\. We stopped it before anything was sent/);
    expect(begun).toMatch(/The other body: aldermoor council Not told You had not said yes, or you had said no\. aldermoor council has no record of having received what we told it\./);
  });

  const inbox = (headers: Readonly<Record<string, string>>, path = '', slug = HOLDER): Promise<Answer> => two.app.visitor(slug).request(`/api/sharing/v1/inbox${path}`, { headers, ...(path && { method: 'POST' as const }) });
  const RIGHT = { authorization: 'Bearer back-office.correct' };
  it('waits in the inbox of a body whose own systems fetch it, again and again until they confirm: which its owner sees', async () => {
    await two.choose('given');
    const told = await tell(pat, ['body:aldermoor']);
    await two.app.drainJobs();
    expect(readable((await pat.get(told.path)).text)).toMatch(/aldermoor council Told, not confirmed yet/);
    const read = async () => (await inbox(RIGHT)).json<{ items: readonly { id: string }[] }>();
    const first = await read();
    expect(first).toEqual({ hasMore: false, items: [{ id: expect.any(String), kind: 'changed', person: PAT.aldermoor, attribute: 'address.current', from: RECEIVER, at: expect.any(String), evidence: { attribute: 'address.current', value: { lines: ['3 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AC' }, asOf: expect.any(String), source: 'resident', verified: null } }] });
    expect(await read()).toEqual(first);
    const confirmation = `/${first.items[0]?.id ?? ''}/confirmation`;
    for (let time = 0; time < 2; time++) expect((await inbox(RIGHT, confirmation)).json()).toEqual({ confirmed: true });
    await two.app.drainJobs();
    expect(await read()).toEqual({ hasMore: false, items: [] });
    expect(readable((await pat.get(told.path)).text)).toMatch(/aldermoor council Confirmed/);
  });
  it('is fetched by no other system, body or person, and seen by nobody else’s owner', async () => {
    const [{ change_id: id } = { change_id: '' }] = await deliveries(TAKER);
    expect([(await inbox({})).status, (await inbox({ authorization: 'Bearer back-office.wrong' })).status, (await inbox({ authorization: 'Bearer other.correct' })).status]).toEqual([401, 401, 403]);
    expect((await kim.request('/api/sharing/v1/inbox')).status).toBe(403);
    for (const path of ['/x/confirmation', '/01990000-0000-7000-8000-0000000000ff/confirmation', `/${id}/confirmation`]) expect((await inbox(RIGHT, path)).status).toBe(404);
    for (const path of [`${PAGE}/${id}`, `${PAGE}/x`]) expect((await (await two.app.residentVisitor(LEE, RECEIVER)).request(path)).status).toBe(404);
    expect((await two.app.visitor(RECEIVER).request(PAGE)).headers['location']).toMatch(/^\/sign-in\?next=/);
  });

  const send = async (changes: { readonly request?: object; readonly evidence?: object } = {}, { by = two.app.get(OwnNode).signer(two.receiver), tag = 'guildhall-change' }: { readonly by?: NamedKey; readonly tag?: SignedFor } = {}): Promise<Answer> => {
    const link = await two.app.get(Links).ofPerson(two.receiver, HOLDER, PAT.riverbourne);
    const now = two.clock.now().toISOString();
    const told = {
      request: { exchange: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51aa', agreement: 'garden-waste-concession@3', purpose: 'garden-waste-concession', subject: link?.pairwise, attributes: ['address.current'], because: 'Tell us once', by: { service: null, officer: null, network: 'internet', device: 'server' }, choice: { state: 'given', at: now, scope: choiceScope(two.agreement), asOf: now, receipt: `sha256:${'A'.repeat(43)}` }, assurance: null, checkpoint: null, ...changes.request },
      evidence: { attribute: 'address.current', value: { lines: ['9 Weir Lane'], postcode: 'ZZ99 1AC' }, asOf: '2026-11-22', source: 'resident', verified: null, ...changes.evidence }, salt: 'A'.repeat(22),
    } as unknown as ToldChange;
    const body = JSON.stringify(told);
    const message = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/changes`, body }, by, { tag, created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
    return two.app.visitor(HOLDER).request('/sharing/changes', { method: 'POST', headers: message.fields as Record<string, string>, body });
  };
  it.each<readonly [string, () => Promise<Answer>, number]>([
    ['that is signed for something else', () => send({}, { tag: 'guildhall-exchange' }), 401], ['by another key of that name', () => send({}, { by: bodyNamed('riverbourne', 'Riverbourne').signer }), 401], ['by a body that is not known', () => send({}, { by: bodyNamed('stranger', 'Stranger').signer }), 401],
    ['whose log does not say how far it has come', () => send(), 403], ['of somebody who is not known by that name', () => send({ request: { subject: `pw:${'x'.repeat(32)}` } }), 403], ['of what the agreement does not name', () => send({ request: { attributes: ['care.receives'] }, evidence: { attribute: 'care.receives', value: true } }), 403],
    ['with another thing than is asked for', () => send({ evidence: { attribute: 'care.receives', value: true } }), 400], ['that is none', () => send({ evidence: { asOf: 'today' } }), 400],
  ])('is not taken from a message %s', async (_what, message, status) => {
    const { status: said, headers } = await message();
    expect({ status: said, isSigned: headers['signature-input']?.includes('tag="guildhall-change"') }).toEqual({ status, isSigned: true });
    expect((await two.app.owner.query(`select 1 from sharing.change where change_id = '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51aa'`)).rows).toEqual([]);
  });
  it('is nowhere in the clear: not in the log of the process, not in jobs, audit, logs or tables', async () => {
    const { rows } = await two.app.owner.query<{ data: string }>(`
      select data::text as data from kernel.waiting_job union all select data::text from queue.job union all select row_to_json(a)::text from kernel.audit a union all select leaf from sharing.entry union all select row_to_json(c)::text from sharing.change c
      union all select encode(sealed, 'escape') from sharing.change where sealed is not null union all select encode(sealed, 'escape') from sharing.change_delivery where sealed is not null union all select encode(sealed, 'escape') from sharing.outgoing`);
    expect(rows.length).toBeGreaterThan(20);
    expect(JSON.stringify([rows, two.app.log.lines])).not.toMatch(/Weir Lane|ZZ99|pw:/);
  });
});
