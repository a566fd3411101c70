import { randomBytes } from 'node:crypto';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Answer } from '@guildhall/kernel/testing';
import { signAgreement, signRequest, type Agreement, type AgreementEnded, type Envelope, type NamedKey, type SignedFor, type SignedRequest } from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { EndsAgreement } from './ends-agreement';

const ID = 'garden-waste-concession';

describe('when one party ends an agreement', () => {
  let two: TwoBodies;
  let signer: NamedKey;
  beforeAll(async () => {
    two = await startTwoBodies({}, { thirds: ['glanafon'] });
    const node = two.app.get(OwnNode);
    await two.app.get(Peers).pin(two.receiver, { body: node.body(two.app.systemContext('glanafon')) });
    signer = node.signer(two.holder);
    await two.choose('given');
    expect(await two.ask()).toMatchObject({ ok: true });
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(1));

  const atReceiver = async (): Promise<object> => {
    const { document: { version }, endedOn, endedBy } = (await two.app.get(Agreements).find(two.receiver, ID)) ?? { document: { version: 0 } };
    return { version, endedOn, endedBy };
  };
  const ended = (changes: Partial<AgreementEnded> & Readonly<Record<string, unknown>> = {}): string => JSON.stringify({ agreement: ID, version: 3, at: two.clock.now().toISOString(), ...changes });
  const signed = (body: string, { by = signer, tag = 'guildhall-ended' }: { readonly by?: NamedKey; readonly tag?: SignedFor } = {}): SignedRequest => signRequest({ method: 'POST', targetUri: `${two.bodies.receiver.endpoint}/ended`, body }, by, { tag, created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
  const send = (message: SignedRequest): Promise<Answer> => two.app.visitor(RECEIVER).request('/sharing/ended', { method: 'POST', headers: message.fields as Record<string, string>, body: message.body });
  const toReceiver = (isReachable: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.holder.council.id, isReachable ? two.bodies.receiver.endpoint : 'http://localhost:9/sharing']);
  const told = () => two.app.get(EndsAgreement).told(two.holder, two.agreement);

  it('takes that from no body that is unknown, not a party, or has not signed it for this', async () => {
    const third = two.app.get(OwnNode).signer(two.app.systemContext('glanafon'));
    const answers: readonly (readonly [string, SignedRequest, number, RegExp])[] = [
      ['a stranger', signed(ended(), { by: bodyNamed('stranger', 'Stranger').signer }), 401, /stranger#2026-1 is not known/], ['somebody who says so', signed(ended(), { by: bodyNamed(HOLDER, 'Somebody').signer }), 401, /not by the key/],
      ['a body that is no party', signed(ended(), { by: third }), 404, /no agreement garden-waste-concession with this body/], ['another agreement', signed(ended({ agreement: 'another' })), 404, /no agreement another/],
      ['a signature for something else', signed(ended(), { tag: 'guildhall-choice' }), 401, /no signature for guildhall-ended/], ['the future', signed(ended({ at: new Date(two.clock.now().getTime() + 31_000).toISOString() })), 400, /from the future/],
      ['no end', signed(ended({ version: 0 })), 400, /This is not the end of an agreement/], ['more than that', signed(ended({ because: 'x' })), 400, /because is not known here/],
    ];
    for (const [who, message, status, detail] of answers) {
      const answer = await send(message);
      expect({ who, status: answer.status, detail: answer.json<{ detail: string }>().detail }).toEqual({ who, status, detail: expect.stringMatching(detail) });
    }
    expect(await atReceiver()).toEqual({ version: 3 });
  });
  it('takes the end of an earlier version for no end of this one, and each message once', async () => {
    const message = signed(ended({ version: 2 }));
    expect([(await send(message)).status, (await send(message)).status]).toEqual([200, 409]);
    expect(await atReceiver()).toEqual({ version: 3 });
  });
  it('the other hears of it as soon as it can be reached, and asks no more', async () => {
    await toReceiver(false);
    await two.app.get(EndsAgreement).end(two.holder, two.agreement);
    await two.app.drainJobs();
    expect(await told()).toEqual([{ peerId: RECEIVER, isTurnedDown: false }]);
    await toReceiver(true);
    for (let minutes = 0; minutes < 24 * 60 && (await told()).some(({ takenAt }) => !takenAt); minutes += 10) {
      two.clock.advance(600);
      await two.app.drainJobs();
    }
    expect(await told()).toEqual([{ peerId: RECEIVER, isTurnedDown: false, takenAt: expect.any(Date) }]);
    expect(await atReceiver()).toEqual({ version: 3, endedOn: '2026-11-22', endedBy: HOLDER });
    const before = (await two.entries('holder')).length;
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/was ended on 22 November 2026/) } });
    expect((await two.entries('holder')).length).toBe(before);
  });
  it('stays ended from that day, whatever is said again', async () => {
    await two.app.get(EndsAgreement).end(two.receiver, two.agreement);
    expect((await send(signed(ended({ at: '2026-11-21T09:00:00Z' })))).status).toBe(200);
    expect(await atReceiver()).toEqual({ version: 3, endedOn: '2026-11-22', endedBy: HOLDER });
    expect((await two.app.owner.query(`select from kernel.audit where action = 'sharing.agreement-ended'`)).rowCount).toBe(2);
  });
  it('what is agreed anew goes on, though the old end is said once more', async () => {
    const node = two.app.get(OwnNode);
    const agreement = agreementBetween(two.bodies.receiver, two.bodies.holder, two.app.get(Agreements).vocabulary(two.receiver, [two.bodies.holder]), { version: 4 });
    const envelope = signAgreement(agreement, node.signer(two.holder), signAgreement(agreement, node.signer(two.receiver)));
    expect(await two.app.get(Agreements).keep(two.receiver, envelope, [two.bodies.holder])).toMatchObject({ ok: true });
    expect((await send(signed(ended()))).status).toBe(200);
    expect(await atReceiver()).toEqual({ version: 4 });
  });
});

