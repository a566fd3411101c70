import { startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Peers } from './peers';

describe('what is kept of a body from one reading to the next', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await startTwoBodies(); });
  afterAll(() => two?.close());

  it.each([[1, true], [2000, false]] as const)('with what others have found of it, %i times: %s', async (times, isKept) => {
    const [peers, { holder: body }] = [two.app.get(Peers), two.bodies];
    await peers.pin(two.receiver, { body, assessments: Array.from({ length: times }, () => two.assessed(body)) });
    expect((await peers.find(two.receiver, body.id))?.assessments).toHaveLength(times);
    expect(peers.lastRead(two.receiver, body.id) !== undefined).toBe(isKept);
    expect((await peers.find(two.receiver, body.id))?.assessments).toHaveLength(times);
  });
});
