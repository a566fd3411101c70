import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import * as pg from 'pg';
import type { Clock, CouncilConfig, CouncilDefinition, Ids, Installation, Log, OfficerId, PersonId, RequestContext, Theme } from '@guildhall/kernel-contract';
import { CLOCK, defineCouncil } from '@guildhall/kernel-contract';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { installCouncils, type Councils } from '../assembling/installed-council';
import { migrate } from '../data/migrate';
import { schemaParts, type ProcessOptions } from '../guildhall.module';
import { Sessions } from '../http/sessions';
import type { GuildhallRequest } from '../http/request';
import { startCompanions, type Companions } from '../running/companions';
import { createApp } from '../running/run-council';
import { seedCouncils } from '../running/seed';
import { HttpOutbound } from '../working/outbound';
import { FAILED_QUEUE, WORK_QUEUE, Worker } from '../working/worker';
import { contextOfJob, systemPermissions } from '../working/work-plan';

/** A log that keeps its lines, for tests to read. @public */
export class KeptLog implements Log {
  readonly lines: { level: string; event: string; ids?: object }[] = [];
  info(event: string, ids?: object): void { this.lines.push({ level: 'info', event, ids }); }
  warn(event: string, ids?: object): void { this.lines.push({ level: 'warn', event, ids }); }
  error(event: string, ids?: object): void { this.lines.push({ level: 'error', event, ids }); }
}

/** What came back over HTTP, with the cookies kept by the visitor. @public */
export interface Answer { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string; json<Body = unknown>(): Body }

/** What a visitor may send besides the path. @public */
export interface Sent { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly json?: unknown; readonly form?: Readonly<Record<string, string | readonly string[]>>; readonly body?: Buffer | string }

/**
 * Somebody with a browser but no JavaScript: keeps cookies, takes the token from the last page, follows what it is told to.
 * @public
 */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  #token: string | undefined;
  constructor(private readonly port: number, private readonly host: string) {}

  /** Sends one request and returns the answer as it is: a redirection is not followed. */
  async request(path: string, sent: Sent = {}): Promise<Answer> {
    const headers: Record<string, string> = { host: `${this.host}:${this.port}`, accept: 'text/html', ...sent.headers };
    if (this.#cookies.size) headers['cookie'] = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    let body = sent.body;
    if (sent.json !== undefined) {
      body = JSON.stringify(sent.json);
      headers['content-type'] = 'application/json';
      headers['accept'] = 'application/json';
    } else if (sent.form) {
      const fields = new URLSearchParams();
      if (this.#token && !('_csrf' in sent.form)) fields.set('_csrf', this.#token);
      for (const [name, value] of Object.entries(sent.form)) for (const item of [value].flat()) fields.append(name, item as string);
      body = fields.toString();
      headers['content-type'] = 'application/x-www-form-urlencoded';
    }
    if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
    const answer = await new Promise<Answer>((resolve, reject) => {
      const call = httpRequest({ host: '127.0.0.1', port: this.port, path, method: sent.method ?? (body === undefined ? 'GET' : 'POST'), headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          for (const cookie of response.headers['set-cookie'] ?? []) this.keep(cookie);
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])), text, json: <Body>() => JSON.parse(text) as Body });
        });
      });
      call.on('error', reject);
      call.end(body);
    });
    this.#token = /name="_csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? this.#token;
    return answer;
  }

  /** Gets a page, following redirections within the council's site. */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer & { readonly path: string }> {
    return this.follow(path, await this.request(path, { headers }));
  }

  /** Sends a form with the token of the page last seen, and follows where it leads. */
  async post(path: string, form: Readonly<Record<string, string | readonly string[]>>): Promise<Answer & { readonly path: string }> {
    return this.follow(path, await this.request(path, { form }));
  }

  /** The cookies kept so far: give them to a browser's context, and it is the same visitor. */
  get cookies(): readonly { readonly name: string; readonly value: string; readonly domain: string; readonly path: string; readonly secure: true; readonly httpOnly: true; readonly sameSite: 'Lax' }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value, domain: this.host, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }));
  }

  /** The token of the last page with a form: scripts of the site's own send it as `x-csrf-token`. */
  get formToken(): string | undefined { return this.#token; }

  /** Sets a cookie, such as that of a session made without signing in. */
  set(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** Takes every cookie along to another site, as no browser would: for proving that they open nothing there. */
  takeCookiesTo(other: Visitor): Visitor {
    for (const [name, value] of this.#cookies) other.set(name, value);
    return other;
  }

  private async follow(path: string, first: Answer): Promise<Answer & { readonly path: string }> {
    let answer = first;
    let at = path;
    for (let hops = 0; hops < 10 && answer.status >= 300 && answer.status < 400; hops++) {
      const target = new URL(answer.headers['location'] ?? '', `http://${this.host}:${this.port}${at}`);
      if (target.hostname !== this.host || Number(target.port || 80) !== this.port) return { ...answer, path: target.href };
      at = `${target.pathname}${target.search}`;
      answer = await this.request(at);
    }
    return { ...answer, path: at };
  }

  private keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(at + 1));
  }
}

