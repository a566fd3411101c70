import { WEEKENDS_ONLY, type WorkingCalendar } from '@guildhall/cases-contract';
import { answerDueOn, extendTime, mayExtendUntil, pauseTime, resumeTime, type ResponseTime } from './response-clock';

const time = (receivedOn: string, more: Partial<ResponseTime> = {}): ResponseTime => ({ receivedOn, clarifications: [], isExtended: false, ...more });
const due = (receivedOn: string, more: Partial<ResponseTime> = {}, calendar: WorkingCalendar = WEEKENDS_ONLY): string => answerDueOn(time(receivedOn, more), calendar, '2026-12-31');

describe('the day by which a request must be answered', () => {
  it('is the same day of the next month, whichever day it came on', () => {
    expect(due('2026-09-03')).toBe('2026-10-05');
    expect(due('2026-06-30')).toBe('2026-07-30');
    // On a Sunday: the day itself counts as the day of receipt.
    expect(due('2026-11-01')).toBe('2026-12-01');
  });

  it('is the last day of a month that has no such day', () => {
    expect(due('2026-03-31')).toBe('2026-04-30');
    expect(due('2028-01-31')).toBe('2028-02-29');
    expect(due('2027-01-29')).toBe('2027-03-01');
  });

  it('is the next working day when nobody works on it: a weekend, or a holiday of the nation', () => {
    expect(due('2026-09-04')).toBe('2026-10-05');
    const isHoliday = (day: string): boolean => ['2026-12-25', '2026-12-28'].includes(day);
    expect(due('2026-11-25', {}, { isHoliday })).toBe('2026-12-29');
    // St Andrew's Day is one in Scotland only.
    expect(due('2026-10-30', {}, { isHoliday: (day) => day === '2026-11-30' })).toBe('2026-12-01');
    expect(due('2026-10-30')).toBe('2026-11-30');
  });

  it('is two months later when it is extended, counted from the day it came', () => {
    expect(due('2026-09-03', { isExtended: true })).toBe('2026-12-03');
    expect(due('2026-11-30', { isExtended: true })).toBe('2027-03-01');
    expect(mayExtendUntil(time('2026-09-03', { isExtended: true }), WEEKENDS_ONLY, '2026-12-31')).toBe('2026-10-05');
  });

  it('begins when it is certain who asks', () => {
    expect(due('2026-09-03', { identifiedOn: '2026-09-14' })).toBe('2026-10-14');
  });

  it('does not move by days that were waited before it began', () => {
    expect(due('2026-03-01', { identifiedOn: '2026-03-10', clarifications: [{ from: '2026-03-02', until: '2026-03-05' }] })).toBe('2026-04-10');
    // Only what reaches into it.
    expect(due('2026-03-01', { identifiedOn: '2026-03-10', clarifications: [{ from: '2026-03-02', until: '2026-03-13' }] })).toBe('2026-04-13');
  });

  it('moves by the days on which an answer was waited for, also while it is', () => {
    expect(due('2026-09-07', { clarifications: [{ from: '2026-09-08', until: '2026-09-11' }, { from: '2026-09-20', until: '2026-09-20' }] })).toBe('2026-10-12');
    const waiting = time('2026-09-07', { clarifications: [{ from: '2026-09-08' }] });
    expect(answerDueOn(waiting, WEEKENDS_ONLY, '2026-09-10')).toBe('2026-10-09');
    expect(answerDueOn(waiting, WEEKENDS_ONLY, '2026-09-15')).toBe('2026-10-14');
  });
});

describe('the time of a request', () => {
  const running = { time: time('2026-09-03') };

  it('stands still once, until it is certain who asks: it begins on that day', () => {
    const paused = pauseTime(running, 'identity', '2026-09-04');
    expect(paused).toEqual({ ok: true, value: { time: running.time, pausedFor: 'identity' } });
    if (!paused.ok) return;
    expect(pauseTime(paused.value, 'clarification', '2026-09-05')).toMatchObject({ refusal: { reason: 'is-paused' } });
    expect(resumeTime(paused.value, '2026-09-14')).toEqual({ ok: true, value: { time: { ...running.time, identifiedOn: '2026-09-14' } } });
    expect(resumeTime(running, '2026-09-14')).toMatchObject({ refusal: { reason: 'not-paused' } });
  });
  it('stands still until it is clear what is meant: those days do not count', () => {
    const paused = pauseTime(running, 'clarification', '2026-09-04');
    const resumed = paused.ok && resumeTime(paused.value, '2026-09-07');
    expect(resumed).toEqual({ ok: true, value: { time: { ...running.time, clarifications: [{ from: '2026-09-04', until: '2026-09-07' }] } } });
  });
  it('is extended once and within the first month, also while it stands still', () => {
    expect(extendTime({ ...running, pausedFor: 'identity' }, WEEKENDS_ONLY, '2026-10-05')).toEqual({ ok: true, value: { time: { ...running.time, isExtended: true }, pausedFor: 'identity' } });
    expect(extendTime(running, WEEKENDS_ONLY, '2026-10-06')).toMatchObject({ refusal: { reason: 'too-late' } });
    expect(extendTime({ time: time('2026-09-03', { isExtended: true }) }, WEEKENDS_ONLY, '2026-09-04')).toMatchObject({ refusal: { reason: 'is-extended' } });
  });
});