describe('the end of what the other party does not have yet', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
  });
  afterEach(() => two?.close());

  const atReceiver = async (): Promise<object | undefined> => {
    const found = await two.app.get(Agreements).find(two.receiver, ID);
    return found && { version: found.document.version, endedOn: found.endedOn, endedBy: found.endedBy };
  };
  const ENDED = { endedOn: '2026-11-22', endedBy: HOLDER };
  const signed = (version: number): { readonly agreement: Agreement; readonly envelope: Envelope } => {
    const node = two.app.get(OwnNode);
    const agreement = agreementBetween(two.bodies.receiver, two.bodies.holder, two.app.get(Agreements).vocabulary(two.receiver, [two.bodies.holder]), { version });
    return { agreement, envelope: signAgreement(agreement, node.signer(two.holder), signAgreement(agreement, node.signer(two.receiver))) };
  };
  const keep = async (where: 'receiver' | 'holder', envelope: Envelope): Promise<void> => {
    expect(await two.app.get(Agreements).keep(two[where], envelope, [two.bodies[where === 'holder' ? 'receiver' : 'holder']])).toMatchObject({ ok: true });
  };
  const told = (agreement: Agreement) => two.app.get(EndsAgreement).told(two.holder, agreement);
  const end = async (agreement: Agreement): Promise<void> => {
    await two.app.get(EndsAgreement).end(two.holder, agreement);
    await two.app.drainJobs();
  };
  const twoDays = async (): Promise<void> => {
    for (let hours = 0; hours < 48; hours += 4) {
      two.clock.advance(4 * 3600);
      await two.app.drainJobs();
    }
  };

  it('is not settled while there is an older version alone, which has ended with it, and comes as soon as the newer one is there', async () => {
    const { agreement, envelope } = signed(4);
    await keep('holder', envelope);
    await end(agreement);
    expect([await told(agreement), await atReceiver()]).toEqual([[{ peerId: RECEIVER, isTurnedDown: false }], { version: 3, ...ENDED }]);
    await keep('receiver', envelope);
    expect(await atReceiver()).toEqual({ version: 4 });
    await twoDays();
    expect([await told(agreement), await atReceiver()]).toEqual([[{ peerId: RECEIVER, isTurnedDown: false, takenAt: expect.any(Date) }], { version: 4, ...ENDED }]);
  });
  it('is said again to whoever knew of no such agreement, and has it by then', async () => {
    const { agreement, envelope } = signed(3);
    await two.app.owner.query('delete from sharing.agreement where council_id = $1', [two.receiver.council.id]);
    await end(agreement);
    expect([await told(agreement), await atReceiver()]).toEqual([[{ peerId: RECEIVER, isTurnedDown: true }], undefined]);
    await keep('receiver', envelope);
    await twoDays();
    expect([await told(agreement), await atReceiver()]).toEqual([[{ peerId: RECEIVER, isTurnedDown: false, takenAt: expect.any(Date) }], { version: 3, ...ENDED }]);
  });
});

