import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import CSRF from '@fastify/csrf';
import { Body, Controller, Module, Post, Req } from '@nestjs/common';
import { WatchedMemory, madeAsRead } from '@guildhall/kernel-contract/testing';
import { ForOfficers, Public, TakesFiles, TemporaryFiles, Webhook, defineModule, form, type FormBody, type GuildhallRequest } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';

const MB = 1024 * 1024;
interface Promised<Value> { readonly promise: Promise<Value>; resolve(value: Value): void }
function promised<Value = void>(): Promised<Value> {
  let resolve: (value: Value) => void = () => undefined;
  return { promise: new Promise<Value>((done) => { resolve = done; }), resolve: (value) => resolve(value) };
}
/** What happens at a route that takes its time: it began, its sender left, it goes on, and what it read then. */
const slow = { began: promised(), left: promised(), goOn: promised(), read: promised<string>() };

@Controller()
class FilesController {
  @Post('slow') @Public() @TakesFiles() async slow(@Req() request: GuildhallRequest): Promise<object> {
    request.raw.socket.once('close', () => slow.left.resolve());
    slow.began.resolve();
    await slow.goOn.promise;
    slow.read.resolve(String(Buffer.concat((await request.uploads?.[0]?.read().toArray()) as Uint8Array[])));
    return {};
  }
  @Post('desk/photos') @ForOfficers() @TakesFiles() forOfficers(): object { return {}; }
  @Post('words') @Public() words(): object { return {}; }
  @Post('hook') @Webhook() hook(): object { return {}; }
  @Post('pictures') @Webhook({ keepsRawBody: false, bodyInBytes: 5 * MB }) pictures(@Body(form()) fields: FormBody): object { return { letters: String(fields['picture']).length }; }
  @Post('photos') @Public() @TakesFiles() photos(@Req() { uploads = [] }: GuildhallRequest): object { return { bytes: uploads.map(({ sizeInBytes }) => sizeInBytes), hashes: uploads.map(({ sha256 }) => sha256) }; }
}
@Module({ controllers: [FilesController] })
class FilesModule {}
const files = defineModule({ id: 'files', version: '0.1.0', packageFolder: __dirname, nest: FilesModule });

const tokens = new CSRF({});
const secret = tokens.secretSync();
const field = (name: string, value: string): string => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const token = (): string => field('_csrf', tokens.create(secret));
const file = '--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\nabc';
const end = '\r\n--x--\r\n';

