import { parcelsOf, queuedJobOf, takenApart, type WaitingJob } from './parcel';

const job = (council: string, kind: string, number: number): WaitingJob => ({ council_id: council, job_id: `${council} ${kind} ${number}`, kind, data: { data: { number }, correlationId: String(number), language: 'en' } });
const MOST: Readonly<Record<string, number>> = { send: 2 };
const namesOf = (waiting: readonly WaitingJob[]): string[][] => parcelsOf(waiting, ({ kind }) => MOST[kind] ?? 1).map((parcel) => parcel.map(({ job_id: id }) => id));

describe('what waits', () => {
  it('goes together by its council and kind, no more than may, in its order', () => {
    expect(namesOf([job('a', 'send', 1), job('a', 'count', 2), job('b', 'send', 3), job('a', 'send', 4), job('a', 'count', 5), job('a', 'send', 6)])).toEqual([['a send 1', 'a send 4'], ['a count 2'], ['b send 3'], ['a count 5'], ['a send 6']]);
  });

  it('is the same work by itself and taken apart again', () => {
    const [first, second] = [job('a', 'send', 1), job('a', 'send', 2)];
    const queued = queuedJobOf([first, second]);
    expect(queued.together && takenApart(queued)).toEqual([queuedJobOf([first]), queuedJobOf([second])]);
    expect(queuedJobOf([first])).toEqual({ council: 'a', kind: 'send', data: first.data });
  });
});