/** An app that runs for a test, on a database of its own. @public */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly councils: Councils;
  readonly port: number;
  readonly log: KeptLog;
  readonly database: TestDatabase;
  /** Where keys, sandboxes and local files are kept. */
  readonly dataFolder: string;
  readonly companions: Companions;
  /** The superuser's connection, for looking at everything. */
  readonly owner: pg.Pool;
  origin(slug?: string): string;
  visitor(slug?: string): Visitor;
  /** A context of the council's: nobody's, unless an actor is given. */
  context(slug?: string, changes?: Partial<RequestContext>): RequestContext;
  /** A job's context with every permission. */
  systemContext(slug?: string): RequestContext;
  /** A visitor who is already signed in as this resident (whose person the test has made). */
  residentVisitor(personId: string, slug?: string): Promise<Visitor>;
  /** A visitor who is already signed in as an officer with these roles. */
  officerVisitor(officer: { readonly officerId: string; readonly name?: string; readonly roles: readonly string[]; readonly teams?: readonly string[] }, slug?: string): Promise<Visitor>;
  get<Type>(type: (abstract new (...args: never[]) => Type) | { prototype: Type } | symbol | string): Type;
  /** Puts work of a kind (`do:…` or `on:…`) into a council's line, due now by the app's clock, as if something had asked for it. */
  queueJob(kind: string, data?: object, slug?: string): Promise<void>;
  /** Runs all work that is due, here and now. Returns how many jobs were done. */
  drainJobs(): Promise<number>;
  /** The permissions of a council's officer with these roles. */
  permissionsOf(roles: readonly string[], slug?: string): ReadonlySet<string>;
  close(): Promise<void>;
}

/** @public */
export interface TestAppOptions extends Partial<Omit<ProcessOptions, 'databaseUrl' | 'log'>> {
  readonly councils: readonly CouncilDefinition[];
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Runs the far ends of sandboxes too. */
  readonly withCompanions?: boolean;
  readonly seed?: boolean;
  /** A database that the test has made and drops itself. */
  readonly database?: TestDatabase;
}

