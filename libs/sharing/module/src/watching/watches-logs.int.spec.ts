import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OUTBOUND } from '@guildhall/kernel';
import { Unavailable, type Outbound, type OutboundResponse } from '@guildhall/kernel-contract';
import { MerkleTree, formatCheckpoint, leafHash, signNote } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { backedUp } from '../../test/backed-up';
import { RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { readable } from '../../test/residents';
import { Peers } from '../knowing/peers';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { WatchesLogs } from './watches-logs';

/** What the other body would have to have said, signed by its own key. */
async function hears(two: TwoBodies, size: number, root: Uint8Array): Promise<void> {
  const note = signNote(formatCheckpoint({ origin: two.bodies.holder.logOrigin, size, root }), [two.app.get(OwnNode).noteKey(two.holder)]);
  await two.app.owner.query('insert into sharing.heard (council_id, peer_id, size, root, note) values ($1, $2, $3, $4, $5)', [two.receiver.council.id, 'aldermoor', size, Buffer.from(root).toString('base64'), note]);
}
/** Its trees from the first entry on, as they were. */
async function trees(two: TwoBodies, sizes: readonly number[]): Promise<readonly Uint8Array[]> {
  const { rows } = await two.app.owner.query<{ leaf: string }>('select leaf from sharing.entry where council_id = $1 order by index', [two.holder.council.id]);
  const tree = new MerkleTree();
  for (const { leaf } of rows) tree.append(leafHash(leaf));
  return sizes.map((size) => tree.root(size));
}

describe('watching another body’s log', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    for (let count = 0; count < 3; count++) expect(await two.ask()).toMatchObject({ ok: true });
  });
  afterEach(() => two?.close());

  const watch = (): Promise<void> => two.app.get(WatchesLogs).run(two.receiver);
  const peer = async () => (await two.app.owner.query<{ seen_size: string; contradiction: string[] | null; heard: string }>('select seen_size, contradiction, (select count(*) from sharing.heard h where h.council_id = p.council_id) as heard from sharing.peer p where council_id = $1', [two.receiver.council.id])).rows[0];
  const said = (size: number, root: Uint8Array): Promise<void> => hears(two, size, root);

  it('finds one story, and remembers how far it goes', async () => {
    expect(await peer()).toMatchObject({ seen_size: '0', heard: '3' });
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '3', heard: '0', contradiction: null });
    await two.ask();
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '4', heard: '0', contradiction: null });
  });
  it('takes a checkpoint that comes late, when the log proves it', async () => {
    await watch();
    for (const root of await trees(two, [2])) await said(2, root);
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '3', heard: '0', contradiction: null });
  });
  it.each<readonly [string, (two: TwoBodies) => Promise<void>]>([
    ['two trees of one size', () => said(3, leafHash('another'))],
    ['a log that is shorter than it was', () => said(9, leafHash('longer'))],
    ['an older tree that is not the beginning of it', async () => {
      await watch();
      await said(2, leafHash('another'));
    }],
    ['an entry that was changed', async ({ app, holder }) => { await app.owner.query(`update sharing.subtree set hash = decode($2, 'hex') where council_id = $1 and height = 0 and position = 1`, [holder.council.id, 'ab'.repeat(32)]); }],
  ])('finds %s: both notes are kept, and nothing is shared with it any more', async (_what, happens) => {
    await happens(two);
    await watch();
    const { contradiction } = (await peer()) ?? {};
    expect(contradiction).toEqual([expect.stringMatching(/^aldermoor\.example\/log\n/), expect.stringMatching(/^aldermoor\.example\/log\n3\n/)]);
    expect(two.app.log.lines).toContainEqual({ level: 'error', event: 'sharing.log-contradicts-itself', ids: { peer: 'aldermoor' } });
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: 'refused', message: 'Its log does not tell one story any more.' } });
  });
  it('does not take silence for a contradiction', async () => {
    await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', '"http://localhost:9/sharing"') where council_id = $1`, [two.receiver.council.id]);
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '0', heard: '3', contradiction: null });
  });
});

