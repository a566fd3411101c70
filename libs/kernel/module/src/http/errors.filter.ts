import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isGuildhallError, type FieldError, type Log } from '@guildhall/kernel-contract';
import { LOG, originOf } from '../working/log';
import { installedCouncilOf } from '../assembling/installed-council';
import { ERROR_FORMAT } from './error-format';
import { StaleForm } from './form-token';
import { isForProgram } from './front-door';
import { PageRenderer } from './page-renderer';
import type { GuildhallRequest } from './request';

interface Problem { readonly status: number; readonly code: string; readonly detail?: string; readonly fields: readonly FieldError[]; readonly retryAfterInSeconds?: number }

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not right', 401: 'Sign in first', 403: 'Not allowed', 404: 'Not found', 405: 'Not a method of this address', 409: 'Somebody was there before', 411: 'Without its length', 413: 'Too large', 415: 'Not a kind of content that is understood', 421: 'Not a council served here', 429: 'Too many requests', 500: 'Something went wrong', 503: 'Not available at the moment',
};

/** One answer for every error: RFC 9457 for programs, a page for people. Whatever is unknown is a 500 that says nothing of the inside. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(LOG) private readonly log: Log) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<GuildhallRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = problemOf(error);
    const correlationId = request.guildhall?.ctx.correlationId;
    if (problem.status >= 500) {
      const { name, code } = error as Error & { code?: string };
      this.log.error('request.failed', { correlationId, route: request.routeOptions?.url, status: problem.status, error: code ?? name, at: originOf(error, 3) });
    }
    if (problem.retryAfterInSeconds) void reply.header('retry-after', String(problem.retryAfterInSeconds));
    const format = request.guildhall && installedCouncilOf(request.guildhall.ctx).extensions(ERROR_FORMAT).find(({ path }) => request.url.startsWith(path));
    if (format) {
      const { status, contentType, body } = format.write(problem, request.url);
      void reply.status(status).header('content-type', contentType).send(Buffer.from(body));
      return;
    }
    if (problem.status === 401 && request.guildhall && !isForProgram(request) && (request.method === 'GET' || request.method === 'HEAD')) {
      const signIn = request.url.startsWith('/desk') ? '/desk/sign-in' : '/sign-in';
      void reply.status(303).header('location', `${signIn}?next=${encodeURIComponent(request.url)}`).send('');
      return;
    }
    // Where no module has a page at the desk's own address, the sign-in knows where each officer begins.
    if (problem.status === 404 && request.guildhall && !isForProgram(request) && request.method === 'GET' && request.url.split('?')[0] === '/desk') {
      void reply.status(303).header('location', '/desk/sign-in').send('');
      return;
    }
    if (!request.guildhall || isForProgram(request)) {
      void reply.status(problem.status).header('content-type', 'application/problem+json').send(Buffer.from(JSON.stringify({
        type: `https://guildhall.example/problems/${problem.code}`, title: TITLES[problem.status] ?? 'Error', status: problem.status, code: problem.code, ...(problem.detail ? { detail: problem.detail } : {}), ...(correlationId ? { instance: `urn:uuid:${correlationId}` } : {}),
        ...(problem.fields.length ? { errors: problem.fields } : {}),
      })));
      return;
    }
    const html = await this.renderer.showError(request, problem.status, problem.code).catch((failure: unknown) => {
      this.log.error('error-page.failed', { correlationId, error: (failure as Error).name });
      void reply.type('text/plain; charset=utf-8');
      return `${problem.status}\n${correlationId}\n`;
    });
    void reply.status(problem.status).send(html);
  }
}

function problemOf(error: unknown): Problem {
  if (isGuildhallError(error)) return { status: error.status, code: error.code, detail: error.message, fields: error.fields, retryAfterInSeconds: (error as { retryAfterInSeconds?: number }).retryAfterInSeconds };
  if (error instanceof StaleForm) return { status: 403, code: 'stale-form', detail: 'The form is out of date. Load the page again.', fields: [] };
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return { status, code: status === 404 ? 'not-found' : status === 413 ? 'too-large' : `http-${status}`, fields: [] };
  }
  const { statusCode, code, retryAfterInSeconds } = (error ?? {}) as { statusCode?: number; code?: string; retryAfterInSeconds?: number };
  if (statusCode && statusCode >= 400 && statusCode < 500) return { status: statusCode, code: statusCode === 429 ? 'too-many-requests' : (code ?? `http-${statusCode}`).toLowerCase().replaceAll('_', '-'), fields: [], retryAfterInSeconds };
  return { status: 500, code: 'fault', fields: [] };
}