/** Starts councils on a fresh, migrated database and a free port. @public */
export async function startTestApp(options: TestAppOptions): Promise<TestApp> {
  const port = options.port ?? (await freePort());
  const settings = options.settings ?? {};
  const councils = installCouncils(options.councils, settings, { port, isDevelopment: options.isDevelopment ?? true });
  const parts = schemaParts(councils);
  const log = new KeptLog();
  const prepare = async ({ url, appUrl }: { url: string; appUrl: string }): Promise<void> => void (await migrate({ migrateUrl: url, appUrl, parts, log, queues: [FAILED_QUEUE, WORK_QUEUE] }));
  const database = options.database ?? (await startTestDatabase({ template: { key: JSON.stringify(parts), prepare } }));
  if (options.database) await prepare(options.database);
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'data-')));
  const outbound = new HttpOutbound();
  const companions = options.withCompanions ? await startCompanions(councils, { firstPort: await freePorts(16), dataFolder, outbound, log, key: settings['GUILDHALL_KEY'] }) : { origins: {}, running: [], stop: () => Promise.resolve() };
  const app = await createApp(councils, { isDevelopment: true, poolSize: 6, limits: { requestsPerMinute: 100_000, ...options.limits }, companionOrigins: companions.origins, ...options, settings, dataFolder, log, port, databaseUrl: database.appUrl });
  try {
    await app.init();
    await app.listen({ port, host: '127.0.0.1' });
  } catch (error) {
    // An app that refuses to start is what some tests are about: nothing of it stays.
    await app.close();
    await companions.stop();
    outbound.close();
    if (!options.database) await database.drop();
    if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
    throw error;
  }
  if (options.seed) await seedCouncils(app, councils);
  const owner = new pg.Pool({ connectionString: database.url, max: 3 });
  owner.on('error', () => undefined);
  const councilOf = (slug?: string): Councils['all'][number] => {
    const found = slug ? councils.all.find((council) => council.slug === slug) : councils.all[0];
    if (!found) throw new Error(`No council ${slug} in this test.`);
    return found;
  };
  const hostOf = (slug?: string): string => (councilOf(slug) === councils.all[0] ? 'localhost' : `${slug}.localhost`);
  const context = (slug?: string, changes: Partial<RequestContext> = {}): RequestContext => Object.freeze({ council: councilOf(slug).council, actor: { kind: 'nobody' as const }, correlationId: 'test', language: councilOf(slug).council.languages[0], channel: 'web' as const, ...changes });
  const signedIn = async (slug: string | undefined, signIn: (sessions: Sessions, request: GuildhallRequest) => Promise<RequestContext>): Promise<Visitor> => {
    const visitor = new Visitor(port, hostOf(slug));
    const reply = { setCookie: (name: string, value: string) => visitor.set(name, value), clearCookie: () => undefined };
    await signIn(app.get(Sessions), { headers: { 'user-agent': 'test' }, guildhall: { ctx: context(slug), reply, startedAt: 0n } } as unknown as GuildhallRequest);
    return visitor;
  };
  return {
    app, councils, port, log, database, dataFolder, companions, owner,
    origin: (slug) => `http://${hostOf(slug)}:${port}`,
    visitor: (slug) => new Visitor(port, hostOf(slug)),
    context,
    systemContext: (slug) => contextOfJob(councilOf(slug).council, 'test', systemPermissions(councilOf(slug).installations.values()), { correlationId: 'test', language: councilOf(slug).council.languages[0] }),
    residentVisitor: (personId, slug) => signedIn(slug, (sessions, request) => sessions.signInResident(request, { personId: personId as PersonId, confidence: 'low' })),
    officerVisitor: (officer, slug) => signedIn(slug, (sessions, request) => sessions.signInOfficer(request, { officerId: officer.officerId as OfficerId, name: officer.name ?? 'Sam Officer', roles: officer.roles, teams: officer.teams ?? [] })),
    get: <Type>(type: (abstract new (...args: never[]) => Type) | { prototype: Type } | symbol | string) => app.get<Type>(type as never, { strict: false }),
    queueJob: async (kind, data = { data: {} }, slug = undefined) => void (await owner.query('insert into kernel.waiting_job (council_id, job_id, kind, data, run_at) values ($1, gen_random_uuid(), $2, $3, $4)', [councilOf(slug).council.id, kind, JSON.stringify({ ...data, correlationId: 'test', language: 'en' }), app.get<Clock>(CLOCK, { strict: false }).now()])),
    drainJobs: () => app.get(Worker).drain(),
    permissionsOf: (roles, slug) => councilOf(slug).permissionsOf(roles),
    close: async () => {
      await app.get(Worker).stop();
      await app.close();
      await companions.stop();
      outbound.close();
      await owner.end();
      if (!options.database) await database.drop();
      if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A plain look, for tests that do not look. @public */
export const testTheme: Theme = { id: 'plain', brand: '#00513f', brandDark: '#003d30', ground: '#f4f4f2', link: '#00513f', fontStack: 'Arial, sans-serif', emblemSvg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>', faviconSvg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>' };

/** An invented council with these modules. Each number makes another one. @public */
export function testCouncilDefinition(slug: string, number: number, modules: readonly Installation[], changes: Omit<Partial<CouncilConfig>, 'council'> & { council?: Partial<CouncilConfig['council']> } = {}): CouncilDefinition {
  return defineCouncil(slug, ({ env }) => ({
    theme: testTheme, modules, ...changes,
    council: {
      id: `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`, gssCode: 'E07000998', name: { en: `${slug} Borough Council`, cy: `Cyngor Bwrdeistref ${slug}` }, languages: ['en', 'cy'], nation: 'england', origin: env.origin(),
      referencePrefix: slug.slice(0, 2).toUpperCase(), contact: { telephone: '01632 960000', email: `help@${slug}.example`, address: `Town Hall, ${slug} ZZ99 1AA` }, ...changes.council,
    },
  }));
}

/** The first of as many free ports in a row, below those that systems give out by themselves. */
async function freePorts(count: number): Promise<number> {
  const { createServer } = await import('node:net');
  const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  for (let tries = 0; tries < 50; tries++) {
    const first = 15_000 + Math.floor(Math.random() * 16_000);
    const free = await Promise.all(Array.from({ length: count }, (_one, at) => isFree(first + at)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`There are no ${count} free ports in a row on this machine.`);
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

