import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { testResident } from '@guildhall/kernel-contract/testing';
import type { SourceHas, WantedAnswer } from '@guildhall/services-contract';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, choiceScope, signAgreement, type Agreement } from '@guildhall/sharing-contract';
import { agreementBetween } from '@guildhall/sharing-contract/testing';
import { KIM, askAboutKim, kimChooses, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, RUNNING, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { AsksExchange } from '../asking/asks-exchange';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { SignedPost } from '../node/signed-post';
import { OnceOnly } from '../once-only/once-only';
import { Choices } from './choices';
import { HearsChoice } from './hears-choice';

const MINUTE = 60;
const ASKED: WantedAnswer = { personId: KIM.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste', cy: 'Gwastraff gardd' } }, attribute: 'address.current', purposes: ['garden-waste-concession'] };

describe('what was told before it was stopped where it is from', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
    await linkKim(two);
    const { offer } = await look();
    if (!offer) throw new Error('Nothing is offered.');
    expect(await two.app.get(OnceOnly).get(kim(), ASKED, { id: offer.id, shown: offer.shown, returnTo: '/' })).toMatchObject({ ok: true });
    await two.app.drainJobs();
  });
  afterEach(() => two?.close());

  const kim = (): RequestContext => two.app.context(RECEIVER, { actor: testResident(KIM.riverbourne) });
  const look = (): Promise<SourceHas> => two.app.get(OnceOnly).look(kim(), ASKED);
  const isTold = async (): Promise<boolean> => (await look()).told !== undefined;
  const reach = async (isReachable: { readonly holder: boolean; readonly receiver: boolean }): Promise<void> => {
    for (const [ctx, body, is] of [[two.receiver, two.bodies.holder, isReachable.holder], [two.holder, two.bodies.receiver, isReachable.receiver]] as const) {
      await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [ctx.council.id, is ? body.endpoint : 'http://localhost:9/sharing']);
    }
  };

  it('is used no more after the bound that was shown when neither can reach the other: it is offered, and cannot be had', async () => {
    await reach({ holder: false, receiver: false });
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn', 'holder');
    await two.app.drainJobs();
    expect(await isTold()).toBe(true);
    two.clock.advance(16 * MINUTE);
    const has = await look();
    // Nobody can say whether it was stopped: what was made of it is not taken back.
    expect([has.told, has.offer?.id, has.isUnsure]).toEqual([undefined, two.agreement.id, true]);
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'asked', allow: false, failed: ['choice-fresh'] });
  });
  it('is used no more as soon as it is heard of, though nobody could bring it, and neither is it asked for', async () => {
    await reach({ holder: true, receiver: false });
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn', 'holder');
    await two.app.drainJobs();
    two.clock.advance(16 * MINUTE);
    const { told, isUnsure } = await look();
    expect([told, isUnsure]).toEqual([undefined, undefined]);
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/has said no/) } });
    // Heard once it is no longer believed that all is well, whatever can be reached then.
    await reach({ holder: false, receiver: false });
    expect(await isTold()).toBe(false);
  });
  it('is heard of again at half the bound, so that a question made then arrives before its end', async () => {
    two.clock.advance(14 * MINUTE);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    const { rows } = await two.app.owner.query<{ at: string }>('select choices_heard ->> $2 as at from sharing.link where council_id = $1 and local_id = $3', [two.receiver.council.id, two.agreement.id, KIM.riverbourne]);
    expect(rows).toEqual([{ at: two.clock.now().toISOString() }]);
  });
  it('is used on when it is heard that it was not stopped, and for as long again without the other body', async () => {
    two.clock.advance(16 * MINUTE);
    expect(await isTold()).toBe(true);
    await reach({ holder: false, receiver: false });
    two.clock.advance(14 * MINUTE);
    expect(await isTold()).toBe(true);
    two.clock.advance(2 * MINUTE);
    expect(await isTold()).toBe(false);
    await reach({ holder: true, receiver: true });
    expect(await isTold()).toBe(true);
  });
});

