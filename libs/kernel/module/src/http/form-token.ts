import CSRF from '@fastify/csrf';
import type { FastifyReply } from 'fastify';
import type { GuildhallRequest } from './request';

const FORM_COOKIE = '__Host-form';
const tokens = new CSRF({});

/** A form that was not made by us, or has lain too long: nothing was done. */
export class StaleForm extends Error {
  readonly statusCode = 403;
  constructor() {
    super('This form is out of date.');
  }
}

/** The token for a page's forms; the first one sets the cookie that it belongs to. */
export function formToken(request: GuildhallRequest, reply: FastifyReply): string {
  let secret = request.cookies[FORM_COOKIE];
  if (!secret) {
    secret = tokens.secretSync();
    request.cookies[FORM_COOKIE] = secret;
    void reply.setCookie(FORM_COOKIE, secret, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
  }
  return tokens.create(secret);
}

/** Refuses a form that another site sent, where the browser says it. @throws StaleForm */
export function refuseForeignSite(request: GuildhallRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new StaleForm();
}

/** Refuses a form without the token of a page of ours. @throws StaleForm */
export function refuseWithoutToken(request: GuildhallRequest): void {
  const secret = request.cookies[FORM_COOKIE];
  const { _csrf: field } = (request.body ?? {}) as { _csrf?: unknown };
  const header = request.headers['x-csrf-token'];
  const token = typeof field === 'string' ? field : typeof header === 'string' ? header : undefined;
  if (!secret || !token || !tokens.verify(secret, token)) throw new StaleForm();
}
