import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Submission } from '@guildhall/catalogue-contract';
import { openNotice, openPublisher, readRelease, type Publisher } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';

/** A catalogue that is little more than its REST interface: it believes publishers by the one before, and lists what it is told to. */
export class CatalogueStub {
  readonly states: Envelope[] = [];
  readonly releases: { readonly release: Envelope; readonly components: string }[] = [];
  readonly notices: Envelope[] = [];
  readonly assessments: Envelope[] = [];
  /** What it says of the next things. */
  decides: Pick<Submission, 'state' | 'reasons'> = { state: 'listed', reasons: [] };
  /** How many requests it answers no more. */
  isDown = false;
  private constructor(readonly origin: string, readonly stop: () => Promise<void>) {}

  static async start(now: () => Date): Promise<CatalogueStub> {
    let stub: CatalogueStub | undefined = undefined;
    const server = createServer((request, response) => {
      void answer(stub as unknown as CatalogueStub, request, now()).then(({ status, body }) => { response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body)); });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    stub = new CatalogueStub(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => new Promise((stopped) => { server.close(() => { stopped(); }); }));
    return stub;
  }
  get publisher(): Publisher | undefined {
    let publisher: Publisher | undefined;
    for (const envelope of this.states) publisher = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as Publisher;
    return publisher;
  }
}

interface Answer { readonly status: number; readonly body: unknown }
const refused = (reason: string, message: string): Answer => ({ status: 422, body: { ok: false, refusal: { reason, message } } });

async function answer(stub: CatalogueStub, request: IncomingMessage, now: Date): Promise<Answer> {
  const path = (request.url ?? '').replace('/api/catalogue/v1', '');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  if (stub.isDown) return { status: 503, body: { title: 'Service Unavailable', detail: 'The catalogue is being looked after.' } };
  if (request.method === 'GET' && path.startsWith('/publishers/')) return stub.states.length ? { status: 200, body: stub.states } : { status: 404, body: { title: 'Not Found' } };
  if (request.method === 'GET') return { status: 200, body: { id: path.replace('/submissions/', ''), ...stub.decides } };
  const text = Buffer.concat(parts).toString();
  const told = JSON.parse(text) as { readonly envelope?: unknown };
  const body = (path === '/releases' ? told : told.envelope) as never;
  const submission = (): Answer => ({ status: 200, body: { ok: true, value: { id: createHash('sha256').update(text).digest('hex').slice(0, 12), ...stub.decides } } });
  switch (path) {
    case '/publishers': {
      const opened = openPublisher(body, stub.publisher, now);
      if (!opened.ok) return refused(opened.refusal.reason, opened.refusal.message);
      stub.states.push(body);
      return submission();
    }
    case '/releases': {
      if (!readRelease((body as { release: Envelope }).release).ok || !stub.publisher) return refused('unknown-publisher', 'Nobody of this name publishes here.');
      stub.releases.push(body);
      return submission();
    }
    case '/notices': {
      const opened = openNotice(body, stub.publisher as Publisher);
      if (!opened.ok) return refused(opened.refusal.reason, opened.refusal.message);
      stub.notices.push(body);
      return submission();
    }
    case '/assessments': stub.assessments.push(body); return submission();
    default: return { status: 404, body: { title: 'Not Found' } };
  }
}
