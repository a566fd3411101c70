import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { bodyOf, json, record, send } from './answers';
import { Faults } from './faults';
import { post } from './post';
import { serveOnThisMachine } from './serve-on-this-machine';

/** Answers with what it was sent. */
const echo = (port = 0): ReturnType<typeof serveOnThisMachine> => serveOnThisMachine(port, async (request, response) => {
  try { send(response, json(200, { heard: await bodyOf(request), host: request.headers.host })); } catch (error) { send(response, json(error instanceof RangeError ? 413 : 500, {})); }
});

describe('a far end on this machine', () => {
  it('reads a body of 64 KiB, and refuses a longer one', async () => {
    const server = await echo();
    try {
      expect((await plainOutbound.fetch(server.origin, { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(65_534) }) })).status).toBe(200);
      expect((await plainOutbound.fetch(server.origin, { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(65_535) }) })).status).toBe(413);
    } finally { await server.close(); }
  });
  it('says when its port is taken', async () => {
    const server = await echo();
    try { await expect(echo(Number(new URL(server.origin).port))).rejects.toMatchObject({ code: 'EADDRINUSE' }); } finally { await server.close(); }
  });
  it('is reached by webhooks under any name of this machine, and is nobody once it is closed', async () => {
    const server = await echo();
    const url = server.origin.replace('localhost', 'testham.localhost');
    expect(await post(url, '{}', {}, 5)).toBe(200);
    await server.close();
    expect(await post(url, '{}', {}, 5)).toBe(0);
  });
});

describe('what a far end can be told to do wrong', () => {
  it('happens once to each call of its operation, the oldest first, and has no other names than its own', () => {
    const faults = new Faults(['create', 'fetch'], ['unavailable', 'delay']);
    faults.plan('create', 'unavailable');
    faults.plan('create', 'delay', 1, 3);
    expect([faults.next('fetch'), faults.next('create')?.fault, faults.next('create')?.delayInSeconds, faults.next('create')]).toEqual([undefined, 'unavailable', 3, undefined]);
    expect(() => faults.plan('create', 'eat-it')).toThrow('There is no fault "eat-it" of "create".');
  });
  it('a text is a JSON object or nothing', () => {
    expect(record('{"a":1}')).toEqual({ a: 1 });
    for (const text of ['', '[]', 'null', '"a"', '{']) expect(record(text)).toBeUndefined();
  });
});