describe('a form with files', () => {
  let running: TestApp;
  let calls: ClientRequest[];
  beforeAll(async () => { running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [files()])], limits: { fileInBytes: 3 * MB, formInBytes: 5 * MB, uploadsInBytes: 4 * MB } }); });
  beforeEach(() => { calls = []; });
  afterEach(() => { for (const call of calls) call.destroy(); });
  afterAll(() => running.close());

  /** Begins a form and leaves the rest of it to be sent: an answer that comes nevertheless has not waited for it. */
  function begin(path: string, first: string | Buffer, { length = 44 * MB, headers = {} }: { readonly length?: number | 'unsaid'; readonly headers?: Readonly<Record<string, string>> } = {}): { readonly call: ClientRequest; readonly answered: Promise<{ readonly status: number; readonly text: string }> } {
    const call = httpRequest({ host: '127.0.0.1', port: running.port, path, method: 'POST', agent: false, headers: { host: `localhost:${running.port}`, accept: 'application/json', cookie: `__Host-form=${secret}`, 'content-type': 'multipart/form-data; boundary=x', ...(length !== 'unsaid' && { 'content-length': String(length) }), ...headers } });
    calls.push(call);
    const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
      call.on('error', reject);
      call.on('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
    });
    call.write(first);
    return { call, answered };
  }
  const whole = (bytes: number): Buffer => Buffer.concat([Buffer.from(token() + file), Buffer.alloc(bytes, 'x'), Buffer.from(end)]);
  const send = (bytes: number): ReturnType<typeof begin> => { const form = whole(bytes); const begun = begin('/photos', form, { length: form.byteLength }); begun.call.end(); return begun; };

  it.each<[string, string, string, Parameters<typeof begin>[2], number]>([
    ['from whoever may not send it', '/desk/photos', token() + file, { length: 5 * MB }, 401],
    ['to a route that takes none', '/words', token() + file, {}, 415],
    ['to a webhook', '/hook', file + end, { length: (file + end).length }, 415],
    ['from another site', '/photos', token() + file, { length: 5 * MB, headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['without its token before the first file', '/photos', field('word', 'a') + file, { length: 5 * MB }, 403],
    ['with a token that is not ours', '/photos', field('_csrf', 'stale') + file, { length: 5 * MB }, 403],
    ['too large', '/photos', token() + file, { length: 5 * MB + 1 }, 413],
    ['without its length', '/photos', token() + file, { length: 'unsaid' }, 411],
    ['with too much text', '/photos', token() + Array.from({ length: 20 }, () => field('word', 'x'.repeat(60 * 1024))).join(''), { length: 5 * MB }, 413],
  ])('is refused before it has been received: %s', async (_how, path, first, options, status) => {
    expect((await begin(path, first, options).answered).status).toBe(status);
  });
  it.each([['/words', 'application/x-www-form-urlencoded', 413], ['/hook', 'application/json', 413], ['/photos', 'multipart/form-data; boundary=x', 413], ['/desk/photos', 'multipart/form-data; boundary=x', 401], ['/nowhere', 'application/json', 413]])('is answered although its sender hears nothing before all of it is sent: at %s as %s', async (path, type, status) => {
    const socket = connect({ host: '127.0.0.1', port: running.port });
    const head = [`POST ${path} HTTP/1.1`, `host: localhost:${running.port}`, 'connection: close', `content-type: ${type}`, `content-length: ${16 * MB}`];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await new Promise<void>((resolve, reject) => { socket.once('error', reject).once('close', resolve).write(Buffer.alloc(16 * MB, 'x'), () => resolve()); });
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => { answer += text; });
    if (!socket.closed) await once(socket, 'close');
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  });
  it('may bring its token in a header', async () => {
    const form = Buffer.from(`${file}${end}`);
    const { call, answered } = begin('/photos', form, { length: form.byteLength, headers: { 'x-csrf-token': tokens.create(secret) } });
    call.end();
    expect(JSON.parse((await answered).text)).toMatchObject({ bytes: [3] });
  });
  it('is asked to come again while others fill the room that files may take, and gives back what it held', async () => {
    const slow = begin('/photos', Buffer.concat([Buffer.from(token() + file), Buffer.alloc(2 * MB, 'x')]), { length: 4 * MB });
    slow.answered.catch(() => undefined);
    while (running.get(TemporaryFiles).heldInBytes < 1.9 * MB) await setImmediate();
    expect((await send(2.5 * MB).answered).status).toBe(503);
    expect((await send(1024).answered).status).toBe(201);
    slow.call.destroy();
    let alone = await send(2.5 * MB).answered;
    for (const until = Date.now() + 10_000; alone.status !== 201 && Date.now() < until;) alone = await send(2.5 * MB).answered;
    expect(JSON.parse(alone.text)).toMatchObject({ bytes: [2.5 * MB + 3] });
    // Whatever was held has been given back: the largest file fits again, twice in a row.
    for (let times = 0; times < 2; times++) expect((await send(3 * MB - 3).answered).status).toBe(201);
  });
});

