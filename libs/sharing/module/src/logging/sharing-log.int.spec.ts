import { Database, sql, write } from '@guildhall/kernel';
import { MerkleTree, leafHash, openNote, parseCheckpoint, verifyConsistency, verifyInclusion, type Entry } from '@guildhall/sharing-contract';
import { keysAt } from '@guildhall/sharing-contract';
import { startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { REPLAYED, SharingLog, type Appended } from './sharing-log';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

describe('the log of a body', () => {
  let two: TwoBodies;
  let log: SharingLog;
  beforeAll(async () => {
    two = await startTwoBodies();
    log = two.app.get(SharingLog);
  });
  afterAll(() => two?.close());

  const entry = (number: number): Entry => ({ v: 1, t: two.clock.now().toISOString(), kind: 'disputed', exchange: null, peer: null, agreement: null, purpose: null, attributes: ['address.current'], subject: `mark-${number}`, allow: null, failed: [], req: null, res: null, peerCheckpoint: null });
  const read = (note: string) => {
    const opened = openNote(note, keysAt(two.bodies.holder, two.clock.now()).map(({ key }) => ({ name: two.bodies.holder.logOrigin, key })));
    if (!opened.ok) throw new Error(opened.refusal.message);
    return parseCheckpoint(opened.value.text);
  };

  it('begins empty, with a signed checkpoint that says so', async () => {
    expect(read((await log.head(two.holder)).checkpoint)).toMatchObject({ origin: 'aldermoor.example/log', size: 0 });
  });
  it('is on the disk before anybody hears of it, though the server would not wait for that', async () => {
    const asked = `select current_setting('synchronous_commit') as waits`;
    expect((await two.app.owner.query(asked)).rows).toEqual([{ waits: 'off' }]);
    expect(await two.app.get(Database).run(two.holder, (tx) => sql(tx, asked))).toEqual([{ waits: 'on' }]);
  });
  it('takes what comes at once in one order, proves each entry, and is whole as another one reads it', async () => {
    const appended = (await Promise.all(Array.from({ length: 700 }, (_one, number) => log.append(two.holder, { entry: entry(number) })))) as Appended[];
    expect(appended.map(({ index }) => index)).toEqual(Array.from({ length: 700 }, (_one, index) => index));
    const leaves = await log.entries(two.holder, 0, 1000);
    for (const { index, proof, checkpoint } of appended) {
      const { size, root } = read(checkpoint);
      expect(verifyInclusion({ index, size, root, leaf: leafHash(leaves[index] ?? ''), proof: proof.map(bytes) })).toBe(true);
    }
    const whole = new MerkleTree();
    for (const leaf of leaves) whole.append(leafHash(leaf));
    const { checkpoint } = await log.head(two.holder);
    expect(Buffer.from(read(checkpoint).root).equals(Buffer.from(whole.root()))).toBe(true);
    // One commit for many.
    expect(new Set(appended.map((one) => one.checkpoint)).size).toBeLessThan(10);
  });
  it('proves over HTTP, to anybody, that an entry is in it and that it began as it was', async () => {
    const visitor = two.app.visitor('aldermoor');
    const { size, root } = read((await visitor.request('/sharing/log/checkpoint')).text);
    const leaves = await log.entries(two.holder, 0, 1000);
    const { proof } = (await visitor.request(`/sharing/log/proof?index=123&size=${size}`)).json<{ proof: string[] }>();
    expect(verifyInclusion({ index: 123, size, root, leaf: leafHash(leaves[123] ?? ''), proof: proof.map(bytes) })).toBe(true);
    const earlier = new MerkleTree();
    for (const leaf of leaves.slice(0, 501)) earlier.append(leafHash(leaf));
    const { proof: consistency } = (await visitor.request(`/sharing/log/consistency?from=501&to=${size}`)).json<{ proof: string[] }>();
    expect(verifyConsistency({ earlier: 501, size, earlierRoot: earlier.root(), root, proof: consistency.map(bytes) })).toBe(true);
  });
  it.each(['proof?index=0&size=99999', 'proof?index=700&size=700', 'proof?index=-1&size=3', 'proof?size=3', 'proof?index=0&size=0', 'consistency?from=9&to=3', 'consistency?from=0&to=99999', 'consistency?from=a&to=3'])('says what is wrong with %s', async (asked) => {
    expect((await two.app.visitor('aldermoor').request(`/sharing/log/${asked}`, { headers: { accept: 'application/json' } })).status).toBe(400);
  });
  it('takes a message once, also when it comes twice at the same moment', async () => {
    const { size } = await log.head(two.holder);
    const message = { entry: entry(1), nonce: { keyid: 'riverbourne#2026-1', nonce: 'once-and-no-more', until: new Date('2027-01-01') } };
    const results = await Promise.all([log.append(two.holder, message), log.append(two.holder, message), log.append(two.holder, { entry: entry(2) })]);
    expect(results.map((one) => one === REPLAYED)).toEqual([false, true, false]);
    expect(await log.append(two.holder, message)).toBe(REPLAYED);
    expect((await log.head(two.holder)).size).toBe(size + 2);
  });
  it('says where an entry will stand while it is written, and again where something came between', async () => {
    const message = { entry: entry(1), nonce: { keyid: 'riverbourne#2026-1', nonce: 'once-and-no-more', until: new Date('2027-01-01') } };
    const { index } = (await log.append(two.holder, { entry: entry(6) })) as Appended;
    const places: Appended[] = [];
    // The one before it came already: both are tried together, and then the other alone.
    const [, appended] = await Promise.all([log.append(two.holder, message), log.append(two.holder, { entry: entry(7), meanwhile: (place) => places.push(place) })]);
    expect(places.map((place) => place.index)).toEqual([index + 2, index + 1]);
    expect(places.at(-1)).toBe(appended);
  });
  it('refuses one whose own statements fail, and keeps the others that came with it', async () => {
    const { size } = await log.head(two.holder);
    const results = await Promise.allSettled([log.append(two.holder, { entry: entry(3) }), log.append(two.holder, { entry: entry(4), alongside: (tx) => write(tx, 'insert into sharing.nonce (council_id) values ($1)', [tx.council.id]) }), log.append(two.holder, { entry: entry(5) })]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await log.head(two.holder)).size).toBe(size + 2);
  });
  it('has one order when two processes write at once', async () => {
    const other = new SharingLog((log as unknown as { db: never }).db, (log as unknown as { node: never }).node);
    const { size } = await log.head(two.holder);
    await Promise.all(Array.from({ length: 60 }, (_one, number) => (number % 2 ? log : other).append(two.holder, { entry: entry(number) })));
    const { size: now, checkpoint } = await log.head(two.holder);
    expect(now).toBe(size + 60);
    const whole = new MerkleTree();
    for (const leaf of await log.entries(two.holder, 0, 10_000)) whole.append(leafHash(leaf));
    expect(Buffer.from(read(checkpoint).root).equals(Buffer.from(whole.root()))).toBe(true);
  });
  it('goes on from where another process has left it, and from where it was brought back to', async () => {
    const other = new SharingLog((log as unknown as { db: never }).db, (log as unknown as { node: never }).node);
    const { size } = await log.head(two.holder);
    for (let number = 0; number < 4; number++) await log.append(two.holder, { entry: entry(number) });
    for (let number = 0; number < 4; number++) await other.append(two.holder, { entry: entry(number) });
    const message = { entry: entry(1), nonce: { keyid: 'riverbourne#2026-1', nonce: 'once-and-no-more-either', until: new Date('2027-01-01') } };
    expect((await Promise.all([log.append(two.holder, message), log.append(two.holder, { entry: entry(2) })])).map((one) => (one as Appended).index)).toEqual([size + 8, size + 9]);
    expect(await other.append(two.holder, message)).toBe(REPLAYED);
    const { size: now, checkpoint } = await log.head(two.holder);
    expect(now).toBe(size + 10);
    const leaves = await log.entries(two.holder, 0, 10_000);
    const whole = new MerkleTree();
    for (const leaf of leaves) whole.append(leafHash(leaf));
    expect(Buffer.from(read(checkpoint).root).equals(Buffer.from(whole.root()))).toBe(true);
    // As after a copy of the database was put in its place: what is appended then follows what is there.
    const before = new MerkleTree();
    for (const leaf of leaves.slice(0, -1)) before.append(leafHash(leaf));
    const council = two.holder.council.id;
    await two.app.owner.query('delete from sharing.entry where council_id = $1 and index = $2', [council, now - 1]);
    for (const { height, position } of whole.nodesSince(now - 1)) await two.app.owner.query('delete from sharing.subtree where council_id = $1 and height = $2 and position = $3', [council, height, position]);
    await two.app.owner.query('update sharing.log set size = $2, peaks = $3 where council_id = $1', [council, now - 1, before.peaks.map((hash) => Buffer.from(hash))]);
    expect(await log.append(two.holder, { entry: entry(3) })).toMatchObject({ index: now - 1 });
    expect((await log.head(two.holder)).size).toBe(now);
  });
  it('is of one council: another one’s log has nothing of it', async () => {
    expect(await log.entries(two.receiver, 0, 10)).toEqual([]);
    expect((await log.head(two.receiver)).size).toBe(0);
  });
  it('cannot be changed or shortened by the application', async () => {
    const client = await two.app.owner.connect();
    for (const statement of ['update sharing.entry set leaf = leaf', 'delete from sharing.entry', 'delete from sharing.log', 'update sharing.subtree set hash = hash', 'truncate sharing.entry']) {
      await client.query('begin; set local role guildhall_app');
      await expect(client.query(statement)).rejects.toThrow(/permission denied/);
      await client.query('rollback');
    }
    client.release();
  });
});
