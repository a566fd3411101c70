import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { PageRenderer } from './page-renderer';
import type { GuildhallRequest } from './request';
import { DownloadResult, JsonResult, PageResult, RedirectResult } from './results';

/** Turns what a route returns into an answer: a page, a redirection, a file; anything else is JSON. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      mergeMap(async (result: unknown) => {
        const request = execution.switchToHttp().getRequest<GuildhallRequest>();
        if (!request.guildhall) return result;
        const { reply } = request.guildhall;
        if (result instanceof PageResult) {
          void reply.status(result.options.status ?? 200).headers(result.options.headers ?? {});
          return this.renderer.show(request, result.view, result.data);
        }
        if (result instanceof JsonResult) {
          void reply.status(result.status);
          return result.body;
        }
        if (result instanceof RedirectResult) {
          void reply.status(result.status).header('location', result.url);
          return '';
        }
        if (result instanceof DownloadResult) {
          const { filename, type, isInline, headers } = result.options;
          void reply.headers({ 'content-type': type, 'content-disposition': dispositionOf(filename, isInline ?? false), 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", ...headers });
          return result.body;
        }
        return result;
      }),
    );
  }
}

/** RFC 6266: an ASCII name for old programs, the real one in UTF-8 beside it. */
function dispositionOf(filename: string, isInline: boolean): string {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `${isInline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
