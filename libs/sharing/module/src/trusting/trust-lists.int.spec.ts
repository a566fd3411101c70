import type { FixedClock } from '@guildhall/kernel-contract/testing';
import { signAssessment } from '@guildhall/assurance-contract';
import { checkConnections } from '@guildhall/kernel';
import { catalogFaults, walkTables } from '@guildhall/kernel/testing';
import { signTrustList, type Body } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { Region } from '../../test/region';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Peers } from '../knowing/peers';
import { FollowsLists } from './follows-lists';

const region = new Region();
const assessIt = bodyNamed('assess-it', 'Assess It');
const assessor = { id: assessIt.id, name: assessIt.name, keys: assessIt.keys, accreditations: ['CHECK'], linkedTo: [] };
const newcomer = (({ signer: _signer, ...body }) => body)(bodyNamed('glanafon', 'Cyngor Glanafon'));
const RUNNING = 'a'.repeat(64);
const found = ({ endpoint }: Body) => signAssessment([{ name: endpoint, digest: { sha256: RUNNING } }], { standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2027-05-31', coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) }, assessIt.signer);

let two: TwoBodies;
let members: readonly Body[] = [];
beforeAll(async () => {
  await region.start();
  const privateNodes: string[] = [region.origin];
  const options = { lists: [region.recognised], assessors: [], privateNodes };
  two = await startTwoBodies({}, {
    options: { [RECEIVER]: options, [HOLDER]: options },
    know: async (app, ctx, { own, peer }) => {
      privateNodes.push(new URL(peer.endpoint).origin);
      members = [own, peer];
      region.publish({ members, assessors: [assessor] });
      await app.get(FollowsLists).run(ctx);
      await app.owner.query('update sharing.peer set running = $2, assessments = $3 where council_id = $1', [ctx.council.id, RUNNING, JSON.stringify([found(peer)])]);
    },
  });
  await two.choose('given');
});
afterAll(async () => {
  await two?.close();
  await region.stop();
});

const follow = async (): Promise<void> => { for (const ctx of [two.receiver, two.holder]) await two.app.get(FollowsLists).run(ctx); };
const asked = async (): Promise<unknown> => { const told = await two.ask(); return told.ok ? 'told' : told.refusal.message; };
const known = async (id: string): Promise<boolean> => (await two.app.get(Peers).find(two.receiver, id)) !== undefined;
const warnings = (event: string): readonly object[] => two.app.log.lines.filter((line) => line.event === event).map(({ ids }) => ids ?? {});
const page = async (path = ''): Promise<string> => {
  const { text } = await (await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] })).get(`/desk/sharing/bodies${path}`);
  return (/<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? text).replace(/<[^>]+>/g, ' ').replaceAll('&#39;', '’').replace(/\s+/g, ' ');
};
const connection = async () => (await checkConnections(two.receiver)).find(({ provider }) => provider === 'sharing.trust-lists');
const advanceTo = (clock: FixedClock, at: string): void => clock.advance((Date.parse(at) - clock.now().getTime()) / 1000);

