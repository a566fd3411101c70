import { STARTER_ATTRIBUTES, STARTER_PURPOSES, signAgreement, type Agreement, type Envelope } from '@guildhall/sharing-contract';
import { agreementBetween } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { EndsAgreement } from '../ending/ends-agreement';
import { WhoLinks } from '../linking/who-links';
import { OwnNode } from '../node/own-node';
import { Agreements } from './agreements';

const PAGE = '/desk/sharing/agreements/garden-waste-concession';
const TOMORROW = '2026-11-23';
const DAY_IN_SECONDS = 24 * 60 * 60;
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('an agreement that is renewed before its next version begins', () => {
  let two: TwoBodies;
  let next: { readonly agreement: Agreement; readonly envelope: Envelope };
  beforeEach(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [two.bodies.receiver.id]: two.bodies.receiver.name, [two.bodies.holder.id]: two.bodies.holder.name } };
    const agreement = agreementBetween(two.bodies.receiver, two.bodies.holder, words, { version: 4, from: TOMORROW, until: '2029-03-31' });
    const node = two.app.get(OwnNode);
    next = { agreement, envelope: signAgreement(agreement, node.signer(two.holder), signAgreement(agreement, node.signer(two.receiver))) };
    two.clock.advance(1);
  });
  afterEach(() => two?.close());

  const keep = async (where: 'receiver' | 'holder'): Promise<void> => { expect(await two.app.get(Agreements).keep(two[where], next.envelope, [two.bodies[where === 'holder' ? 'receiver' : 'holder']])).toMatchObject({ ok: true, value: { document: { version: 4 } } }); };
  const answeredBy = async (): Promise<unknown> => {
    expect(await two.ask()).toMatchObject({ ok: true });
    return (await two.entries('holder')).at(-1)?.['agreement'];
  };
  const officer = (council = RECEIVER) => two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, council);

  it.each([[['receiver']], [['holder']], [['receiver', 'holder']]] as const)('goes on by the version of today where %s has the next one, and by that from its first day', async (sides) => {
    for (const side of sides) await keep(side);
    expect(await answeredBy()).toBe('garden-waste-concession@3');
    const who = two.app.get(WhoLinks);
    expect([await who.find(two.receiver, HOLDER), await who.mayAsk(two.holder, RECEIVER)]).toEqual([expect.objectContaining({ id: HOLDER }), true]);
    for (const slug of [RECEIVER, HOLDER]) expect(wordsOf((await two.app.visitor(slug).get('/sharing/register')).text)).toMatch(/In force Wednesday 1 April 2026 to Friday 31 March 2028/);
    for (const side of ['receiver', 'holder'] as const) if (!sides.some((one) => one === side)) await keep(side);
    two.clock.advance(DAY_IN_SECONDS);
    expect(await answeredBy()).toBe('garden-waste-concession@4');
    for (const slug of [RECEIVER, HOLDER]) expect(wordsOf((await two.app.visitor(slug).get('/sharing/register')).text)).toMatch(/In force Monday 23 November 2026 to Saturday 31 March 2029/);
  });
  it('shows the officer both: what counts today, what comes and what changes then, with its signatures to hand over', async () => {
    await keep('receiver');
    const visitor = await officer();
    expect(wordsOf((await visitor.get(PAGE)).text)).toMatch(/In force Version 3 .*Version 4 is signed by all sides and begins on Monday 23 November 2026\. Until then this one counts\. .*2029/);
    expect(wordsOf((await visitor.get(`${PAGE}?version=4`)).text)).toMatch(/Not begun yet Version 4/);
    expect((await visitor.get(`${PAGE}/envelope?version=4`)).json()).toEqual(next.envelope);
    for (const version of ['5', '0', 'x']) expect([version, (await visitor.get(`${PAGE}?version=${version}`)).status]).toEqual([version, 404]);
    expect(wordsOf((await visitor.get('/desk/sharing')).text).match(/Concessions for garden waste .{0,120}/g)).toEqual([expect.stringMatching(/In force.*2028/)]);
    // The other side brings it in from that file; a changed agreement is the one after it.
    const there = await officer(HOLDER);
    await there.get('/desk/sharing/bring-in');
    expect((await there.request('/desk/sharing/bring-in', { form: { document: JSON.stringify(next.envelope) } })).headers['location']).toBe(`${PAGE}?result=in-force`);
    await visitor.get(PAGE);
    expect(wordsOf((await visitor.post(`${PAGE}/next`, {})).text)).toMatch(/Version 5 .*What changes from version 4/);
  });
  it('ends with the version that is to come', async () => {
    for (const side of ['receiver', 'holder'] as const) await keep(side);
    const visitor = await officer();
    expect(wordsOf((await visitor.get(`${PAGE}/end`)).text)).toMatch(/Version 4, which would begin on Monday 23 November 2026, ends with it/);
    expect((await visitor.post(`${PAGE}/end`, { confirm: 'yes' })).path).toBe(`${PAGE}?result=ended`);
    await two.app.drainJobs();
    expect(await two.app.get(EndsAgreement).told(two.receiver, next.agreement)).toEqual([{ peerId: HOLDER, isTurnedDown: false, takenAt: expect.any(Date) }]);
    for (const ctx of [two.receiver, two.holder]) expect(await two.app.get(Agreements).find(ctx, next.agreement.id)).toMatchObject({ document: { version: 4 }, endedOn: '2026-11-22' });
    two.clock.advance(DAY_IN_SECONDS);
    expect(await two.ask()).toMatchObject({ ok: false });
  });
});
