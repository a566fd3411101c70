import { afterQuietHours, quietHoursFault } from './quiet-hours';

const night = { from: '21:00', to: '08:00' };

describe('quiet hours', () => {
  it.each([
    ['by day', '2026-11-23T12:00:00.123Z', '2026-11-23T12:00:00.123Z'],
    ['a minute before they begin', '2026-11-23T20:59:59Z', '2026-11-23T20:59:59Z'],
    ['as they begin', '2026-11-23T21:00:00Z', '2026-11-24T08:00:00Z'],
    ['in the small hours', '2026-11-24T03:17:42Z', '2026-11-24T08:00:00Z'],
    ['as they end', '2026-11-24T08:00:00Z', '2026-11-24T08:00:00Z'],
    ['in summer, by the clock on the wall', '2026-07-01T20:30:00Z', '2026-07-02T07:00:00Z'],
    ['in summer, before they begin on the wall', '2026-07-01T19:30:00Z', '2026-07-01T19:30:00Z'],
    ['the night in which the clocks go forward', '2026-03-28T22:00:00Z', '2026-03-29T07:00:00Z'],
    ['the night in which the clocks go back', '2026-10-24T21:00:00Z', '2026-10-25T08:00:00Z'],
    ['over the end of a year', '2026-12-31T23:59:59Z', '2027-01-01T08:00:00Z'],
  ])('%s', (_, at, then) => {
    expect(afterQuietHours(new Date(at), night)).toEqual(new Date(then));
  });

  it('may lie within one day', () => {
    const siesta = { from: '13:00', to: '15:30' };
    expect(afterQuietHours(new Date('2026-11-23T14:00:00Z'), siesta)).toEqual(new Date('2026-11-23T15:30:00Z'));
    expect(afterQuietHours(new Date('2026-11-23T16:00:00Z'), siesta)).toEqual(new Date('2026-11-23T16:00:00Z'));
  });

  it('of no length are none', () => {
    const at = new Date('2026-11-23T21:00:00Z');
    expect(afterQuietHours(at, { from: '21:00', to: '21:00' })).toEqual(at);
  });

  it.each(['9pm', '24:00', '21.00', '21:60', ''])('are refused with the time "%s"', (time) => {
    expect(quietHoursFault({ from: time, to: '08:00' })).toContain(`"${time}"`);
    expect(quietHoursFault({ from: '21:00', to: time })).toContain(`"${time}"`);
  });

  it('that are times of the day are taken', () => {
    expect(quietHoursFault(night)).toBeUndefined();
  });
});
