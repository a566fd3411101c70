import { defineProvider, type Clock, type Installation, type ProviderInstallation, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { signAssessment } from '@guildhall/assurance-contract';
import { EVIDENCE_SOURCE, STARTER_ATTRIBUTES, STARTER_PURPOSES, choiceScope, signAgreement, type Agreement, type AttributeId, type Body, type Envelope, type Evidence, type EvidenceSource, type Guideline } from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed } from '@guildhall/sharing-contract/testing';
import { AsksExchange, type Question } from '../src/asking/asks-exchange';
import { Choices } from '../src/choosing/choices';
import { Agreements } from '../src/knowing/agreements';
import { Peers } from '../src/knowing/peers';
import { Links } from '../src/linking/links';
import { OwnNode } from '../src/node/own-node';
import { sharing } from '../src/sharing.module';
import type { SharingOptions } from '../src/sharing.options';

export const RECEIVER = 'riverbourne';
export const HOLDER = 'aldermoor';
export const PAT = { riverbourne: '01990000-0000-7000-8000-0000000000a1', aldermoor: 'account-4711' } as const;
export const RUNNING = 'a'.repeat(64);
const NOTICE = `sha256:${'A'.repeat(43)}`;

/** What the holder knows of people, by their name there. */
export class KnownPeople {
  readonly kept = new Map<string, readonly Evidence[]>();
  reads = 0;
  read = (localId: string, attributes: readonly AttributeId[]): Promise<readonly Evidence[]> => {
    this.reads++;
    return Promise.resolve((this.kept.get(localId) ?? []).filter(({ attribute }) => attributes.includes(attribute)));
  };
}