describe('a list that a council follows', () => {
  it('makes its members known, and its assessors count', async () => {
    expect(await asked()).toBe('told');
    expect(await page()).toMatch(/aldermoor council.*The list of North Region, until Thursday 21 January 2027.*Lists of bodies that you follow.*North Region.*In force.*issued on Sunday 22 November 2026.*2 bodies and 1 assessor/);
    expect(await page(`/${HOLDER}`)).toMatch(/Known by The list of North Region.*Principle 10 \(Identity and authentication\) assess-it Somebody accredited Met/);
    expect(await connection()).toMatchObject({ ok: true });
  });
  it('is not sent again when it is the same', async () => {
    await follow();
    region.answered.length = 0;
    await follow();
    expect(region.answered).toEqual([304, 304]);
  });
  it('is not taken when it is older, changed under its number, or signed by somebody else; and what is here goes on', async () => {
    const { text, list } = region;
    for (const [served, fault] of [[signTrustList({ ...list, serial: 1 }, region.body.signer), 'older'], [signTrustList({ ...list, members: [] }, region.body.signer), 'two-of-one-number'], [signTrustList({ ...list, serial: 99, members: [] }, bodyNamed('north-region', 'Mallory').signer), 'not-signed'], [{}, 'no-list']] as const) {
      region.text = JSON.stringify(served);
      await follow();
      expect(warnings('sharing.list-not-taken').at(-1)).toMatchObject({ list: 'north', fault });
      expect(await asked()).toBe('told');
    }
    expect(await page()).toContain('What is at its address is no list.');
    expect(await connection()).toMatchObject({ ok: false, message: expect.stringMatching(/^north: What is at its address is no list\./) });
    region.text = text;
    await follow();
  });
  it('does not make known a node that is not on the public internet', async () => {
    region.publish({ members: [...members, { ...newcomer, endpoint: 'http://169.254.169.254/sharing' }] });
    await follow();
    expect(await known('glanafon')).toBe(false);
    expect(warnings('sharing.listed-node-not-public').at(-1)).toMatchObject({ peer: 'glanafon' });
  });
  it('takes a stolen key from whoever has it, and lets stand what was logged before', async () => {
    const before = (await two.entries('holder')).length;
    region.publish({ members: members.map((body) => (body.id === RECEIVER ? { ...body, keys: body.keys.map((key) => ({ ...key, compromisedSince: two.clock.now().toISOString() })) } : body)) });
    await follow();
    two.clock.advance(1);
    // Refused as from somebody unknown: the holder does not say in its log that it was Riverbourne.
    expect(await asked()).not.toBe('told');
    const entries = await two.entries('holder');
    expect(entries.slice(0, before).filter(({ allow }) => allow === true).length).toBeGreaterThan(0);
    expect(entries.at(-1)).toMatchObject({ kind: 'answered', allow: false, peer: null, failed: expect.arrayContaining(['signature']) });
    expect(await connection()).toMatchObject({ ok: true });
    region.publish({ members });
    await follow();
    expect(await asked()).toBe('told');
  });
  it('takes a stolen key also from a body whose keys were compared here', async () => {
    await two.app.get(Peers).pin(two.receiver, { body: two.bodies.holder, running: RUNNING, assessments: [found(two.bodies.holder)] });
    expect(await asked()).toBe('told');
    region.publish({ members: members.map((body) => (body.id === HOLDER ? { ...body, keys: body.keys.map((key) => ({ ...key, compromisedSince: two.clock.now().toISOString() })) } : body)) });
    await follow();
    two.clock.advance(1);
    expect(await asked()).not.toBe('told');
    expect(await page(`/${HOLDER}`)).toMatch(/The list north says that somebody else may have had the key .* What was signed with it since is not believed\./);
    region.publish({ members });
    // As if it had never been compared: the list makes it known again.
    await two.app.owner.query(`update sharing.peer set list_id = 'north', known_until = $3 where council_id = $1 and peer_id = $2`, [two.receiver.council.id, HOLDER, new Date(two.clock.now().getTime() + 60_000)]);
    await follow();
    expect(await asked()).toBe('told');
  });
  it('says to whom a body belongs, also of one whose keys were compared here and that leaves it out: an assessor of its supplier’s is its own word', async () => {
    const list = { listId: 'north', until: new Date(two.clock.now().getTime() + 60_000) };
    await two.app.get(Peers).pin(two.holder, { body: two.bodies.receiver, running: RUNNING, assessments: [found(two.bodies.receiver)] });
    region.publish({ assessors: [{ ...assessor, linkedTo: ['host-it'] }] });
    await follow();
    expect(await asked()).toBe('told');
    region.publish({ members: members.map((body) => (body.id === RECEIVER ? { ...body, suppliers: ['host-it'] } : body)) });
    await follow();
    expect(await asked()).toMatch(/Principle 10 \(Identity and authentication\) is only self-asserted/);
    // And it judges itself alike.
    expect(await two.app.get(Peers).ownListedSuppliers(two.receiver)).toEqual(['host-it']);
    region.publish({ members, assessors: [assessor] });
    await follow();
    expect(await asked()).toBe('told');
    await two.app.owner.query('update sharing.peer set list_id = $3, known_until = $4 where council_id = $1 and peer_id = $2', [two.holder.council.id, RECEIVER, list.listId, list.until]);
    await follow();
  });
  it('takes back whom it does not name any more, and brings them again', async () => {
    region.publish({ members: members.filter(({ id }) => id !== HOLDER) });
    await follow();
    expect(await asked()).toMatch(/It is not a body that is known here/);
    expect(await page(`/${HOLDER}`)).toMatch(/No longer known: not by the list of North Region since Sunday 22 November 2026/);
    region.publish({ members });
    await follow();
    expect(await asked()).toBe('told');
  });
  it('goes on while the region’s server is dead: with a warning at the end, without anybody new after it, and for the days of grace', async () => {
    region.publish({ members });
    await follow();
    await region.stop();
    await follow();
    expect(warnings('sharing.list-not-taken').at(-1)).toMatchObject({ fault: 'unreachable' });
    for (const [at, standing] of [['2026-12-14T13:00:00Z', undefined], ['2026-12-16T13:00:00Z', 'ending'], ['2026-12-23T13:00:00Z', 'expired'], ['2027-01-20T13:00:00Z', 'expired']] as const) {
      advanceTo(two.clock, at);
      two.app.log.lines.length = 0;
      await follow();
      expect({ at, warned: warnings('sharing.list-not-current') }).toEqual({ at, warned: standing === undefined ? [] : [RECEIVER, HOLDER].map((council) => ({ council, list: 'north', standing })) });
      expect({ at, asked: await asked() }).toEqual({ at, asked: 'told' });
    }
    expect(await page()).toContain('Whoever is known by it stays known for the days of grace; nobody new is.');
    advanceTo(two.clock, '2027-01-21T00:00:01Z');
    // By time alone: no job has to run.
    expect(await asked()).toMatch(/It is not a body that is known here/);
    await follow();
    expect(await page()).toContain('Ended for good');
    expect(await connection()).toMatchObject({ ok: false, message: expect.stringMatching(/It cannot be reached.*Whoever is known only by it is not known any more/) });
  });
  it('has no say in whose keys were compared here', async () => {
    for (const [ctx, peer] of [[two.receiver, two.bodies.holder], [two.holder, two.bodies.receiver]] as const) {
      await two.app.get(Peers).pin(ctx, { body: peer, running: RUNNING, assessments: [found(peer)] });
    }
    await follow();
    expect(await known(HOLDER)).toBe(true);
    expect(await asked()).not.toMatch(/known here/);
    expect(await page(`/${HOLDER}`)).toContain('Its keys, compared here');
  });
  it('is kept apart for each council, by the rules of isolation', async () => {
    const walked = await walkTables(two.app, { stranger: two.holder.council.id });
    expect(walked.open.filter(({ table }) => table.startsWith('sharing.'))).toEqual([]);
    expect(walked.unproved.filter((table) => /^sharing\.trust_/.test(table))).toEqual([]);
    expect((await catalogFaults(two.app.owner)).filter((fault) => fault.includes('sharing.'))).toEqual([]);
  });
});