describe('what was told by two agreements', () => {
  let two: TwoBodies;
  beforeAll(async () => {
    two = await startTwoBodies();
    await linkKim(two);
  });
  afterAll(() => two?.close());

  it('is held to the stop of its own: that the other was heard of says nothing of it', async () => {
    const { app, clock, bodies, receiver, holder, agreement } = two;
    const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [RECEIVER]: bodies.receiver.name, [HOLDER]: bodies.holder.name } };
    const other = agreementBetween(bodies.receiver, bodies.holder, words, { id: 'another' });
    const node = app.get(OwnNode);
    const envelope = signAgreement(other, node.signer(holder), signAgreement(other, node.signer(receiver)));
    for (const [ctx, peer] of [[receiver, bodies.holder], [holder, bodies.receiver]] as const) expect(await app.get(Agreements).keep(ctx, envelope, [peer])).toMatchObject({ ok: true });
    const hear = async (document: Agreement): Promise<unknown> => { const { choice, isCertain } = await app.get(HearsChoice).hear(receiver, { document, holder: HOLDER, localId: KIM.riverbourne, choice: undefined, since }); return [choice?.state, isCertain]; };
    const since = clock.now();
    clock.advance(1);
    await app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', '"http://localhost:9/sharing"') where council_id = $1`, [holder.council.id]);
    await kimChooses({ ...two, agreement: other }, 'withdrawn', 'holder');
    await app.drainJobs();
    clock.advance(16 * MINUTE);
    expect(await hear(agreement)).toEqual([undefined, true]);
    expect(await hear(other)).toEqual(['withdrawn', true]);
  });
});

