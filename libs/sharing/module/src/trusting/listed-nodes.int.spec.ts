import dns from 'node:dns';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { signAssessment } from '@guildhall/assurance-contract';
import type { Body } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { Region } from '../../test/region';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { TellsChoice } from '../choosing/tells-choice';
import { Peers } from '../knowing/peers';
import { SignedPost } from '../node/signed-post';
import { WatchesLogs } from '../watching/watches-logs';
import { FollowsLists } from './follows-lists';

const HIDDEN = 'node.aldermoor.example';
const RUNNING = 'a'.repeat(64);
const assessIt = bodyNamed('assess-it', 'Assess It');
const found = ({ endpoint }: Body) => signAssessment([{ name: endpoint, digest: { sha256: RUNNING } }], { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2027-05-31', coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) }, assessIt.signer);

const region = new Region();
/** Something in the council's own network. */
const inside = createServer((socket) => socket.on('error', () => undefined).destroy());
let connections = 0;
let two: TwoBodies;
let listed: Body;
beforeAll(async () => {
  // A name that looks public, and leads into the council's own network.
  const lookup = dns.lookup as (...all: readonly unknown[]) => void;
  jest.spyOn(dns, 'lookup').mockImplementation(((name: string, options: { readonly all?: boolean }, callback: (...all: readonly unknown[]) => void) => {
    if (name !== HIDDEN) return lookup(name, options, callback);
    return options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
  }) as unknown as typeof dns.lookup);
  inside.on('connection', () => { connections++; }).listen(0, '127.0.0.1');
  await once(inside, 'listening');
  await region.start();
  two = await startTwoBodies({}, { options: { [RECEIVER]: { lists: [region.recognised], privateNodes: [region.origin] } }, know: async (app, ctx, { own, peer }) => {
    if (own.id !== RECEIVER) return app.get(Peers).pin(ctx, { body: peer });
    listed = { ...peer, endpoint: `https://${HIDDEN}:${(inside.address() as AddressInfo).port}/sharing` };
    region.publish({ members: [listed] });
    await app.get(FollowsLists).run(ctx);
    await app.owner.query('update sharing.peer set running = $2, assessments = $3 where council_id = $1', [ctx.council.id, RUNNING, JSON.stringify([found(listed)])]);
  } });
  await two.choose('given');
});
afterAll(async () => {
  await two?.close();
  await region.stop();
  inside.close();
  jest.restoreAllMocks();
});
beforeEach(() => { connections = 0; });

const choiceIds = async (): Promise<readonly string[]> => (await two.app.owner.query<{ choice_id: string }>('select choice_id from sharing.choice where council_id = $1', [two.receiver.council.id])).rows.map(({ choice_id: id }) => id);
const waysOut: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['a question', () => two.ask()],
  ['a choice', async () => { for (const choiceId of await choiceIds()) await two.app.get(TellsChoice).run(two.receiver, { choiceId, tries: 0 }); }],
  ['a signed message', () => two.app.get(SignedPost).send(two.receiver, listed, { tag: 'guildhall-link', path: 'links', content: {} })],
  ['a look at its log', async () => {
    await two.app.owner.query(`insert into sharing.heard (council_id, peer_id, size, root, note) values ($1, $2, 1, 'x', 'x') on conflict do nothing`, [two.receiver.council.id, HOLDER]);
    await two.app.get(WatchesLogs).run(two.receiver);
  }],
];

describe('a node that only a list names, whose public name leads into the council’s own network', () => {
  it.each(waysOut)('is not called with %s', async (_way, goOut) => {
    await goOut();
    expect(connections).toBe(0);
  });
  it('does not answer, as far as anybody here can see', async () => {
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
    expect(two.app.log.lines).toContainEqual(expect.objectContaining({ event: 'sharing.log-not-reached', ids: { peer: HOLDER } }));
  });
  it.each(waysOut)('is called with %s when somebody has compared its keys, and so seen its address', async (_way, goOut) => {
    await two.app.get(Peers).pin(two.receiver, { body: listed, running: RUNNING, assessments: [found(listed)] });
    await goOut();
    expect(connections).toBeGreaterThan(0);
  });
});