/** Two councils that share, in one process on one database: each has its own keys, log and rows. */
export interface TwoBodies {
  readonly app: TestApp;
  readonly clock: FixedClock;
  readonly people: KnownPeople;
  readonly receiver: RequestContext;
  readonly holder: RequestContext;
  readonly agreement: Agreement;
  readonly bodies: { readonly receiver: Body; readonly holder: Body };
  /** What an assessor found of a body's systems. */
  assessed(body: Body): Envelope;
  ask(changes?: Partial<Question>): ReturnType<AsksExchange['ask']>;
  choose(state: 'given' | 'withdrawn', where?: 'receiver' | 'holder', of?: Agreement): Promise<void>;
  /** The entries of a log, as objects. */
  entries(where: 'receiver' | 'holder'): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** How two bodies begin. */
export interface TwoBodiesBegin {
  readonly alsoInstalled?: readonly Installation[];
  /** What each holds to be right, by its id. */
  readonly guidelines?: Readonly<Record<string, Guideline>>;
  /** Where each keeps more of what it knows, by its id. */
  readonly sources?: Readonly<Record<string, readonly ProviderInstallation<EvidenceSource>[]>>;
  /** Bodies that share with neither of the two. */
  readonly thirds?: readonly string[];
  readonly clock?: FixedClock;
  /** What else each is configured with, by its id. */
  readonly options?: Readonly<Record<string, Partial<SharingOptions>>>;
  /** How each comes to know the other; pins it, with what an assessor found, unless told. */
  readonly know?: (app: TestApp, ctx: RequestContext, bodies: { readonly own: Body; readonly peer: Body }) => Promise<void>;
}

/** @param changes of what was agreed */
export async function startTwoBodies(changes: Partial<Agreement> = {}, { alsoInstalled = [], guidelines = {}, sources = {}, thirds = [], clock = new FixedClock(new Date('2026-11-22T13:00:00Z')), options = {}, know }: TwoBodiesBegin = {}): Promise<TwoBodies> {
  const people = new KnownPeople();
  const assessor = bodyNamed('assess-it', 'Assess It');
  const vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES };
  const shares = (body: string) => sharing({
    body, name: { en: `${body} council`, cy: `Cyngor ${body}` }, logOrigin: `${body}.example/log`, keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], vocabulary, ...(guidelines[body] && { guideline: guidelines[body] }),
    assessors: [{ id: assessor.id, name: assessor.name, keys: assessor.keys, accreditations: [], linkedTo: [] }],
    providers: [defineProvider({ port: EVIDENCE_SOURCE, id: 'sharing.known-people', isSandbox: true, create: () => ({ id: 'known-people', attributes: STARTER_ATTRIBUTES.map(({ id }) => id), sourceTitles: { 'council-tax-register': { en: 'Council Tax register', cy: 'Cofrestr y Dreth Gyngor' } }, read: (_ctx, localId, attributes) => people.read(localId, attributes) }) }), ...(sources[body] ?? [])], ...options[body],
  });
  const app = await startTestApp({ councils: [testCouncilDefinition(RECEIVER, 1, [shares(RECEIVER), ...alsoInstalled]), testCouncilDefinition(HOLDER, 2, [shares(HOLDER), ...alsoInstalled]), ...thirds.map((body, at) => testCouncilDefinition(body, at + 3, [shares(body), ...alsoInstalled]))], clock: clock as Clock });
  const [receiver, holder] = [app.systemContext(RECEIVER), app.systemContext(HOLDER)];
  const node = app.get(OwnNode);
  const bodies = { receiver: node.body(receiver), holder: node.body(holder) };
  const assessed = ({ endpoint }: Body) => signAssessment([{ name: endpoint, digest: { sha256: RUNNING } }], { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2027-05-31', coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) }, assessor.signer);
  const words = { ...vocabulary, bodies: { [bodies.receiver.id]: bodies.receiver.name, [bodies.holder.id]: bodies.holder.name } };
  const agreement = agreementBetween(bodies.receiver, bodies.holder, words, changes);
  const envelope = signAgreement(agreement, node.signer(holder), signAgreement(agreement, node.signer(receiver)));
  for (const [ctx, own, peer] of [[receiver, bodies.receiver, bodies.holder], [holder, bodies.holder, bodies.receiver]] as const) {
    await (know ? know(app, ctx, { own, peer }) : app.get(Peers).pin(ctx, { body: peer, running: RUNNING, assessments: [assessed(peer)] }));
    const kept = await app.get(Agreements).keep(ctx, envelope, [peer]);
    if (!kept.ok) throw new Error(kept.refusal.message);
  }
  const { pairwise } = await app.get(Links).add(receiver, { peerId: HOLDER, localId: PAT.riverbourne, provenBy: 'signed-in' });
  await app.get(Links).add(holder, { peerId: RECEIVER, localId: PAT.aldermoor, provenBy: 'signed-in', pairwise });
  people.kept.set(PAT.aldermoor, [
    { attribute: 'address.current', value: { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA', uprn: '990000012345' }, asOf: '2026-11-01', source: 'council-tax-register', verified: 'bill' },
    { attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'council-tax-register', verified: null },
    { attribute: 'care.receives', value: true, asOf: '2026-11-01', source: 'care-register', verified: null },
  ]);
  const side = (where: 'receiver' | 'holder') => (where === 'receiver' ? { ctx: receiver, peerId: HOLDER, localId: PAT.riverbourne } : { ctx: holder, peerId: RECEIVER, localId: PAT.aldermoor });
  return {
    app, clock, people, receiver, holder, agreement, bodies, assessed,
    ask: (asked = {}) => app.get(AsksExchange).ask(receiver, { agreementId: agreement.id, holder: HOLDER, localId: PAT.riverbourne, attributes: agreement.attributes, because: 'Garden waste application RB-7K3F-92QD', by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' }, ...asked }),
    choose: async (state, where = 'receiver', of = agreement) => {
      const { ctx, peerId, localId } = side(where);
      const link = await app.get(Links).ofPerson(ctx, peerId, localId);
      if (!link) throw new Error('Nobody is linked.');
      await app.get(Choices).choose(ctx, { localId, subjectKey: link.subjectKey, agreementId: of.id, state, at: clock.now(), scope: choiceScope(of), noticeDigest: NOTICE, language: 'en', by: 'resident' });
    },
    entries: async (where) => {
      const { rows } = await app.owner.query<{ leaf: string }>('select leaf from sharing.entry where council_id = $1 order by index', [side(where).ctx.council.id]);
      return rows.map(({ leaf }) => JSON.parse(leaf) as Record<string, unknown>);
    },
    close: () => app.close(),
  };
}

/** The next version, signed by both and kept by both: in force from the moment on. @param changes of what was agreed before */
export async function renew({ app, receiver, holder, bodies, agreement }: TwoBodies, changes: Partial<Agreement>): Promise<Agreement> {
  const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [bodies.receiver.id]: bodies.receiver.name, [bodies.holder.id]: bodies.holder.name } };
  const { sentence: _sentence, ...before } = agreement;
  const next = agreementBetween(bodies.receiver, bodies.holder, words, { ...before, version: agreement.version + 1, ...changes });
  const node = app.get(OwnNode);
  const envelope = signAgreement(next, node.signer(holder), signAgreement(next, node.signer(receiver)));
  for (const [ctx, peer] of [[receiver, bodies.holder], [holder, bodies.receiver]] as const) {
    const kept = await app.get(Agreements).keep(ctx, envelope, [peer]);
    if (!kept.ok) throw new Error(kept.refusal.message);
  }
  return next;
}
