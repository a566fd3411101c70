import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable, finished as whenOver } from 'node:stream';
import { finished } from 'node:stream/promises';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import fastifyRateLimit from '@fastify/rate-limit';
import { InvalidInput, LANGUAGES, Unavailable, type Actor, type Clock, type Language, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { BEFORE_WORK } from '../assembling/before-work';
import type { Councils, InstalledCouncil } from '../assembling/installed-council';
import { MachineDoor } from './machine-credentials';
import type { Metrics } from './metrics';
import { READ_AHEAD } from './read-ahead';
import { SAFEGUARDS } from './safeguards';
import { SESSION_COOKIE, hashOf, type Sessions } from './sessions';
import type { Uploads } from './uploads';

/** Bounds on what may come in. */
export interface Limits {
  /** Requests a minute from one address to one council. */
  readonly requestsPerMinute: number;
  readonly bodyInBytes: number;
  readonly fileInBytes: number;
  readonly files: number;
  /** One form with all its files. */
  readonly formInBytes: number;
  /** All files that are being received or handled in this process: they are on its disk. */
  readonly uploadsInBytes: number;
  /** What all bodies that are longer than `bodyInBytes`, where a route takes such (pictures in the fields of a form), have beyond that in this process's memory. */
  readonly longBodiesInBytes: number;
}

/** The cookie that keeps a chosen language. */
export const LANGUAGE_COOKIE = '__Host-language';
/** Characters from which on a page is worth compressing: residents' pages are shorter. */
const LONG_PAGE = 12_000;
const ANY_HOST = new Set(['/health/live', '/health/ready', '/metrics']);

/** What the front door needs of the kernel. */
export interface FrontDoorParts {
  readonly councils: Councils;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly limits: Limits;
  readonly uploads: Uploads;
  /** Text of the one inline script (GOV.UK Frontend's), allowed by its hash. */
  readonly inlineScript: string;
}

/**
 * What happens to every request before a route sees it: which council, which language, who, within which limits; and to every answer after.
 */
export async function openFrontDoor(fastify: FastifyInstance, parts: FrontDoorParts): Promise<void> {
  const { limits, log, metrics } = parts;
  const machines = new MachineDoor(parts.clock);
  const policies = new Map<string, string>();
  let longBodiesInBytes = 0;
  const scriptHash = createHash('sha256').update(parts.inlineScript).digest('base64');

  await fastify.register(fastifyCookie);
  await fastify.register(fastifyMultipart, { throwFileSizeLimit: false, limits: { fieldNameSize: 100, fieldSize: 64 * 1024, fields: 200, fileSize: limits.fileInBytes, files: limits.files, headerPairs: 50, parts: 200 + limits.files } });
  await fastify.register(fastifyRateLimit, {
    global: true, max: limits.requestsPerMinute, timeWindow: '1 minute', hook: 'onRequest', cache: 20_000,
    // By council: a host may be written in many ways, each of which would have a budget of its own.
    keyGenerator: (request: FastifyRequest) => `${request.guildhall.ctx.council.id} ${request.ip}`,
    allowList: (request: FastifyRequest) => ANY_HOST.has(request.url) || request.url.startsWith('/assets/'),
    errorResponseBuilder: (_request: FastifyRequest, context: { ttl: number }) => Object.assign(new Error('Too many requests'), { statusCode: 429, retryAfterInSeconds: Math.ceil(context.ttl / 1000) }),
  } as never);

  fastify.addHook('onRoute', (route) => {
    const { bodyInBytes } = (route.config ?? {}) as { bodyInBytes?: number };
    if (bodyInBytes) route.bodyLimit = bodyInBytes;
    // A route may be at work with the files of a form after its sender has left.
    const { handler } = route;
    route.handler = function (request, reply) {
      const handled = handler.call(this, request, reply);
      return request.isMultipart() ? Promise.resolve(handled).finally(() => parts.uploads.letGo(request)) : handled;
    };
  });
  fastify.decorateRequest('guildhall', null as never);
  fastify.decorateRequest('session', undefined);
  fastify.decorateRequest('uploads', undefined);
  fastify.decorateRequest('rawBody', undefined);

  fastify.addHook('onRequest', async (request, reply) => {
    const correlationId = randomUUID();
    const startedAt = process.hrtime.bigint();
    void reply.headers(SAFEGUARDS).header('x-request-id', correlationId);
    const path = pathOf(request.url);
    const installed = parts.councils.ofHost(request.headers.host) ?? (ANY_HOST.has(path) ? parts.councils.all[0] : undefined);
    if (!installed) {
      log.warn('request.unknown-host', { correlationId });
      await reply.status(421).type('text/plain; charset=utf-8').send('No council is served under this name.\n');
      return reply;
    }
    const language = languageOf(request, installed);
    const isApi = path.startsWith('/api/');
    let ctx: RequestContext = Object.freeze({ council: installed.council, actor: Object.freeze({ kind: 'nobody' as const }), correlationId, language, channel: isApi ? ('api' as const) : ('web' as const) });
    request.guildhall = { ctx, reply, startedAt };
    if (path.startsWith('/assets/') || ANY_HOST.has(path)) return;
    void reply.header('content-security-policy', policyOf(installed));
    void reply.header('cache-control', 'private, no-store');
    if (request.url.includes('%00')) throw new InvalidInput('The address has a character that cannot be used (NUL).');
    if ((request.query as { lang?: unknown }).lang === language) void reply.setCookie(LANGUAGE_COOKIE, language, { path: '/', secure: true, sameSite: 'lax', httpOnly: true, maxAge: 31_536_000 });
    for (const each of installed.extensions(BEFORE_WORK)) {
      const waits = each.ready(ctx);
      if (waits) await waits;
    }
    let actor: Actor | undefined;
    const { authorization } = request.headers;
    if (isApi && authorization) {
      const machine = await machines.machineOf(ctx, authorization);
      if (machine) actor = Object.freeze({ kind: 'machine' as const, ...machine });
    } else {
      const secret = request.cookies[SESSION_COOKIE];
      const sessionId = secret && hashOf(secret);
      if (sessionId) for (const reader of installed.extensions(READ_AHEAD)) reader.begin(ctx, request, sessionId);
      const found = sessionId ? await parts.sessions.byId(ctx, sessionId) : undefined;
      if (found) {
        request.session = found.session;
        actor = found.actor;
      }
    }
    if (actor) ctx = Object.freeze({ ...ctx, actor });
    request.guildhall.ctx = ctx;
  });

  // What is no file has to be in memory to be read: only so much of it at a time.
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    const { bodyInBytes = 0 } = request.routeOptions.config as { bodyInBytes?: number };
    if (bodyInBytes <= limits.bodyInBytes || request.headers['content-type']?.startsWith('multipart/')) return done(null, payload);
    let held = 0;
    whenOver(reply.raw, () => { longBodiesInBytes -= held; });
    const counted = async function* (): AsyncGenerator<Buffer> {
      let received = 0;
      for await (const chunk of (payload as Readable).iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        received += chunk.byteLength;
        const more = Math.max(0, received - limits.bodyInBytes) - held;
        if (longBodiesInBytes + more > limits.longBodiesInBytes) throw new Unavailable('Many long requests are being received at the moment. Send it again.', 10);
        longBodiesInBytes += more;
        held += more;
        yield chunk;
      }
    };
    done(null, Readable.from(counted(), { objectMode: false }));
  });

  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    // A form with files goes to the disk, on routes that take such, and is refused unread on others.
    const { keepsRawBody, bodyInBytes = limits.bodyInBytes } = request.routeOptions.config as { keepsRawBody?: boolean; bodyInBytes?: number };
    if (!keepsRawBody || request.headers['content-type']?.startsWith('multipart/')) return done(null, payload);
    wholeOf(payload as Readable, bodyInBytes, (error, bytes) => {
      if (error) return done(error);
      request.rawBody = bytes;
      done(null, Object.assign(readAgain(bytes), { receivedEncodedLength: bytes.byteLength }));
    });
  });

  // Long pages, an officer's lists above all, go compressed; for short ones it would cost more than it saves. The token of a form is salted anew for every page: its length tells nothing (BREACH).
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isLongPage = typeof payload === 'string' && payload.length > LONG_PAGE && String(reply.getHeader('content-type')).startsWith('text/html') && reply.getHeader('content-encoding') === undefined;
    if (!isLongPage || !/\bgzip\b/.test(String(request.headers['accept-encoding']))) return done(null, payload);
    gzip(payload, { level: 5 }, (error, bytes) => {
      if (error) return done(error);
      void reply.headers({ 'content-encoding': 'gzip', vary: 'accept-encoding' }).removeHeader('content-length');
      done(null, bytes);
    });
  });

  // To close a connection on which something is still coming in resets it, and the answer may be lost on the way to a browser, which reads it after all is sent. The rest is thrown away, for as long as a request may take.
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (request.raw.complete || typeof payload !== 'string' || !hasBody(request)) return done(null, payload);
    void reply.header('content-length', Buffer.byteLength(payload));
    done(null, Readable.from(untilAllIsSent(payload, request.raw)));
  });

  fastify.addHook('onResponse', async (request, reply) => {
    const { guildhall } = request;
    const route = request.routeOptions?.url ?? 'unmatched';
    const seconds = guildhall ? Number(process.hrtime.bigint() - guildhall.startedAt) / 1e9 : 0;
    metrics.observe(request.method, route, reply.statusCode, seconds);
    // The route's pattern, never the URL: references and tokens stay out of logs.
    if (!route.startsWith('/assets') && !ANY_HOST.has(route)) log.info('request.answered', { correlationId: guildhall?.ctx.correlationId, council: guildhall?.ctx.council.slug, method: request.method, route, status: reply.statusCode, ms: Math.round(seconds * 1e5) / 100, actor: guildhall?.ctx.actor.kind });
  });

  function policyOf(installed: InstalledCouncil): string {
    let policy = policies.get(installed.slug);
    if (!policy) {
      const forms = installed.formOrigins();
      const images = installed.config.contentOrigins?.images ?? [];
      policy = [
        `default-src 'self'`, `script-src 'self' 'sha256-${scriptHash}'`, `style-src 'self'`, `img-src ${["'self'", 'data:', ...images].join(' ')}`, `font-src 'self'`, `connect-src 'self'`,
        `form-action ${["'self'", ...forms].join(' ')}`, `frame-ancestors 'none'`, `base-uri 'none'`, `object-src 'none'`,
      ].join('; ');
      policies.set(installed.slug, policy);
    }
    return policy;
  }
}

