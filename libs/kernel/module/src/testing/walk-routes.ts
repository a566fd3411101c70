import type { RouteEntry } from '../http/route-table';
import { RouteTable } from '../http/route-table';
import type { TestApp, Visitor } from './start-test-app';

/** Somebody who tries a door that is not theirs. */
export interface Stranger { readonly name: string; readonly visitor: Visitor; mayUse(route: RouteEntry): boolean }

/** One door that opened, or broke, for somebody it should not. @public */
export interface OpenDoor { readonly route: string; readonly stranger: string; readonly status: number }

/** @public */
export interface WalkOptions {
  /** Values for a route's parameters, by `<path> <name>` or `<name>`: real ids of somebody else's things, so that refusal is tried where there is something to refuse. */
  readonly examples?: Readonly<Record<string, string>>;
  readonly strangers: readonly Stranger[];
}

/**
 * Tries every route of the running councils as every stranger and returns the doors that were not shut: anything but a refusal (401, 403, 404, a way to the sign-in page),
 * and any fault (500). Forms are sent without their token on purpose as well as with it: the permission is checked first.
 * @public
 */
export async function walkRoutes(app: TestApp, options: WalkOptions): Promise<{ readonly tried: number; readonly open: readonly OpenDoor[] }> {
  const open: OpenDoor[] = [];
  let tried = 0;
  for (const route of app.get(RouteTable).routes) {
    for (const stranger of options.strangers) {
      if (stranger.mayUse(route)) continue;
      const path = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(options.examples?.[`${route.path} ${name}`] ?? options.examples?.[name] ?? '01990000-0000-7000-8000-00000000dead'));
      const method = route.method === 'ALL' ? 'GET' : route.method;
      const answer = await stranger.visitor.request(path.replace(/\*$/, ''), method === 'GET' ? {} : path.startsWith('/api/') ? { method, json: {} } : { method, form: {} });
      tried++;
      if (!isRefusal(answer.status, answer.headers['location'])) open.push({ route: `${method} ${route.path}`, stranger: stranger.name, status: answer.status });
    }
  }
  return { tried, open };
}

function isRefusal(status: number, location: string | undefined): boolean {
  return status === 401 || status === 403 || status === 404 || (status === 303 && /^\/(desk\/)?sign-in\?next=/.test(location ?? ''));
}
