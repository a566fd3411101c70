import { EVENT_PATTERN, isWanted } from './index';

describe('what a subscription is told', () => {
  const opened = { type: 'cases.case-opened', caseType: 'pothole' };
  it.each([[['cases.case-opened'], true], [['cases.*'], true], [['*'], true], [['payments.*', 'cases.case-opened'], true], [['cases.case-moved'], false], [['case.*'], false], [['cases.case'], false], [['payments.*'], false], [[], false]])('%j takes cases.case-opened: %s', (eventTypes, expected) => {
    expect(isWanted({ eventTypes, caseTypes: [] }, opened)).toBe(expected);
  });
  it('is only what names one of its types of case, when it has chosen some', () => {
    const filter = { eventTypes: ['*'], caseTypes: ['pothole', 'fly-tipping'] };
    expect([opened, { ...opened, caseType: 'street-light' }, { type: 'payments.payment-succeeded' }].map((event) => isWanted(filter, event))).toEqual([true, false, false]);
  });
  it.each(['cases.case-opened', 'cases.*', '*', 'a-module.something'])('can be written %s', (pattern) => expect(pattern).toMatch(EVENT_PATTERN));
  it.each(['', 'Cases.opened', 'cases.', '.cases', 'cases*', 'cases.*.opened', 'cases.case-*', '**', ' cases.*', 'cases.*\n', 'a'.repeat(5) + '%'])('cannot be written %j', (pattern) => expect(pattern).not.toMatch(EVENT_PATTERN));
});
