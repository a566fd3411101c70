import { FixedClock } from '@guildhall/kernel-contract/testing';
import { readListRequest } from './list-request';

const clock = new FixedClock('2026-11-23T09:00:00Z');
const windowOf = (fields: Readonly<Record<string, string>>): readonly string[] => {
  const { from, until } = readListRequest(fields, clock);
  return [from.toISOString(), until.toISOString()];
};

describe('the days of a list', () => {
  it('are the last ninety unless told', () => expect(windowOf({})).toEqual(['2026-08-25T09:00:00.000Z', '2026-11-23T09:00:00.000Z']));
  it('are ninety from a start, or before an end', () => {
    expect(windowOf({ start_date: '2026-01-01T00:00:00Z' })).toEqual(['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']);
    expect(windowOf({ end_date: '2026-04-01T00:00:00Z' })).toEqual(['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']);
  });
  it('are those between, when both are given', () => expect(windowOf({ start_date: '2020-01-01T00:00:00Z', end_date: '2026-01-01T00:00:00+00:00' })).toEqual(['2020-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']));
});

describe('the other conditions of a list', () => {
  it('may be several with commas, each once', () => {
    expect(readListRequest({ service_code: 'a, b,a', status: 'OPEN,fixed', service_request_id: 'RB-1,,RB-2' }, clock)).toMatchObject({ serviceCodes: ['a', 'b'], statuses: ['open', 'fixed'], numbers: ['RB-1', 'RB-2'], page: 1, pageSize: 1000 });
  });
  it('go no further than ten thousand', () => {
    expect(() => readListRequest({ page: '11', page_size: '1000' }, clock)).toThrow(expect.objectContaining({ code: 'invalid-input' }) as Error);
    expect(readListRequest({ page: '100', page_size: '100' }, clock)).toMatchObject({ page: 100 });
  });
});
