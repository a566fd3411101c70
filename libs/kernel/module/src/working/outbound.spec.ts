import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { madeAsRead } from '@guildhall/kernel-contract/testing';
import { HttpOutbound } from './outbound';

describe('calling other systems', () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let port: number;
  const outbound = new HttpOutbound();
  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    outbound.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('finds *.localhost on loopback and keeps the name in the Host header', async () => {
    answer = (request, response) => response.end(request.headers.host);
    expect((await outbound.fetch(`http://glanafon.localhost:${port}/`)).text()).toBe(`glanafon.localhost:${port}`);
  });
  it('returns any status, and throws Unavailable only when the other side cannot be reached', async () => {
    answer = (_request, response) => response.writeHead(503).end('{"busy":true}');
    const response = await outbound.fetch(`http://localhost:${port}/`);
    expect([response.status, response.json()]).toEqual([503, { busy: true }]);
    await expect(outbound.fetch('http://localhost:1/')).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('gives up in time when the answer does not come', async () => {
    answer = () => undefined;
    await expect(outbound.fetch(`http://localhost:${port}/`, { timeoutInSeconds: 0.2 })).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('ends a connection that nobody uses any more by itself: on one that the other side just ends, a call would be lost', async () => {
    answer = (_request, response) => response.end();
    server.keepAliveTimeout = 0;
    const own = new HttpOutbound();
    const ended = new Promise((resolve) => { server.once('connection', (socket) => socket.once('close', resolve)); });
    await own.fetch(`http://localhost:${port}/`);
    await ended;
    own.close();
  });
  it('sends an object as JSON, fields as a form, and the idempotency key', async () => {
    answer = (request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => response.end(JSON.stringify([request.headers['content-type'], request.headers['idempotency-key'], body])));
    };
    expect((await outbound.fetch(`http://localhost:${port}/`, { method: 'POST', body: { a: 1 }, idempotencyKey: 'k' })).json()).toEqual(['application/json', 'k', '{"a":1}']);
    expect((await outbound.fetch(`http://localhost:${port}/`, { method: 'POST', body: new URLSearchParams({ a: 'é' }) })).json()).toEqual(['application/x-www-form-urlencoded', null, 'a=%C3%A9']);
  });
  it('sends what is at rest with its length and little by little, and is Unavailable when that breaks', async () => {
    const content = madeAsRead(5_000_000);
    answer = (request, response) => {
      const hash = createHash('sha256');
      request.on('data', (chunk: Buffer) => hash.update(chunk));
      request.on('error', () => undefined);
      request.on('end', () => response.end(JSON.stringify([request.headers['content-length'], request.headers['content-type'], hash.digest('hex')])));
    };
    expect((await outbound.fetch(`http://localhost:${port}/`, { method: 'POST', body: content, headers: { 'content-type': 'image/jpeg' } })).json()).toEqual(['5000000', 'image/jpeg', content.sha256]);
    const breaking = { sizeInBytes: 100, read: () => Readable.from((function* () { yield Buffer.alloc(50); throw new Error('The disk does not answer.'); })()) };
    await expect(outbound.fetch(`http://localhost:${port}/`, { method: 'POST', body: breaking })).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('refuses an answer without end', async () => {
    answer = (_request, response) => {
      const more = (): void => {
        while (response.writable && !response.destroyed && response.write(Buffer.alloc(1 << 20)));
        response.once('drain', more);
      };
      more();
    };
    await expect(outbound.fetch(`http://localhost:${port}/`)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
