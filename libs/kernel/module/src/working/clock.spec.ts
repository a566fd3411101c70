import { systemIds } from './clock';

describe('ids', () => {
  it('are UUIDs of version 7, each another, in order of time', async () => {
    const ids = Array.from({ length: 5000 }, () => systemIds.uuid());
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(systemIds.uuid() > (ids[0] as string)).toBe(true);
  });
  it('never hand out the same bytes twice, whatever lengths are asked for', () => {
    const taken = Array.from({ length: 2000 }, (_, at) => Buffer.from(systemIds.bytes(16 + (at % 5) * 7)).toString('hex'));
    taken.push(Buffer.from(systemIds.bytes(5000)).toString('hex'));
    expect(new Set(taken.map((hex) => hex.slice(0, 32))).size).toBe(taken.length);
    expect(Buffer.from(systemIds.bytes(32)).equals(Buffer.alloc(32))).toBe(false);
    expect(systemIds.token(24)).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });
});
