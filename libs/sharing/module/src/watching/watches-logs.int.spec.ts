import { MerkleTree, formatCheckpoint, leafHash, signNote } from '@guildhall/sharing-contract';
import { startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OwnNode } from '../node/own-node';
import { WatchesLogs } from './watches-logs';

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
  /** What the other body would have to have said, signed by its own key. */
  const said = async (size: number, root: Uint8Array): Promise<void> => {
    const note = signNote(formatCheckpoint({ origin: two.bodies.holder.logOrigin, size, root }), [two.app.get(OwnNode).noteKey(two.holder)]);
    await two.app.owner.query('insert into sharing.heard (council_id, peer_id, size, root, note) values ($1, $2, $3, $4, $5)', [two.receiver.council.id, 'aldermoor', size, Buffer.from(root).toString('base64'), note]);
  };

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
    const { rows } = await two.app.owner.query<{ leaf: string }>('select leaf from sharing.entry where council_id = $1 order by index', [two.holder.council.id]);
    const tree = new MerkleTree();
    for (const { leaf } of rows.slice(0, 2)) tree.append(leafHash(leaf));
    await said(2, tree.root());
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