describe('the end of an agreement whose next version leaves a party out', () => {
  let two: TwoBodies;
  let third: RequestContext;
  let next: Agreement;
  beforeEach(async () => {
    two = await startTwoBodies({}, { thirds: ['glanafon'] });
    third = two.app.systemContext('glanafon');
    const [node, agreements] = [two.app.get(OwnNode), two.app.get(Agreements)];
    const all = [two.receiver, two.holder, third] as const;
    const othersOf = (ctx: RequestContext) => all.filter((one) => one !== ctx).map((one) => node.body(one));
    for (const ctx of all) for (const body of othersOf(ctx)) await two.app.get(Peers).pin(ctx, { body });
    const keep = async (parties: readonly RequestContext[], changes: Partial<Agreement>): Promise<Agreement> => {
      const agreement = agreementBetween(two.bodies.receiver, two.bodies.holder, agreements.vocabulary(two.receiver, othersOf(two.receiver)), { contacts: Object.fromEntries(parties.map((ctx) => [node.id(ctx), `data@${node.id(ctx)}.example`])), ...changes });
      let envelope: Envelope | undefined;
      for (const ctx of parties) envelope = signAgreement(agreement, node.signer(ctx), envelope);
      if (!envelope) throw new Error('Nobody has signed.');
      for (const ctx of parties) expect(await agreements.keep(ctx, envelope, othersOf(ctx))).toMatchObject({ ok: true });
      return agreement;
    };
    await keep(all, { version: 4, receivers: [RECEIVER, 'glanafon'] });
    next = await keep([two.receiver, two.holder], { version: 5, from: '2026-12-01' });
    two.clock.advance(1);
  });
  afterEach(() => two?.close());

  const version = (ctx: RequestContext, of: number) => two.app.get(Agreements).version(ctx, ID, of);

  it('is told to who is a party to that of today alone, and to each once', async () => {
    await two.app.get(EndsAgreement).end(two.holder, next);
    await two.app.drainJobs();
    const takenAt = expect.any(Date);
    expect(await two.app.get(EndsAgreement).told(two.holder, next)).toEqual([{ peerId: 'glanafon', isTurnedDown: false, takenAt }, { peerId: RECEIVER, isTurnedDown: false, takenAt }]);
    expect([await version(third, 4), await version(two.receiver, 5)]).toEqual([expect.objectContaining({ endedBy: HOLDER }), expect.objectContaining({ endedBy: HOLDER })]);
  });
  it('is taken from who is a party to that of today alone: the next one goes on', async () => {
    const current = await version(third, 4);
    if (!current) throw new Error('It is not there.');
    await two.app.get(EndsAgreement).end(third, current.document);
    await two.app.drainJobs();
    expect((await two.app.get(EndsAgreement).told(third, current.document)).map(({ isTurnedDown }) => isTurnedDown)).toEqual([false, false]);
    for (const ctx of [two.receiver, two.holder]) {
      expect(await version(ctx, 4)).toMatchObject({ endedBy: 'glanafon' });
      expect((await version(ctx, 5))?.endedOn).toBeUndefined();
    }
  });
});
