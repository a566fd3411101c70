import { randomBytes } from 'node:crypto';
import { signRequest, type NamedKey } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OwnNode } from '../node/own-node';
import { ComparesTwins } from './compares-twins';

describe('comparing two logs', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    expect(await two.ask()).toMatchObject({ ok: true });
  });
  afterEach(() => two?.close());

  const compare = async (where: 'receiver' | 'holder'): Promise<readonly string[]> => {
    two.clock.advance(180);
    await two.app.get(ComparesTwins).run(two[where]);
    const { rows } = await two.app.owner.query<{ state: string }>('select state from sharing.twin where council_id = $1', [two[where].council.id]);
    return rows.map(({ state }) => state);
  };
  const forget = (where: 'receiver' | 'holder', kind: string): Promise<unknown> => two.app.owner.query('delete from sharing.entry where council_id = $1 and kind = $2', [two[where].council.id, kind]);

  it('finds that what was told was received, and asks no more', async () => {
    expect(await compare('holder')).toEqual(['there']);
    expect(await compare('receiver')).toEqual([]);
  });
  it('finds that what was told was not received', async () => {
    await forget('receiver', 'received');
    expect(await compare('holder')).toEqual(['missing']);
  });
  it('finds that something was told of which nobody here has heard', async () => {
    await forget('receiver', 'received');
    expect(await compare('receiver')).toEqual(['missing']);
  });
  it('misses nothing where a question never arrived', async () => {
    await forget('receiver', 'received');
    await forget('holder', 'answered');
    expect(await compare('receiver')).toEqual(['there']);
  });
  it('finds later what was missing, when it is there after all', async () => {
    await two.app.owner.query(`update sharing.entry set kind = 'asked' where council_id = $1 and kind = 'received'`, [two.receiver.council.id]);
    expect(await compare('holder')).toEqual(['missing']);
    await two.app.owner.query(`update sharing.entry set kind = 'received' where council_id = $1 and index = 2`, [two.receiver.council.id]);
    expect(await compare('holder')).toEqual(['missing']);
    two.clock.advance(3600);
    expect(await compare('holder')).toEqual(['there']);
  });
  it('says nothing of a body that does not answer', async () => {
    await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', '"http://localhost:9/sharing"') where council_id = $1`, [two.holder.council.id]);
    expect(await compare('holder')).toEqual([]);
  });
  it('tells a body of its own exchanges alone, and nobody else of any', async () => {
    const [{ exchange }] = (await two.entries('holder')).slice(-1) as [{ exchange: string }];
    const asked = async (by: NamedKey, tag: 'guildhall-twins' | 'guildhall-exchange' = 'guildhall-twins', body: object = { exchanges: [exchange] }) => {
      const message = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/twins`, body: JSON.stringify(body) }, by, { tag, created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
      return two.app.visitor('aldermoor').request('/sharing/twins', { method: 'POST', headers: message.fields as Record<string, string>, body: message.body });
    };
    const own = two.app.get(OwnNode).signer(two.receiver);
    expect((await asked(own)).json()).toEqual({ twins: [{ exchange, kinds: ['answered'] }] });
    await two.app.owner.query(`update sharing.entry set peer = 'glanafon' where council_id = $1`, [two.holder.council.id]);
    expect((await asked(own)).json()).toEqual({ twins: [{ exchange, kinds: [] }] });
    expect((await asked(bodyNamed('riverbourne', 'Riverbourne').signer)).status).toBe(401);
    expect((await asked(bodyNamed('stranger', 'Stranger').signer)).status).toBe(401);
    expect((await asked(own, 'guildhall-exchange')).status).toBe(401);
    expect((await asked(own, 'guildhall-twins', { exchanges: ['all'] })).status).toBe(400);
  });
});
