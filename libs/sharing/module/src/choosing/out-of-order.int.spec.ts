import { OUTBOUND } from '@guildhall/kernel';
import { Unavailable, type Outbound } from '@guildhall/kernel-contract';
import { accountPage, pressSwitch } from '../../test/account-page';
import { KIM, askAboutKim, kimChooses, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Choices } from './choices';
import { TellsChoice } from './tells-choice';

const PAGE = '/account/information';

describe('a stop and its undoing, or a yes and a stop', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies({}, { alsoInstalled: [accountPage()] });
    await linkKim(two);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return two?.close();
  });

  const known = async (where: 'receiver' | 'holder') => (await two.app.get(Choices).find(where === 'receiver' ? two.receiver : two.holder, where === 'receiver' ? KIM.riverbourne : KIM.aldermoor, two.agreement.id))?.state;
  const press = async (state: 'given' | 'withdrawn', where: 'receiver' | 'holder' = 'receiver'): Promise<void> => {
    const visitor = where === 'receiver' ? await two.app.residentVisitor(KIM.riverbourne, RECEIVER) : await two.app.residentVisitor(KIM.aldermoor, HOLDER);
    expect((await pressSwitch(visitor, PAGE, two.agreement.id, state)).status).toBe(200);
  };
  /** What is on its way from the receiver, the newest first. */
  const tellInTheWrongOrder = async (): Promise<void> => {
    const { rows } = await two.app.owner.query<{ choice_id: string }>('select choice_id from sharing.choice where council_id = $1 order by at desc', [two.receiver.council.id]);
    for (const { choice_id: choiceId } of rows) await two.app.get(TellsChoice).run(two.receiver, { choiceId, tries: 0 });
  };

  it.each([['withdrawn', 'given'], ['given', 'withdrawn']] as const)('are told in the wrong order, %s and then %s: what was pressed last counts at the other body as here', async (first, last) => {
    await kimChooses(two, first === 'given' ? 'withdrawn' : 'given');
    two.clock.advance(1);
    for (const state of [first, last]) await press(state);
    await tellInTheWrongOrder();
    expect([await known('receiver'), await known('holder')]).toEqual([last, last]);
    expect(await askAboutKim(two)).toMatchObject({ ok: last === 'given' });
  });
  it('count in the order in which they were pressed where the clock was put back between them', async () => {
    await press('given');
    two.clock.advance(-3600);
    await press('withdrawn');
    expect(await known('receiver')).toBe('withdrawn');
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
    await press('given');
    expect(await known('receiver')).toBe('given');
  });
  it('count in the order in which they were pressed where the other body’s clock is ahead by as much as it may be', async () => {
    two.clock.advance(29);
    await kimChooses(two, 'given');
    two.clock.advance(-29);
    await tellInTheWrongOrder();
    expect(await known('holder')).toBe('given');
    two.clock.advance(5);
    await press('withdrawn', 'holder');
    expect(await known('holder')).toBe('withdrawn');
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
    await two.app.drainJobs();
    expect(await known('receiver')).toBe('withdrawn');
  });
  it('are told again where the answer was lost on the way, and stand there once', async () => {
    const outbound = two.app.get<Outbound>(OUTBOUND);
    const fetch = outbound.fetch.bind(outbound);
    const spied = jest.spyOn(outbound, 'fetch').mockImplementation(async (url, request) => {
      await fetch(url, request);
      throw new Unavailable('The connection was cut.');
    });
    await kimChooses(two, 'withdrawn');
    await two.app.drainJobs();
    expect(await known('holder')).toBe('withdrawn');
    spied.mockRestore();
    two.clock.advance(600);
    await two.app.drainJobs();
    expect((await two.app.owner.query(`select 1 from kernel.waiting_job where kind like '%sharing.tell-choice'`)).rows).toEqual([]);
    expect((await two.entries('holder')).map(({ kind }) => kind)).toEqual(['choice-withdrawn']);
  });
  it('made hours apart on both sides while neither could reach the other stand alike when they can again', async () => {
    const endpoints = [[two.receiver, two.bodies.holder], [two.holder, two.bodies.receiver]] as const;
    for (const [ctx] of endpoints) await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', '"http://localhost:9/sharing"') where council_id = $1`, [ctx.council.id]);
    await kimChooses(two, 'given');
    await two.app.drainJobs();
    two.clock.advance(3600);
    await kimChooses(two, 'withdrawn', 'holder');
    await two.app.drainJobs();
    expect([await known('receiver'), await known('holder')]).toEqual(['given', 'withdrawn']);
    // Who has not heard of the stop does not ask either, since nobody says how it stands.
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
    two.clock.advance(5 * 3600);
    for (const [ctx, body] of endpoints) await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [ctx.council.id, body.endpoint]);
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/has said no/) } });
    two.clock.advance(24 * 3600);
    await two.app.drainJobs();
    expect([await known('receiver'), await known('holder')]).toEqual(['withdrawn', 'withdrawn']);
  });
});