describe('somebody between two bodies who answers for the other’s log', () => {
  const OFFICER = '01990000-0000-7000-8000-0000000000b1';
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    for (let count = 0; count < 3; count++) expect(await two.ask()).toMatchObject({ ok: true });
    await watch();
    expect(await peer()).toEqual({ seen_size: '3', growing_size: '0', contradiction: null, unproved_since: null, heard: [] });
    await two.ask();
    for (const root of await trees(two, [2])) await hears(two, 2, root);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return two?.close();
  });

  const watch = (): Promise<void> => two.app.get(WatchesLogs).run(two.receiver);
  const peer = async () => (await two.app.owner.query<{ seen_size: string; growing_size: string; contradiction: string[] | null; unproved_since: Date | null; heard: string[] }>(`
    select seen_size, growing_size, contradiction, unproved_since, array(select h.size::text from sharing.heard h where h.council_id = p.council_id order by h.size) as heard from sharing.peer p where council_id = $1`, [two.receiver.council.id])).rows[0];
  const answer = (status: number, body: string, headers: OutboundResponse['headers'] = { 'content-type': 'application/json' }): OutboundResponse => ({ status, headers, text: () => body, json: () => JSON.parse(body) as unknown, bytes: () => Buffer.from(body) });
  /** @param says what is answered to questions whose address has this in it */
  const between = (part: string, says: (answered: OutboundResponse, asked: number) => OutboundResponse): void => {
    const outbound = two.app.get<Outbound>(OUTBOUND);
    const fetch = outbound.fetch.bind(outbound);
    let asked = 0;
    jest.spyOn(outbound, 'fetch').mockImplementation(async (url, request) => { const answered = await fetch(url, request); return url.includes(part) ? says(answered, asked++) : answered; });
  };
  const bodyPage = async (): Promise<string> => readable((await (await two.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, RECEIVER)).get('/desk/sharing/bodies/aldermoor')).text);

  it.each<readonly [string, string, (answered: OutboundResponse, asked: number) => OutboundResponse]>([
    ['that it ends before what it has signed', 'leaves?from=3', () => answer(200, '{"leaves":[]}')],
    ['so in the other’s own words to another question', 'leaves?from=3', (answered) => answer(200, '{"leaves":[]}', answered.headers)],
    ['another entry than was written down', 'leaves?from=3', () => answer(200, JSON.stringify({ leaves: [Buffer.alloc(32).toString('base64')] }))],
    ['that there is no such thing', 'leaves?from=3', () => answer(400, '{}')], ['nothing that could be entries', 'leaves?from=3', () => answer(200, '{"leaves":"none"}')],
  ])('and says %s, is not believed: nothing is taken for proved, nor for a contradiction, and after an hour officers read it in red', async (_what, part, says) => {
    const at = two.clock.now();
    between(part, says);
    await watch();
    expect(await peer()).toEqual({ seen_size: '3', growing_size: '0', contradiction: null, unproved_since: at, heard: ['2', '4'] });
    expect(await bodyPage()).not.toMatch(/Its log is not shown/);
    two.clock.advance(3600);
    await watch();
    expect(await bodyPage()).toMatch(/Its log is not shown .* Since Sunday 22 November 2026 at 1pm aldermoor council has not shown all that it has written down/);
    expect(await two.ask()).toMatchObject({ ok: true });
    jest.restoreAllMocks();
    await watch();
    expect(await peer()).toEqual({ seen_size: '5', growing_size: '0', contradiction: null, unproved_since: null, heard: [] });
    expect(await bodyPage()).not.toMatch(/Its log is not shown/);
  });
  it('is not believed in what was fetched before, and not signed: that is fetched anew', async () => {
    await two.app.owner.query(`update sharing.peer set growing_size = 4, growing_peaks = array[$2::bytea] where council_id = $1`, [two.receiver.council.id, Buffer.alloc(32)]);
    await watch();
    expect(await peer()).toEqual({ seen_size: '3', growing_size: '0', contradiction: null, unproved_since: two.clock.now(), heard: ['2', '4'] });
    await watch();
    expect(await peer()).toEqual({ seen_size: '4', growing_size: '0', contradiction: null, unproved_since: null, heard: [] });
  });
  it.each<readonly [string, (answered: OutboundResponse) => OutboundResponse]>([
    ['says that an old checkpoint is none of it', () => answer(400, '{}')], ['gives a proof that proves nothing', () => answer(200, '{"proof":[]}')], ['keeps silent about an old checkpoint', () => { throw new Unavailable('Nobody answers.'); }],
  ])('and %s, keeps that one alone from being proved, and it is said which', async (_what, says) => {
    for (const root of await trees(two, [1])) await hears(two, 1, root);
    between('consistency?from=2&', says);
    await watch();
    expect(await peer()).toEqual({ seen_size: '4', growing_size: '0', contradiction: null, unproved_since: two.clock.now(), heard: ['2'] });
    expect(two.app.log.lines.filter(({ event }) => event === 'sharing.checkpoint-not-proved')).toEqual([{ level: 'warn', event: 'sharing.checkpoint-not-proved', ids: { peer: 'aldermoor', size: 2 } }]);
    jest.restoreAllMocks();
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '4', contradiction: null, unproved_since: null, heard: [] });
  });
  it('is not believed where an entry of its own was put in between, in many rounds: that is fetched anew', async () => {
    const log = two.app.get(SharingLog);
    const leaves = log.leaves.bind(log);
    await two.ask();
    await two.ask();
    jest.spyOn(log, 'leaves').mockImplementation((ctx, from) => leaves(ctx, from, 1));
    between('leaves?from=', (answered, asked) => {
      two.clock.advance(20);
      return answer(200, asked === 0 ? JSON.stringify({ leaves: [Buffer.alloc(32).toString('base64')] }) : answered.text());
    });
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '3', growing_size: '5', contradiction: null });
    jest.restoreAllMocks();
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '3', growing_size: '0', contradiction: null });
    await watch();
    expect(await peer()).toMatchObject({ seen_size: '6', contradiction: null, unproved_since: null, heard: [] });
  });
});

