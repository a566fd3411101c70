import type { Readable } from 'node:stream';

/** How a page is shown. @public */
export interface PageOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The address by which the page is got, where a form that has one of its own only shows it again: the language switch leads there. */
  readonly gotAt?: string;
}

/** A page to be rendered. @public */
export class PageResult {
  constructor(readonly view: string, readonly data: object, readonly options: PageOptions) {}
}
/** Another place to go: 303 (RFC 9110, 15.4.4), so that a reload sends nothing twice. @public */
export class RedirectResult {
  constructor(readonly url: string, readonly status: 302 | 303) {}
}
/** Bytes to keep or to show. @public */
export class DownloadResult {
  constructor(readonly body: Buffer | Uint8Array | Readable, readonly options: { readonly filename: string; readonly type: string; readonly isInline?: boolean; readonly headers?: Readonly<Record<string, string>> }) {}
}

/** JSON with a status of its own. @public */
export class JsonResult {
  constructor(readonly body: unknown, readonly status: number) {}
}
/** Answers a program: an Outcome that is a refusal goes with 422, any other body with the status given. @public */
export function json(body: unknown, status?: number): JsonResult {
  const isRefused = typeof body === 'object' && body !== null && (body as { ok?: unknown }).ok === false;
  return new JsonResult(body, isRefused ? 422 : (status ?? 200));
}

/** Shows a page: `page('payments/receipt', { payment })`. @public */
export function page(view: string, data: object = {}, options: PageOptions = {}): PageResult {
  return new PageResult(view, data, options);
}
/** Goes elsewhere after a form. @public */
export function redirect(url: string, status: 302 | 303 = 303): RedirectResult {
  return new RedirectResult(url, status);
}
/** Sends a file: as an attachment unless it is inline. @public */
export function download(body: Buffer | Uint8Array | Readable, options: DownloadResult['options']): DownloadResult {
  return new DownloadResult(body, options);
}

/** A text that is sent as it is, byte by byte: of a signed answer, or in a format of its own. @public */
export class WrittenResult {
  constructor(readonly body: string, readonly options: { readonly status?: number; readonly headers: Readonly<Record<string, string>> }) {}
}
/** Sends a text as it was written; its content type is among the headers. @public */
export function written(body: string, options: WrittenResult['options']): WrittenResult {
  return new WrittenResult(body, options);
}