/** All that comes. By its events: an iterator over a stream costs a short message more than all else that is done to receive it. What is too large is left where it is, and so is what comes after. */
function wholeOf(from: Readable, mostBytes: number, done: (error: Error | null, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const over = (error: Error | null): void => {
    from.off('data', take).off('end', end).off('error', over).off('close', cut);
    done(error, Buffer.concat(chunks));
  };
  const take = (chunk: Buffer): void => {
    size += chunk.byteLength;
    chunks.push(chunk);
    if (size <= mostBytes) return;
    // Nobody listens any more, and what goes wrong with it now is nobody's: an error that nobody hears ends the process.
    from.pause().on('error', () => undefined);
    over(Object.assign(new Error('The body is too large.'), { statusCode: 413 }));
  };
  const end = (): void => over(null);
  const cut = (): void => over(Object.assign(new Error('The body was cut off.'), { statusCode: 400 }));
  from.on('data', take).on('end', end).on('error', over).on('close', cut);
}

function readAgain(bytes: Buffer): Readable {
  const again = new Readable({ read: () => undefined });
  if (bytes.byteLength > 0) again.push(bytes);
  again.push(null);
  return again;
}

/** `?lang=`, else the language chosen before, else the council's first. */
function languageOf(request: FastifyRequest, installed: InstalledCouncil): Language {
  const { languages } = installed.council;
  const asked = [(request.query as { lang?: unknown } | undefined)?.lang, request.cookies[LANGUAGE_COOKIE]];
  return asked.map((one) => LANGUAGES.find((language) => language === one && languages.includes(language))).find(Boolean) ?? languages[0];
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** The whole answer at once, and its end when there is nothing more to read. */
async function* untilAllIsSent(answer: string, incoming: IncomingMessage): AsyncGenerator<Buffer> {
  yield Buffer.from(answer);
  incoming.resume();
  await finished(incoming).catch(() => undefined);
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/** Whether an answer to this request is for a program rather than a person. */
export function isForProgram(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || (!!request.headers.accept && /application\/(problem\+)?json/.test(request.headers.accept) && !request.headers.accept.includes('text/html'));
}
