import { keptUntil } from './personal-data';

describe('how long a payment is kept', () => {
  it('is to the end of the sixth financial year after its own, by the day in London', () => {
    expect(keptUntil(new Date('2026-11-30T12:00:00Z'))).toBe('2033-03-31');
    expect(keptUntil(new Date('2026-03-31T12:00:00Z'))).toBe('2032-03-31');
    expect(keptUntil(new Date('2026-04-01T12:00:00Z'))).toBe('2033-03-31');
    expect(keptUntil(new Date('2026-03-31T23:30:00Z'))).toBe('2033-03-31');
  });
});
