import type { RouteEntry } from '../http/route-table';
import { RouteTable } from '../http/route-table';
import type { Answer, TestApp, Visitor } from './start-test-app';

/** One route, as those who walk it need to know it. @public */
export type WalkedRoute = RouteEntry;

/** Somebody who tries a door. @public */
export interface Stranger {
  readonly name: string;
  readonly visitor: Visitor;
  /** Sent with every request: a machine's credential, say. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether this door is rightly open to them: then it is not tried. A door to somebody's own thing is open to nobody else, whatever the route says of who may call it. */
  mayUse(route: WalkedRoute): boolean;
}

/** One door that opened, or broke, for somebody it should not; or that was shut to its owner. @public */
export interface OpenDoor { readonly route: string; readonly stranger: string; readonly status: number; readonly why: string }

/** @public */
export interface WalkOptions {
  /** Values for a route's parameters, by `<method> <path> <name>`, `<path> <name>` or `<name>`: real ids of somebody's things, so that refusal is tried where there is something to refuse. */
  readonly examples?: Readonly<Record<string, string>>;
  /** What is sent, by `<method> <path>`: something that would be taken from whoever may. Nothing unless told. */
  readonly bodies?: Readonly<Record<string, object>>;
  readonly strangers: readonly Stranger[];
  /** Those whose things the examples are: doors that they may use must open to them, or the walk proves nothing. Only reading is tried. */
  readonly owners?: readonly Stranger[];
  /** Answers that give nothing away, besides a refusal: an empty list. */
  readonly isNothing?: (route: string, answer: Answer) => boolean;
}

/**
 * Tries every route of the running councils as every stranger and returns the doors that were not shut: anything but a refusal (401, 403, 404, a way to the sign-in page),
 * and any fault (500). Forms are sent with their token: that something has no token is no refusal of who sends it.
 * @public
 */
export async function walkRoutes(app: TestApp, options: WalkOptions): Promise<{ readonly tried: number; readonly open: readonly OpenDoor[]; readonly shut: readonly OpenDoor[] }> {
  const { strangers, owners = [], isNothing } = options;
  const open: OpenDoor[] = [];
  const shut: OpenDoor[] = [];
  let tried = 0;
  // A page with a form gives everybody the token that belongs to their cookie, signed in or not.
  for (const { visitor } of [...strangers, ...owners]) for (const path of ['/sign-in', '/sign-out']) await visitor.get(path);
  for (const route of app.get(RouteTable).routes) {
    const name = `${route.method} ${route.path}`;
    for (const stranger of strangers) {
      if (stranger.mayUse(route)) continue;
      const answer = await tryDoor(route, stranger, options);
      tried++;
      const why = wayIn(answer);
      if (why !== undefined && !isNothing?.(name, answer)) open.push({ route: name, stranger: stranger.name, status: answer.status, why });
    }
    for (const owner of owners) {
      if (route.method !== 'GET' || !owner.mayUse(route)) continue;
      const answer = await tryDoor(route, owner, options);
      tried++;
      if (answer.status >= 500 || wayIn(answer) === undefined) shut.push({ route: name, stranger: owner.name, status: answer.status, why: 'it is shut to its owner' });
    }
  }
  return { tried, open, shut };
}

async function tryDoor(route: WalkedRoute, { visitor, headers }: Stranger, { examples = {}, bodies = {} }: WalkOptions): Promise<Answer> {
  const method = route.method === 'ALL' ? 'GET' : route.method;
  const path = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(examples[`${method} ${route.path} ${name}`] ?? examples[`${route.path} ${name}`] ?? examples[name] ?? '01990000-0000-7000-8000-00000000dead')).replace(/\*$/, '');
  if (method === 'GET') return visitor.request(path, { ...(headers && { headers }) });
  const body = bodies[`${method} ${route.path}`] ?? {};
  // As a program would be answered: with a code that tells one refusal from another.
  const sent = { method, headers: { 'idempotency-key': 'walked-in-from-outside', ...headers, accept: 'application/json', ...(visitor.formToken && { 'x-csrf-token': visitor.formToken }) } };
  return visitor.request(path, path.startsWith('/api/') ? { ...sent, json: body } : { ...sent, form: body as Readonly<Record<string, string>> });
}

/** How the door is open; undefined when it is shut. */
function wayIn({ status, headers, text }: Answer): string | undefined {
  if (status === 403 && text.includes('"stale-form"')) return 'only the form’s token was refused, not who sent it';
  if (status === 401 || status === 403 || status === 404) return undefined;
  if (status === 303 && /^\/(desk\/)?sign-in(\?next=|$)/.test(headers['location'] ?? '')) return undefined;
  return status >= 500 ? 'it broke' : `it opened${headers['location'] ? ` and led to ${headers['location'].replace(/[0-9a-f-]{36}/g, '…')}` : ''}`;
}