describe('a choice among three', () => {
  const THIRD = 'westmarch';
  const THERE = 'westmarch-account-1';
  let two: TwoBodies;
  let third: RequestContext;
  let agreement: Agreement;
  beforeEach(async () => {
    two = await startTwoBodies({}, { thirds: [THIRD] });
    await linkKim(two);
    const { app, receiver, holder, bodies } = two;
    third = app.systemContext(THIRD);
    const node = app.get(OwnNode);
    const all = [[receiver, bodies.receiver], [holder, bodies.holder], [third, node.body(third)]] as const;
    const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: Object.fromEntries(all.map(([, { id, name }]) => [id, name])) };
    agreement = agreementBetween(bodies.receiver, bodies.holder, words, { id: 'among-three', receivers: [RECEIVER, THIRD], contacts: Object.fromEntries(all.map(([, { id }]) => [id, `data@${id}.example`])) });
    const envelope = all.map(([ctx]) => node.signer(ctx)).reduce<ReturnType<typeof signAgreement> | undefined>((signed, signer) => signAgreement(agreement, signer, signed), undefined);
    if (!envelope) throw new Error('Nobody has signed.');
    for (const [ctx, own] of all) {
      const others = all.flatMap(([, body]) => (body.id === own.id ? [] : [body]));
      for (const body of others) await app.get(Peers).pin(ctx, { body, running: RUNNING, assessments: [two.assessed(body)] });
      expect(await app.get(Agreements).keep(ctx, envelope, others)).toMatchObject({ ok: true });
    }
    const { pairwise } = await app.get(Links).add(third, { peerId: HOLDER, localId: THERE, provenBy: 'signed-in' });
    await app.get(Links).add(holder, { peerId: THIRD, localId: KIM.aldermoor, provenBy: 'signed-in', pairwise });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return two?.close();
  });

  const choose = async (ctx: RequestContext, localId: string, state: 'given' | 'withdrawn'): Promise<void> => {
    const link = await two.app.get(Links).ofPerson(ctx, HOLDER, localId);
    if (!link) throw new Error('Kim is not linked.');
    await two.app.get(Choices).choose(ctx, { localId, subjectKey: link.subjectKey, agreementId: agreement.id, state, at: two.clock.now(), scope: choiceScope(agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'en', by: 'adviser' });
  };
  const ask = () => two.app.get(AsksExchange).ask(third, { agreementId: agreement.id, holder: HOLDER, localId: THERE, attributes: ['address.current'], because: 'Garden waste application RB-7K3F-92QD', by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' } });
  const cutOff = (ctx: RequestContext, peerId: string): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', '"http://localhost:9/sharing"') where council_id = $1 and peer_id = $2`, [ctx.council.id, peerId]);

  it('that is made at one who may ask reaches the other one who may, by the body that tells both, and goes round no further', async () => {
    await choose(two.receiver, KIM.riverbourne, 'withdrawn');
    await two.app.drainJobs();
    const { rows } = await two.app.owner.query('select local_id, state, chosen_by, told_by, pressed_by from sharing.choice order by told_by nulls first');
    expect(rows).toEqual([
      { local_id: KIM.riverbourne, state: 'withdrawn', chosen_by: 'adviser', told_by: null, pressed_by: null },
      { local_id: THERE, state: 'withdrawn', chosen_by: 'peer', told_by: HOLDER, pressed_by: 'adviser' },
      { local_id: KIM.aldermoor, state: 'withdrawn', chosen_by: 'peer', told_by: RECEIVER, pressed_by: 'adviser' },
    ]);
    expect((await two.app.owner.query(`select 1 from kernel.waiting_job where kind like '%sharing.tell-choice'`)).rows).toEqual([]);
  });
  it('that is stopped at one who may ask takes effect at the other one within the bound, though it could not be brought to the body that tells both; and while that one hears nothing of it, nothing is told', async () => {
    await choose(third, THERE, 'given');
    await two.app.drainJobs();
    expect(await ask()).toMatchObject({ ok: true });
    await cutOff(two.receiver, HOLDER);
    two.clock.advance(1);
    await choose(two.receiver, KIM.riverbourne, 'withdrawn');
    await two.app.drainJobs();
    two.clock.advance(16 * MINUTE);
    expect(await ask()).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/has said no/) } });
    await cutOff(two.holder, RECEIVER);
    expect(await ask()).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
    expect((await two.app.owner.query(`select 1 from kernel.audit where action = 'sharing.message-refused'`)).rows).toEqual([]);
  });
  it('is asked of the others by the one that is asked, and by nobody in a circle, where all know each other', async () => {
    const { pairwise } = await two.app.get(Links).add(third, { peerId: RECEIVER, localId: THERE, provenBy: 'signed-in' });
    await two.app.get(Links).add(two.receiver, { peerId: THIRD, localId: KIM.riverbourne, provenBy: 'signed-in', pairwise });
    await choose(third, THERE, 'given');
    await two.app.drainJobs();
    two.clock.advance(16 * MINUTE);
    const sent = jest.spyOn(two.app.get(SignedPost), 'exchange');
    expect(await ask()).toMatchObject({ ok: true });
    expect(sent.mock.calls.map(([ctx, body, { path, content }]) => [ctx.council.slug, body.id, path, (content as { readonly hereOnly?: true }).hereOnly])).toEqual([[THIRD, HOLDER, 'choices/standing', undefined], [HOLDER, RECEIVER, 'choices/standing', true]]);
  });
  const heardOf = async (ctx: RequestContext): Promise<readonly (string | null)[]> => (await two.app.owner.query<{ at: string | null }>('select choices_heard ->> $2 as at from sharing.link where council_id = $1', [ctx.council.id, agreement.id])).rows.map(({ at }) => at);
  const notTaken = (): jest.SpyInstance => {
    const agreements = two.app.get(Agreements);
    const find = agreements.find.bind(agreements);
    return jest.spyOn(agreements, 'find').mockImplementation((ctx, id) => (ctx.council.slug === RECEIVER ? Promise.resolve(undefined) : find(ctx, id)));
  };
  it('is heard of those who have taken the agreement: one that has not yet keeps nobody from being told, and as soon as it has, what is said there counts', async () => {
    await choose(third, THERE, 'given');
    await two.app.drainJobs();
    two.clock.advance(16 * MINUTE);
    const hindered = notTaken();
    expect(await ask()).toMatchObject({ ok: true });
    expect([(await heardOf(third)).filter(Boolean), (await heardOf(two.holder)).filter(Boolean)]).toEqual([[two.clock.now().toISOString()], []]);
    hindered.mockRestore();
    await cutOff(two.receiver, HOLDER);
    two.clock.advance(1);
    await choose(two.receiver, KIM.riverbourne, 'withdrawn');
    await two.app.drainJobs();
    two.clock.advance(8 * MINUTE);
    expect(await ask()).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/has said no/) } });
  });
  it('is heard of nobody by an agreement that is kept here alone: what a body says that has not taken it is no word of theirs', async () => {
    await choose(two.receiver, KIM.riverbourne, 'given');
    await two.app.drainJobs();
    two.clock.advance(16 * MINUTE);
    const agreements = two.app.get(Agreements);
    const find = agreements.find.bind(agreements);
    jest.spyOn(agreements, 'find').mockImplementation((ctx, id) => (ctx.council.slug === HOLDER ? Promise.resolve(undefined) : find(ctx, id)));
    const heard = await two.app.get(HearsChoice).hear(two.receiver, { document: agreement, holder: HOLDER, localId: KIM.riverbourne, choice: undefined });
    expect([heard.isCertain, heard.isUnsaid, (await heardOf(two.receiver)).filter(Boolean)]).toEqual([false, false, []]);
  });
  it('is asked of one of the version before without what it does not know', async () => {
    await choose(third, THERE, 'given');
    await two.app.drainJobs();
    two.clock.advance(16 * MINUTE);
    const post = two.app.get(SignedPost);
    const exchange = post.exchange.bind(post);
    const sent: unknown[] = [];
    jest.spyOn(post, 'exchange').mockImplementation((ctx, body, sending) => {
      sent.push(sending.content);
      return 'hereOnly' in sending.content ? Promise.resolve({ status: 400, text: '{}', isProven: true }) : exchange(ctx, body, sending);
    });
    expect(await ask()).toMatchObject({ ok: true });
    expect(sent.map((content) => Object.keys(content as object))).toEqual([['agreement', 'subject'], ['agreement', 'subject', 'hereOnly'], ['agreement', 'subject']]);
  });
});
