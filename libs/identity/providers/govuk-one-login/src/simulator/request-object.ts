import { keysOf } from './client-assertion';
import type { SimulatedClient } from './simulated-client';

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
/** What stands outside the signed request too, and must be the same there (RFC 9101, 5). */
const OUTSIDE = ['response_type', 'scope', 'client_id'];

/** The parameters of an authorization request: those in its signed request object, where it has one. A text says why it cannot be used. */
export async function parametersOf(query: URLSearchParams, { clients, audience, now }: { readonly clients: ReadonlyMap<string, SimulatedClient>; readonly audience: string; readonly now: Date }): Promise<URLSearchParams | string> {
  const token = query.get('request');
  if (token === null) return query;
  const client = clients.get(query.get('client_id') ?? '');
  if (!client) return 'client_id is not registered';
  if ([...query.keys()].some((name) => name !== 'request' && !OUTSIDE.includes(name))) return 'only response_type, scope and client_id may stand outside the request object';
  const { jwtVerify } = await import('jose');
  try {
    const { payload } = await jwtVerify(token, await keysOf(client), { algorithms: ALGORITHMS, audience, issuer: client.clientId, currentDate: now });
    // A subject would make it an assertion by which somebody could pass for the client (RFC 9101, 10.8).
    if (payload.sub !== undefined) return 'the request object has a subject';
    if (OUTSIDE.some((name) => query.get(name) !== payload[name])) return 'what stands outside the request object differs from what stands in it';
    return new URLSearchParams(Object.entries(payload).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
  } catch {
    return 'the request object does not verify';
  }
}
