import { randomBytes } from 'node:crypto';
import { Database } from '@guildhall/kernel';
import { signRequest, type NamedKey, type TwinsAnswer } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { SignedPost } from '../node/signed-post';
import { ComparesTwins } from './compares-twins';

describe('comparing two logs', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    expect(await two.ask()).toMatchObject({ ok: true });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return two?.close();
  });

  const states = async (where: 'receiver' | 'holder'): Promise<readonly string[]> => (await two.app.owner.query<{ state: string }>('select state from sharing.entry_twin where council_id = $1 order by index', [two[where].council.id])).rows.map(({ state }) => state);
  const compare = async (where: 'receiver' | 'holder'): Promise<readonly string[]> => {
    two.clock.advance(180);
    await two.app.get(ComparesTwins).run(two[where]);
    return states(where);
  };
  const forget = (where: 'receiver' | 'holder', kind: string): Promise<unknown> => two.app.owner.query('delete from sharing.entry where council_id = $1 and kind = $2', [two[where].council.id, kind]);
  const toReceiver = (isReachable: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.holder.council.id, isReachable ? two.bodies.receiver.endpoint : 'http://localhost:9/sharing']);
  /** So many that the other body does not have, before those that are there. @param peer whose each is, in SQL */
  const older = async (count: number, peer = `'riverbourne'`): Promise<void> => {
    await two.app.owner.query(`update sharing.entry set index = index + $2 where council_id = $1`, [two.holder.council.id, count]);
    await two.app.owner.query(`
      insert into sharing.entry (council_id, index, at, kind, exchange_id, peer, agreement, subject, allow, leaf) select $1, i, $2, 'answered', gen_random_uuid(), ${peer}, 'a@1', 'somebody', true, e.leaf
      from generate_series(0, $3::int - 1) i cross join (select leaf from sharing.entry where council_id = $1 and index = $3::int) e`, [two.holder.council.id, new Date('2026-11-22T12:00:00Z'), count]);
  };
  const postedTo = async (asked: { readonly by: NamedKey; readonly tag?: 'guildhall-twins' | 'guildhall-exchange'; readonly body?: object }): Promise<{ status: number; json<Value>(): Value }> => {
    const message = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/twins`, body: JSON.stringify(asked.body) }, asked.by, { tag: asked.tag ?? 'guildhall-twins', created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
    return two.app.visitor('aldermoor').request('/sharing/twins', { method: 'POST', headers: message.fields as Record<string, string>, body: message.body });
  };

  it('finds that what was told was received, and asks no more', async () => {
    expect(await compare('holder')).toEqual(['there']);
    expect(await compare('receiver')).toEqual([]);
    const send = jest.spyOn(two.app.get(SignedPost), 'send');
    two.clock.advance(3600);
    expect(await compare('holder')).toEqual(['there']);
    expect(send).not.toHaveBeenCalled();
  });
  it('looks at nothing that may still be on its way', async () => {
    two.clock.advance(60);
    await two.app.get(ComparesTwins).run(two.holder);
    expect(await states('holder')).toEqual([]);
  });
  it('finds that a refusal was received', async () => {
    two.clock.advance(1);
    await two.choose('withdrawn', 'holder');
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: 'refused' } });
    expect(await compare('holder')).toEqual(['there', 'there']);
    await forget('receiver', 'received');
    await two.app.owner.query(`update sharing.entry_twin set state = 'open', looked_at = null`);
    expect(await compare('holder')).toEqual(['missing', 'missing']);
  });
  it('finds that what was told was not received', async () => {
    await forget('receiver', 'received');
    expect(await compare('holder')).toEqual(['missing']);
  });
  it('finds that something was told of which nobody here has heard', async () => {
    await forget('receiver', 'received');
    expect(await compare('receiver')).toEqual(['missing']);
  });
  it('misses nothing where a question never arrived, and lets be in the end', async () => {
    await forget('receiver', 'received');
    await forget('holder', 'answered');
    expect(await compare('receiver')).toEqual(['open']);
    two.clock.advance(8 * 24 * 3600);
    const send = jest.spyOn(two.app.get(SignedPost), 'send');
    expect(await compare('receiver')).toEqual(['open']);
    expect(send).not.toHaveBeenCalled();
  });
  it('finds later what was missing, when it is there after all', async () => {
    await two.app.owner.query(`update sharing.entry set kind = 'asked' where council_id = $1 and kind = 'received'`, [two.receiver.council.id]);
    expect(await compare('holder')).toEqual(['missing']);
    await two.app.owner.query(`update sharing.entry set kind = 'received' where council_id = $1 and index = 2`, [two.receiver.council.id]);
    expect(await compare('holder')).toEqual(['missing']);
    two.clock.advance(3600);
    expect(await compare('holder')).toEqual(['there']);
  });
  it.each<readonly [string, (answer: TwinsAnswer) => TwinsAnswer]>([
    ['another answer', (answer) => changed(answer, (entry) => ({ ...entry, res: `sha-256=:${'A'.repeat(43)}=:` }))],
    ['what is in another place', (answer) => ({ ...answer, twins: answer.twins.map((one) => ({ ...one, entries: one.entries.map((shown) => ({ ...shown, index: shown.index - 1 })) })) })],
    ['what was made up afterwards', (answer) => changed(answer, (entry) => ({ ...entry, t: '2026-11-22T13:00:01.000Z' }))],
    ['what was about somebody else', (answer) => changed(answer, (entry) => ({ ...entry, peer: 'glanafon' }))],
    ['nothing', (answer) => ({ ...answer, twins: [] })],
  ])('takes nobody’s word for it: not for %s', async (_what, lie) => {
    const post = two.app.get(SignedPost);
    const send = post.send.bind(post);
    jest.spyOn(post, 'send').mockImplementation(async (...given) => {
      const said = await send(...given);
      return said && { ...said, text: JSON.stringify(lie(JSON.parse(said.text) as TwinsAnswer)) };
    });
    expect(await compare('holder')).toEqual(['missing']);
  });
  it('takes no checkpoint that is another’s, and keeps the other body’s own, to be held against its log', async () => {
    const post = two.app.get(SignedPost);
    const send = post.send.bind(post);
    const spy = jest.spyOn(post, 'send').mockImplementation(async (...given) => {
      const said = await send(...given);
      return said && { ...said, text: JSON.stringify({ ...(JSON.parse(said.text) as TwinsAnswer), checkpoint: 'riverbourne.example/log\n1\nAAAA\n' }) };
    });
    const heard = async (): Promise<number> => (await two.app.owner.query('select 1 from sharing.heard where council_id = $1', [two.holder.council.id])).rows.length;
    const before = await heard();
    expect(await compare('holder')).toEqual(['open']);
    expect(await heard()).toBe(before);
    spy.mockRestore();
    two.clock.advance(3600);
    expect(await compare('holder')).toEqual(['there']);
    expect(await heard()).toBe(before + 1);
  });
  it('says nothing of a body that does not answer, and asks it again in an hour', async () => {
    await toReceiver(false);
    expect(await compare('holder')).toEqual(['open']);
    await toReceiver(true);
    expect(await compare('holder')).toEqual(['open']);
    two.clock.advance(3600);
    expect(await compare('holder')).toEqual(['there']);
  });
  it('begins with the newest, and leaves to the next round what takes too long', async () => {
    await older(250);
    const post = two.app.get(SignedPost);
    const send = post.send.bind(post);
    jest.spyOn(post, 'send').mockImplementation(async (...given) => {
      const said = await send(...given);
      two.clock.advance(31);
      return said;
    });
    const first = await compare('holder');
    expect([first.slice(0, 151).filter((state) => state === 'open').length, first.slice(151, -1).filter((state) => state === 'missing').length, first.at(-1)]).toEqual([151, 99, 'there']);
    expect((await compare('holder')).filter((state) => state === 'open')).toHaveLength(51);
    expect((await compare('holder')).filter((state) => state === 'open')).toEqual([]);
  });
  it('takes in a long history in more than one round', async () => {
    await older(1500);
    const db = two.app.get(Database);
    const run = db.run.bind(db);
    const slow = jest.spyOn(db, 'run').mockImplementation(async (...given) => {
      const done = await run(...given);
      two.clock.advance(31);
      return done;
    });
    expect(await compare('holder')).toEqual(Array.from({ length: 1000 }, () => 'open'));
    slow.mockRestore();
    const found = await compare('holder');
    expect([found.length, found.filter((state) => state === 'open'), found.at(-1)]).toEqual([1501, [], 'there']);
  });
  it('shows its own one after another', async () => {
    expect(await two.ask()).toMatchObject({ ok: true });
    const exchanges = (await two.entries('holder')).filter(({ kind }) => kind === 'answered').map(({ exchange }) => exchange);
    const log = two.app.get(SharingLog);
    const prove = log.inclusionProof.bind(log);
    const [under, most] = [new Set<object>(), [0]];
    jest.spyOn(log, 'inclusionProof').mockImplementation(async (...given) => {
      under.add(given);
      most.push(under.size);
      const proof = await prove(...given);
      under.delete(given);
      return proof;
    });
    const shown = (await postedTo({ by: two.app.get(OwnNode).signer(two.receiver), body: { exchanges } })).json<TwinsAnswer>();
    expect(shown.twins.map(({ exchange, entries }) => [exchange, entries.length])).toEqual(exchanges.map((exchange) => [exchange, 1]));
    expect([exchanges.length, Math.max(...most)]).toEqual([2, 1]);
  });
  it('goes through all there is, and lets no body that does not answer keep another waiting', async () => {
    // Many of a body that nobody reaches, older than the one that can be looked for.
    await two.app.owner.query(`insert into sharing.peer (council_id, peer_id, body, pinned_at) select council_id, 'glanafon', jsonb_set(jsonb_set(body, '{id}', '"glanafon"'), '{endpoint}', '"http://localhost:9/sharing"'), pinned_at from sharing.peer where council_id = $1`, [two.holder.council.id]);
    await older(700, `case when i % 2 = 0 then 'glanafon' else 'riverbourne' end`);
    const found = await compare('holder');
    expect(found).toHaveLength(701);
    expect(found.filter((_state, at) => at < 700 && at % 2 === 0)).toEqual(Array.from({ length: 350 }, () => 'open'));
    expect(found.filter((_state, at) => at < 700 && at % 2 === 1)).toEqual(Array.from({ length: 350 }, () => 'missing'));
    expect(found.at(-1)).toBe('there');
  });
  it('tells a body of its own exchanges alone, and nobody else of any', async () => {
    const [{ exchange }] = (await two.entries('holder')).slice(-1) as [{ exchange: string }];
    const asked = (by: NamedKey, tag: 'guildhall-twins' | 'guildhall-exchange' = 'guildhall-twins', body: object = { exchanges: [exchange] }) => postedTo({ by, tag, body });
    const own = two.app.get(OwnNode).signer(two.receiver);
    expect((await asked(own)).json()).toMatchObject({ checkpoint: expect.stringContaining('aldermoor.example/log'), twins: [{ exchange, entries: [{ index: 0, entry: { kind: 'answered', exchange } }] }] });
    await two.app.owner.query(`update sharing.entry set peer = 'glanafon' where council_id = $1`, [two.holder.council.id]);
    expect((await asked(own)).json()).toMatchObject({ twins: [{ exchange, entries: [] }] });
    expect((await asked(bodyNamed('riverbourne', 'Riverbourne').signer)).status).toBe(401);
    expect((await asked(bodyNamed('stranger', 'Stranger').signer)).status).toBe(401);
    expect((await asked(own, 'guildhall-exchange')).status).toBe(401);
    expect((await asked(own, 'guildhall-twins', { exchanges: ['all'] })).status).toBe(400);
  });
});

function changed(answer: TwinsAnswer, change: (entry: TwinsAnswer['twins'][number]['entries'][number]['entry']) => TwinsAnswer['twins'][number]['entries'][number]['entry']): TwinsAnswer {
  return { ...answer, twins: answer.twins.map((one) => ({ ...one, entries: one.entries.map((shown) => ({ ...shown, entry: change(shown.entry) })) })) };
}
