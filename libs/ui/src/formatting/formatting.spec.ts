import { formatDate, formatDateTime, formatTime } from './dates';
import { formatFileSize, formatMoney, formatNumber, formatPhone } from './numbers';

describe('dates and times in words', () => {
  it('writes the day in full in both languages', () => {
    expect(formatDate('en', '2026-12-04')).toBe('Friday 4 December 2026');
    expect(formatDate('cy', '2026-12-04')).toBe('Dydd Gwener 4 Rhagfyr 2026');
    expect(formatDate('cy', '2026-12-04', 'sentence')).toBe('dydd Gwener 4 Rhagfyr 2026');
    expect(formatDate('en', '2026-12-04', 'short')).toBe('4 December 2026');
    expect(formatDate('en', '2026-12-04', 'numeric')).toBe('04/12/2026');
  });
  it('names every month and every day in Welsh', () => {
    const months = Array.from({ length: 12 }, (_, index) => formatDate('cy', `2026-${String(index + 1).padStart(2, '0')}-01`, 'short'));
    expect(months).toEqual(['1 Ionawr 2026', '1 Chwefror 2026', '1 Mawrth 2026', '1 Ebrill 2026', '1 Mai 2026', '1 Mehefin 2026', '1 Gorffennaf 2026', '1 Awst 2026', '1 Medi 2026', '1 Hydref 2026', '1 Tachwedd 2026', '1 Rhagfyr 2026']);
    const days = Array.from({ length: 7 }, (_, index) => formatDate('cy', `2026-11-${22 + index}`).split(' 2')[0]);
    expect(days).toEqual(['Dydd Sul', 'Dydd Llun', 'Dydd Mawrth', 'Dydd Mercher', 'Dydd Iau', 'Dydd Gwener', 'Dydd Sadwrn']);
  });
  it('shows instants as the clock on the wall has them, in winter and in summer', () => {
    expect(formatDateTime('en', new Date('2026-12-04T14:30:00Z'))).toBe('Friday 4 December 2026 at 2:30pm');
    expect(formatDateTime('en', new Date('2026-07-31T23:30:00Z'))).toBe('Saturday 1 August 2026 at 12:30am');
    expect(formatDateTime('cy', '2026-07-01T08:00:00Z')).toBe('Dydd Mercher 1 Gorffennaf 2026 am 9am');
  });
  it('writes times as people say them', () => {
    expect(formatTime('en', '2026-12-04T14:00:00Z', '2026-12-04T16:00:00Z')).toBe('2pm to 4pm');
    expect(formatTime('cy', '2026-12-04T14:00:00Z', '2026-12-04T16:00:00Z')).toBe('2pm i 4pm');
    expect(formatTime('en', '2026-12-04T12:00:00Z')).toBe('midday');
    expect(formatTime('cy', '2026-12-04T00:00:00Z')).toBe('hanner nos');
    expect(formatTime('en', '2026-12-04T12:05:00Z')).toBe('12:05pm');
  });
  it('refuses what is not a date', () => {
    expect(() => formatDate('en', 'tomorrow')).toThrow('is not a date');
  });
});

describe('money and sizes', () => {
  it('writes pounds with two decimals, always', () => {
    expect(formatMoney(4500)).toBe('£45.00');
    expect(formatMoney(123_456_789)).toBe('£1,234,567.89');
    expect(formatMoney(5)).toBe('£0.05');
    expect(formatMoney(-500)).toBe('−£5.00');
    expect(() => formatMoney(45.5)).toThrow('whole number of pence');
  });
  it('writes numbers and sizes that can be read', () => {
    expect(formatNumber(12345)).toBe('12,345');
    expect(['+447700900123', '+442079460000', '+441632960123', '+33123456789', '07700 900123'].map(formatPhone)).toEqual(['07700 900123', '020 7946 0000', '01632 960123', '+33123456789', '07700 900123']);
    expect([formatFileSize(12), formatFileSize(310_400), formatFileSize(2_449_000)]).toEqual(['12 B', '310 kB', '2.4 MB']);
  });
});