describe('a long form without files', () => {
  let running: TestApp;
  beforeAll(async () => { running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [files()])], limits: { longBodiesInBytes: 4 * MB } }); });
  afterAll(() => running?.close());

  const sending = (bytes: number, { isUnsaid = false } = {}): ClientRequest => httpRequest({ host: '127.0.0.1', port: running.port, path: '/pictures', method: 'POST', agent: false, headers: { host: `localhost:${running.port}`, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...(isUnsaid ? {} : { 'content-length': String(bytes) }) } });
  const sent = async (bytes: number): Promise<number> => {
    const call = sending(bytes);
    const answered = once(call, 'response') as Promise<IncomingMessage[]>;
    call.end(`picture=${'x'.repeat(bytes - 'picture='.length)}`);
    const [answer] = await answered;
    answer?.resume();
    return answer?.statusCode ?? 0;
  };

  it.each([['says its length', {}], ['does not say its length', { isUnsaid: true }]])('is asked to come again while one that %s fills the memory that they may take, and short ones are not', async (_, how) => {
    let isOver = false;
    const begins = (): ClientRequest => {
      isOver = false;
      const call = sending(5 * MB, how).on('error', () => undefined).once('close', () => { isOver = true; });
      call.write(Buffer.alloc(4 * MB, 'x'));
      return call;
    };
    let slow = begins();
    let crowded = await sent(3 * MB);
    // Whichever of the two is read first is in, and may be either: the slow one begins again until it is the one.
    for (const until = Date.now() + 10_000; crowded !== 503 && Date.now() < until; crowded = await sent(3 * MB)) if (isOver) slow = begins();
    expect([crowded, await sent(MB)]).toEqual([503, 201]);
    slow.destroy();
    let alone = await sent(5 * MB);
    for (const until = Date.now() + 10_000; alone !== 201 && Date.now() < until;) alone = await sent(5 * MB);
    // Whatever was held has been given back.
    expect([alone, await sent(5 * MB), await sent(5 * MB)]).toEqual([201, 201, 201]);
  });
});

describe('many forms with large files at once', () => {
  const FORMS = 20;
  const SIZE = 10_000_000;
  let running: TestApp;
  beforeAll(async () => { running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [files()])] }); });
  afterAll(() => running?.close());

  it('wait on the disk, where nobody else finds them: hardly any of them is in memory, each comes whole, and in the end all are let go', async () => {
    const kept = running.get(TemporaryFiles);
    const memory = new WatchedMemory();
    const head = Buffer.from(`${token()}${file.slice(0, -'abc'.length)}`);
    const sent = await Promise.all(Array.from({ length: FORMS }, async (_, at) => {
      const photo = madeAsRead(SIZE, { beginning: Buffer.from(`photo ${at}`) });
      const call = httpRequest({ host: '127.0.0.1', port: running.port, path: '/photos', method: 'POST', agent: false, headers: { host: `localhost:${running.port}`, accept: 'application/json', cookie: `__Host-form=${secret}`, 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(head.byteLength + SIZE + end.length) } });
      const answered = once(call, 'response').then(async ([answer]: IncomingMessage[]) => JSON.parse(Buffer.concat((await answer?.toArray()) as Uint8Array[]).toString()) as unknown);
      call.write(head);
      await pipeline(photo.read(), call, { end: false });
      return { photo, call, answered };
    }));
    // What stands before the end could still be its beginning: so much of each is not yet looked through.
    while (kept.heldInBytes < FORMS * (SIZE - 1_000)) await setImmediate();
    memory.look();
    expect(memory.mostInBytes).toBeLessThan((FORMS * SIZE) / 10);
    expect(await readdir(join(running.dataFolder, 'uploads'))).toEqual([]);
    for (const { call } of sent) call.end(end);
    for (const { photo, answered } of sent) expect(await answered).toEqual({ bytes: [SIZE], hashes: [photo.sha256] });
    while (kept.heldInBytes > 0) await setImmediate();
  });
  it('are let go when their route has done its work, and not before, though the sender has left', async () => {
    const kept = running.get(TemporaryFiles);
    const form = Buffer.from(`${token()}${file}${end}`);
    const call = httpRequest({ host: '127.0.0.1', port: running.port, path: '/slow', method: 'POST', agent: false, headers: { host: `localhost:${running.port}`, cookie: `__Host-form=${secret}`, 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(form.byteLength) } });
    call.on('error', () => undefined).end(form);
    await slow.began.promise;
    call.destroy();
    await slow.left.promise;
    expect(kept.heldInBytes).toBe(3);
    slow.goOn.resolve();
    expect(await slow.read.promise).toBe('abc');
    while (kept.heldInBytes > 0) await setImmediate();
  });
});
