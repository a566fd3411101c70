import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isForProgram } from './front-door';
import type { PageRenderer } from './page-renderer';
import { DownloadResult, JsonResult, PageResult, RedirectResult, WrittenResult } from './results';

/**
 * Turns what a route returns into an answer: a page, a redirection, a file; anything else is JSON.
 * A hook of Fastify's: an interceptor of Nest's would take every answer through three Observables.
 */
export function giveAnswers(fastify: FastifyInstance, renderer: PageRenderer): void {
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (request.method === 'GET' && request.guildhall?.ctx.actor.kind === 'officer' && !isForProgram(request)) renderer.begin(request);
    done();
  });
  // A promise only where there is something to wait for: any other answer is on its way when this returns, and nobody need listen for its end.
  fastify.addHook('preSerialization', (request, reply, result: unknown, done): Promise<unknown> | undefined => {
    if (request.guildhall && result instanceof PageResult) return pageOf(request, reply, result, renderer);
    done(null, request.guildhall ? answerOf(reply, result) : result);
    return undefined;
  });
}

function pageOf(request: FastifyRequest, reply: FastifyReply, { view, data, options }: PageResult, renderer: PageRenderer): Promise<string> {
  void reply.status(options.status ?? 200).headers(options.headers ?? {}).serializer(asItIs);
  return renderer.show(request, view, data, options.gotAt);
}

function answerOf(reply: FastifyReply, result: unknown): unknown {
  if (result instanceof JsonResult) {
    void reply.status(result.status);
    return result.body ?? null;
  }
  if (result instanceof RedirectResult) {
    void reply.status(result.status).header('location', result.url).type('text/plain; charset=utf-8').serializer(asItIs);
    return '';
  }
  if (result instanceof WrittenResult) {
    void reply.status(result.options.status ?? 200).headers(result.options.headers).serializer(asItIs);
    return result.body;
  }
  if (result instanceof DownloadResult) {
    const { filename, type, isInline, headers } = result.options;
    void reply.headers({ 'content-type': type, 'content-disposition': dispositionOf(filename, isInline ?? false), 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", ...headers }).serializer(asItIs);
    return result.body instanceof Uint8Array ? Buffer.from(result.body.buffer, result.body.byteOffset, result.body.byteLength) : result.body;
  }
  return result;
}

function asItIs(body: unknown): string {
  return body as string;
}

/** RFC 6266: an ASCII name for old programs, the real one in UTF-8 beside it. */
function dispositionOf(filename: string, isInline: boolean): string {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `${isInline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
