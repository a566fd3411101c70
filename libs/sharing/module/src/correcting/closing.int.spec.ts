import { randomUUID } from 'node:crypto';
import { KIM, linkKim } from '../../test/residents';
import { HOLDER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Links } from '../linking/links';
import { KeepsCorrection } from './keeps-correction';
import { closeAnsweredMigration } from './migration';
import { OutgoingCorrections } from './outgoing';

describe('a dispute that was passed on to two bodies', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await startTwoBodies(); await linkKim(two); });
  afterAll(() => two?.close());

  const passedOn = async (): Promise<{ answer(): Promise<void>; turnDown(peer: string): Promise<void>; isOver(): Promise<boolean> }> => {
    const [dispute, id] = [randomUUID(), two.receiver.council.id];
    const messages: Record<string, string> = { [HOLDER]: randomUUID(), glanafon: randomUUID() };
    await two.app.owner.query(`insert into sharing.dispute (council_id, dispute_id, local_id, attribute, raised_at, raised_by) values ($1, $2, $3, 'address.current', $4, 'resident')`, [id, dispute, KIM.riverbourne, two.clock.now()]);
    for (const [peer, message] of Object.entries(messages)) await two.app.owner.query(`insert into sharing.outgoing (council_id, message_id, peer_id, local_id, kind, about, sealed, created_at) values ($1, $2, $3, $4, 'disputed', $5, 'x', $6)`, [id, message, peer, KIM.riverbourne, dispute, two.clock.now()]);
    return {
      answer: async () => {
        const link = await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne);
        if (!link) throw new Error('Kim is not linked.');
        const kept = await two.app.get(KeepsCorrection).keep(two.receiver, { peerId: HOLDER, link, nonce: { keyid: 'aldermoor#2026-1', nonce: randomUUID(), until: new Date(two.clock.now().getTime() + 60_000) }, message: { kind: 'answered', id: dispute, subject: link.pairwise, attribute: 'address.current', at: two.clock.now().toISOString(), outcome: 'right', words: { en: 'It is.' } } });
        expect(kept).toBe('kept');
      },
      turnDown: (peer) => two.app.get(OutgoingCorrections).settle(two.receiver, messages[peer] ?? '', 'turned-down', two.clock.now()),
      isOver: async () => (await two.app.owner.query('select 1 from sharing.dispute where dispute_id = $1 and answered_at is not null', [dispute])).rows.length === 1,
    };
  };

  it('is over when one has answered and the other turns it down after', async () => {
    const { answer, turnDown, isOver } = await passedOn();
    await answer();
    expect(await isOver()).toBe(false);
    await turnDown('glanafon');
    expect(await isOver()).toBe(true);
  });
  it('is over when one has turned it down and the other answers after', async () => {
    const { answer, turnDown, isOver } = await passedOn();
    await turnDown('glanafon');
    expect(await isOver()).toBe(false);
    await answer();
    expect(await isOver()).toBe(true);
  });
  it('is over with this version when the other turned it down after, and no version closed it', async () => {
    const [stuck, waited, own] = [await passedOn(), await passedOn(), await passedOn()];
    for (const { answer } of [stuck, waited]) await answer();
    for (const { turnDown } of [stuck, own]) await turnDown('glanafon');
    await own.turnDown(HOLDER);
    await two.app.owner.query('update sharing.dispute set answered_at = null');
    expect(await stuck.isOver()).toBe(false);
    await two.app.owner.query(closeAnsweredMigration.sql);
    expect([await stuck.isOver(), await waited.isOver(), await own.isOver()]).toEqual([true, false, false]);
    const { rows } = await two.app.owner.query(`select relname from pg_class where relnamespace = 'sharing'::regnamespace and relname in ('dispute', 'dispute_answer', 'outgoing') and relrowsecurity and relforcerowsecurity`);
    expect(rows).toHaveLength(3);
  });
  it('stays open, for this body to answer, when both turn it down', async () => {
    const { turnDown, isOver } = await passedOn();
    for (const peer of [HOLDER, 'glanafon']) await turnDown(peer);
    expect(await isOver()).toBe(false);
  });
});