describe('watching many logs', () => {
  let two: TwoBodies;
  let server: Server;
  let status = 200;
  beforeAll(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    for (let count = 0; count < 6; count++) await two.ask();
    server = createServer((_request, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Sign in to the network</h1>')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // By its id it comes before the other one.
    const { signer: _signer, ...body } = bodyNamed('a-trust', 'A Trust');
    await two.app.get(Peers).pin(two.receiver, { body: { ...body, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sharing` } });
    await two.app.owner.query(`insert into sharing.heard (council_id, peer_id, size, root, note) values ($1, 'a-trust', 5, $2, 'said')`, [two.receiver.council.id, Buffer.alloc(32).toString('base64')]);
  });
  afterEach(() => {
    status = 200;
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    server?.close();
    await two?.close();
  });

  const watch = (): Promise<void> => two.app.get(WatchesLogs).run(two.receiver);
  const peer = async (id = 'aldermoor') => (await two.app.owner.query<{ seen_size: string; growing_size: string; contradiction: string[] | null }>('select seen_size, growing_size, contradiction from sharing.peer where council_id = $1 and peer_id = $2', [two.receiver.council.id, id])).rows[0];
  /** Each call takes so long by the clock, and a log tells no more than one entry at once. */
  const slow = (seconds: number): string[] => {
    const outbound = two.app.get<Outbound>(OUTBOUND);
    const asked: string[] = [];
    const fetch = outbound.fetch.bind(outbound);
    jest.spyOn(outbound, 'fetch').mockImplementation(async (url, request) => {
      two.clock.advance(seconds);
      asked.push(new URL(url).host);
      return fetch(url, request);
    });
    const log = two.app.get(SharingLog);
    const leaves = log.leaves.bind(log);
    jest.spyOn(log, 'leaves').mockImplementation((ctx, from) => leaves(ctx, from, 1));
    return asked;
  };

  it.each([200, 400])('goes on with the others when one answers with a page of its network (%s): that says nothing of its log', async (said) => {
    status = said;
    await watch();
    expect(two.app.log.lines).toContainEqual(expect.objectContaining({ event: 'sharing.log-not-reached', ids: { peer: 'a-trust' } }));
    expect(await peer()).toMatchObject({ seen_size: '6', growing_size: '0', contradiction: null });
    expect(await peer('a-trust')).toMatchObject({ seen_size: '0', contradiction: null });
  });
  it('ends a round after half a minute, looks first at those that had to wait, and goes on where it got to', async () => {
    for (let count = 0; count < 4; count++) await two.ask();
    two.clock.advance(60);
    const hosts = { trust: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).host, aldermoor: new URL(two.bodies.holder.endpoint).host };
    const asked = slow(40);
    await watch();
    expect(asked.splice(0)).toEqual([hosts.trust]);
    await watch();
    expect(asked.splice(0)).toEqual([hosts.aldermoor]);
    expect(await peer()).toMatchObject({ seen_size: '6', growing_size: '7' });
    jest.restoreAllMocks();
    const each = slow(9);
    // Half of a round is one body's: two calls that end within it, and the one that is on its way when it ends.
    await watch();
    expect(each.splice(0)).toEqual([hosts.trust, hosts.aldermoor, hosts.aldermoor, hosts.aldermoor]);
    expect(await peer()).toMatchObject({ seen_size: '10', growing_size: '0', contradiction: null });
  });
  it('asks for the proofs of old checkpoints as long as there is time for that body, and for the others in the next round', async () => {
    const sizes = [1, 2, 3, 4];
    for (const [at, root] of (await trees(two, sizes)).entries()) await hears(two, sizes[at] ?? 0, root);
    const left = async () => (await two.app.owner.query<{ size: string }>(`select size from sharing.heard where council_id = $1 and peer_id = 'aldermoor' order by size`, [two.receiver.council.id])).rows.map(({ size }) => Number(size));
    slow(20);
    await watch();
    expect(await left()).toEqual([1, 2, 3]);
    jest.restoreAllMocks();
    await watch();
    expect(await left()).toEqual([]);
    expect(await peer()).toMatchObject({ seen_size: '10', contradiction: null });
  });
  it('finds that a log is shorter than it was by what it signs itself, before it has grown again', async () => {
    const putBack = await backedUp(two);
    await two.ask();
    await two.ask();
    await watch();
    await putBack();
    await two.ask();
    await watch();
    expect(await peer()).toMatchObject({ contradiction: [expect.stringMatching(/^aldermoor\.example\/log\n11\n/), expect.stringMatching(/^aldermoor\.example\/log\n11\n/)] });
  });
});
