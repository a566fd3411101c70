import { NotFound, Unavailable } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { SilentFarEnds } from './silent-far-ends';

const clock = new FixedClock();
const far = {};
let silent: SilentFarEnds;
let asked: number;
beforeEach(() => { silent = new SilentFarEnds(clock, new SeededIds(5)); asked = 0; });
const ask = (answer: Error | string, of: object = far): Promise<string> => silent.ask(of, async () => { asked += 1; if (answer instanceof Error) throw answer; return answer; });
const failTimes = async (times: number, error: Error = new Unavailable('down')): Promise<void> => { for (let time = 0; time < times; time++) await expect(ask(error)).rejects.toBe(error); };

describe('a far end that does not answer', () => {
  it('is left alone after three times in a row, says until when, and is asked once half a minute later', async () => {
    await failTimes(3);
    await expect(ask('well')).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: expect.any(Number) as number });
    expect(asked).toBe(3);
    clock.advance(37);
    await failTimes(1);
    await expect(ask('well')).rejects.toMatchObject({ code: 'unavailable' });
    expect(asked).toBe(4);
    clock.advance(37);
    expect([await ask('well'), await ask('well')]).toEqual(['well', 'well']);
  });
  it('is asked on when it answered between', async () => {
    await failTimes(2);
    await ask('well');
    await failTimes(2);
    expect(await ask('well')).toBe('well');
  });
  it('says so to whoever would lead somebody there, while it is left alone', async () => {
    expect(() => silent.demandHeard(far)).not.toThrow();
    await failTimes(3);
    expect(() => silent.demandHeard(far)).toThrow(expect.objectContaining({ code: 'unavailable', retryAfterInSeconds: expect.any(Number) as number }));
    expect(() => silent.demandHeard({})).not.toThrow();
    clock.advance(37);
    expect(() => silent.demandHeard(far)).not.toThrow();
  });
  it('leaves others be', async () => {
    await failTimes(3);
    expect(await ask('well', {})).toBe('well');
  });
  it('counts those that were on their way together', async () => {
    await Promise.all([1, 2, 3].map(() => failTimes(1)));
    await expect(ask('well')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('an answer, however little it pleases, is one', () => {
  it.each<[string, Error]>([['when to come again', new Unavailable('too many', 2)], ['that there is none', new NotFound('none')], ['a fault of ours', new Error('ours')]])('%s', async (_, error) => {
    await failTimes(5, error);
    expect(await ask('well')).toBe('well');
  });
});
