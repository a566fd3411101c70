import { OUTBOUND } from '@guildhall/kernel';
import type { Outbound, OutboundResponse } from '@guildhall/kernel-contract';
import { signAnswer, type SignedFor } from '@guildhall/sharing-contract';
import { OwnNode } from '../src/node/own-node';
import type { TwoBodies } from './two-bodies';

const TAGS: Readonly<Record<string, SignedFor>> = { exchange: 'guildhall-exchange', choices: 'guildhall-choice', links: 'guildhall-link' };

/**
 * From now on the holder answers as one of the version before scopes: what it does not know it refuses, signed; that it may be asked how a choice stands it has not heard.
 * @returns what was sent to it, by its path
 */
export function holderIsOlder({ app, clock, holder, bodies }: TwoBodies): readonly { readonly path: string; readonly content: unknown }[] {
  const outbound = app.get<Outbound>(OUTBOUND);
  const fetch = outbound.fetch.bind(outbound);
  const sent: { readonly path: string; readonly content: unknown }[] = [];
  jest.spyOn(outbound, 'fetch').mockImplementation(async (url, request = {}) => {
    if (!url.startsWith(`${bodies.holder.endpoint}/`)) return fetch(url, request);
    const [path, body] = [url.slice(bodies.holder.endpoint.length + 1), String(request.body)];
    const content = JSON.parse(body) as { readonly scope?: unknown; readonly because?: unknown; readonly kind?: unknown; readonly choice?: { readonly scope?: unknown } | null };
    sent.push({ path, content });
    if (path === 'choices/standing') return responseOf({ status: 404, fields: {}, body: '{}' });
    const isUnknown = path === 'links' ? content.kind === 'end' && content.because !== undefined : (path === 'exchange' ? content.choice?.scope : content.scope) !== undefined;
    const tag = TAGS[path];
    if (!isUnknown || !tag) return fetch(url, request);
    return responseOf(signAnswer({ status: 400, body: '{"status":400}', contentType: 'application/problem+json' }, { method: 'POST', targetUri: url, fields: request.headers ?? {} }, app.get(OwnNode).signer(holder), { tag, created: clock.now() }));
  });
  return sent;
}

function responseOf({ status, fields, body }: { readonly status: number; readonly fields: object; readonly body: string }): OutboundResponse {
  return { status, headers: fields as OutboundResponse['headers'], text: () => body, json: () => JSON.parse(body) as unknown, bytes: () => Buffer.from(body) };
}
