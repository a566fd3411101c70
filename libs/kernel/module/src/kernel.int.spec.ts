import type { Server } from 'node:http';
import CSRF from '@fastify/csrf';
import { Body, Controller, Get, Inject, Injectable, Module, NotFoundException, Param, Post, Req } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import { Conflict, defineEvent, defineJob, definePermission, type Event, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import {
  audit, councilTable, Ctx, Database, defineModule, does, dto, enqueue, entities, form, GuildhallModule, migration, on, once, Public, publish, Requires, sql, TakesFiles, Webhook, ForResidents, type FormBody, type GuildhallRequest,
} from './index';
import { migrate } from './data/migrate';
import { schemaParts } from './guildhall.module';
import { KeepHouse } from './working/housekeeping';
import { catalogFaults, startTestApp, testCouncilDefinition, type TestApp } from './testing';

const ThingMade = defineEvent<{ thingId: string }>('things.made');
const Polish = defineJob<{ thingId: string }>('things.polish');
const Fail = defineJob<{ times: number }>('things.fail');
const MAKE = definePermission('things.make', 'Make things', ['case-officer']);

class MakeThing {
  @IsString() name!: string;
}
@Injectable()
class CountMade {
  constructor(@Inject(Database) private readonly db: Database) {}
  async handle(tx: TransactionContext, event: Event<{ thingId: string }>): Promise<void> {
    await sql(tx, 'update things.thing set seen = seen + 1 where council_id = $1 and thing_id = $2', [tx.council.id, event.data.thingId]);
  }
  async seenOf(ctx: RequestContext, id: string): Promise<number | undefined> {
    return (await this.db.query<{ seen: number }>(ctx, 'select seen from things.thing where council_id = $1 and thing_id = $2', [ctx.council.id, id]))[0]?.seen;
  }
}
@Injectable()
class PolishThing {
  static readonly done: string[] = [];
  run(_ctx: RequestContext, { thingId }: { thingId: string }): Promise<void> {
    PolishThing.done.push(thingId);
    return Promise.resolve();
  }
}
@Injectable()
class FailOften {
  static left = 0;
  run(): Promise<void> {
    return FailOften.left-- > 0 ? Promise.reject(new Error('jo@canary.example is not to be kept')) : Promise.resolve();
  }
}
@Controller()
class ThingsController {
  constructor(@Inject(Database) private readonly db: Database) {}
  @Get('things') @Public() list(@Ctx() ctx: RequestContext): Promise<object[]> {
    return this.db.query(ctx, 'select thing_id as id, name from things.thing order by thing_id limit 100');
  }
  @Post('api/things/v1/things') @Requires(MAKE) make(@Ctx() ctx: RequestContext, @Body(dto(MakeThing)) body: MakeThing): Promise<object> {
    return makeThing(this.db, ctx, body.name);
  }
  @Get('mine') @ForResidents() mine(@Ctx() ctx: RequestContext): object {
    return { actor: ctx.actor.kind };
  }
  @Post('note') @ForResidents() note(): object {
    return {};
  }
  @Post('send') @Public() send(@Body(form()) body: FormBody): object {
    return { took: body['word'] };
  }
  @Post('hook') @Webhook() hook(@Req() request: GuildhallRequest): object {
    return { bytes: request.rawBody?.byteLength, text: request.rawBody?.toString() };
  }
  @Get('language') @Public() language(@Ctx() ctx: RequestContext): object {
    return { language: ctx.language };
  }
  @Post('upload') @Public() @TakesFiles() upload(@Req() request: GuildhallRequest, @Body(form()) body: FormBody): object {
    return { body, files: (request.uploads ?? []).map(({ field, filename, sizeInBytes, isTruncated }) => ({ field, filename, size: sizeInBytes, isTruncated })) };
  }
  @Get('broken') @Public() broken(): never {
    throw new Error('select * from secrets');
  }
  @Get('gone/:id') @Public() gone(@Param('id') id: string): never {
    throw new NotFoundException(id);
  }
}
async function makeThing(db: Database, ctx: RequestContext, name: string): Promise<{ id: string }> {
  return db.run(ctx, async (tx) => {
    const id = crypto.randomUUID();
    await sql(tx, 'insert into things.thing (council_id, thing_id, name) values ($1, $2, $3)', [ctx.council.id, id, name]);
    publish(tx, ThingMade, { thingId: id });
    enqueue(tx, Polish, { thingId: id });
    audit(tx, { action: 'things.make', subject: { type: 'thing', id } });
    return { id };
  });
}
@Module({ controllers: [ThingsController], providers: [CountMade, PolishThing, FailOften] })
class ThingsModule {}
const things = defineModule({
  id: 'things', version: '0.1.0', packageFolder: __dirname, nest: ThingsModule, schema: 'things', permissions: [MAKE], events: [ThingMade],
  migrations: [migration('001-things', `create table things.thing (council_id uuid not null, thing_id uuid not null, name text not null, seen int not null default 0, primary key (council_id, thing_id)); ${councilTable('things.thing')}`)],
  subscribers: [on('things.count', ThingMade, CountMade)], jobs: [does(Polish, PolishThing), does(Fail, FailOften)],
});
const riverbourne = testCouncilDefinition('riverbourne', 1, [things()]);
const glanafon = testCouncilDefinition('glanafon', 2, [things()]);
const bare = testCouncilDefinition('bareham', 3, []);

describe('a council running on PostgreSQL', () => {
  let running: TestApp;
  let db: Database;
  beforeAll(async () => {
    running = await startTestApp({ councils: [riverbourne, glanafon, bare] });
    db = running.get(Database);
  });
  afterAll(() => running.close());

  describe('one door to the data', () => {
    it('shows a council its own rows and nobody else\'s', async () => {
      const { id } = await makeThing(db, running.context('riverbourne'), 'lamp');
      expect(await db.query(running.context('riverbourne'), 'select name from things.thing where thing_id = $1', [id])).toEqual([{ name: 'lamp' }]);
      expect(await db.query(running.context('glanafon'), 'select name from things.thing where thing_id = $1', [id])).toEqual([]);
    });
    it('refuses a row written for another council', async () => {
      await expect(db.query(running.context('glanafon'), 'insert into things.thing (council_id, thing_id, name) values ($1, $2, $3)', [running.context('riverbourne').council.id, crypto.randomUUID(), 'bin'])).rejects.toThrow('row-level security');
    });
    it('is the only one: an outer context, another transaction and a finished tx are refused', async () => {
      const ctx = running.context();
      await expect(db.run(ctx, () => db.query(ctx, 'select 1'))).rejects.toThrow('inside db.run');
      expect(() => entities(ctx as TransactionContext)).toThrow('needs the tx');
      let kept: TransactionContext | undefined;
      await db.run(ctx, async (tx) => { kept = tx; await sql(tx, 'select 1'); });
      await expect(sql(kept as TransactionContext, 'select 1')).rejects.toThrow('transaction is over');
    });
    it('undoes everything when the work fails, and leaves the connection usable', async () => {
      const ctx = running.context();
      const id = crypto.randomUUID();
      await expect(db.run(ctx, async (tx) => {
        await sql(tx, 'insert into things.thing (council_id, thing_id, name) values ($1, $2, $3)', [ctx.council.id, id, 'gone']);
        publish(tx, ThingMade, { thingId: id });
        throw new Conflict('no');
      })).rejects.toThrow('no');
      expect(await db.query(ctx, 'select 1 as there from things.thing where thing_id = $1', [id])).toEqual([]);
      expect((await running.owner.query('select from kernel.event where data->>\'thingId\' = $1', [id])).rowCount).toBe(0);
    });
    it('does not commit when an error inside was swallowed', async () => {
      const ctx = running.context();
      await expect(db.run(ctx, async (tx) => { await sql(tx, 'select 1 / 0').catch(() => undefined); })).rejects.toThrow('rolled back');
    });
    it('says that nothing was changed only when it knows: a connection that dies at the commit leaves it open', async () => {
      const ctx = running.context();
      await running.owner.query(`
        create function things.die() returns void language sql security definer as 'select pg_terminate_backend(pg_backend_pid())';
        create function things.die_at_commit() returns trigger language plpgsql as 'begin perform things.die(); return null; end';
        create constraint trigger dies after insert on things.thing deferrable initially deferred for each row when (new.name = 'dies') execute function things.die_at_commit()`);
      const insert = `insert into things.thing (council_id, thing_id, name) values ($1, gen_random_uuid(), 'dies')`;
      const unchanged = { code: 'unavailable', message: expect.stringContaining('Nothing was changed') as string };
      const unknown = { code: 'unavailable', message: 'The database stopped answering while this was being stored. It is not known whether it was: look before you do it again.' };
      await expect(db.run(ctx, async (tx) => { await sql(tx, insert, [ctx.council.id]); })).rejects.toMatchObject(unknown);
      await expect(db.query(ctx, insert, [ctx.council.id])).rejects.toMatchObject(unknown);
      await expect(db.run(ctx, async (tx) => { await sql(tx, insert, [ctx.council.id]); await sql(tx, 'select things.die()'); })).rejects.toMatchObject(unchanged);
      await expect(db.query(ctx, 'select things.die()')).rejects.toMatchObject(unchanged);
      await running.owner.query('drop trigger dies on things.thing; drop function things.die_at_commit(), things.die()');
    });
    it('keeps to its council and its transaction when the first that it asks cannot even be sent', async () => {
      const ctx = running.context();
      const circle: Record<string, unknown> = {};
      circle['itself'] = circle;
      const seen = await db.run(ctx, async (tx) => {
        await expect(sql(tx, 'select $1::jsonb as facts', [circle])).rejects.toThrow('circular');
        const [first] = await sql<{ id: string; council: string }>(tx, "select pg_current_xact_id()::text as id, current_setting('app.council_id') as council");
        const [second] = await sql<{ id: string }>(tx, 'select pg_current_xact_id()::text as id');
        return { isOne: first?.id === second?.id, council: first?.council };
      });
      expect(seen).toEqual({ isOne: true, council: ctx.council.id });
    });
    it('reads for one caller in one transaction what is asked for at the same moment, and lets no failure take the others with it', async () => {
      const here = running.context('riverbourne');
      const read = (ctx: RequestContext): Promise<{ id: string; council: string }[]> => db.query(ctx, "select pg_current_xact_id()::text as id, current_setting('app.council_id') as council");
      const [[one], [two], [other], [there]] = await Promise.all([read(here), read(here), read(running.context('riverbourne')), read(running.context('glanafon'))]);
      expect(two).toEqual(one);
      expect(other?.id).not.toBe(one?.id);
      expect(there?.council).toBe(running.context('glanafon').council.id);
      const outcomes = await Promise.allSettled([db.query(here, 'select 1 as n'), db.query(here, 'select nothing'), db.query(here, 'select 2 as n')]);
      expect(outcomes).toEqual([{ status: 'fulfilled', value: [{ n: 1 }] }, { status: 'rejected', reason: expect.objectContaining({ code: '42703' }) as unknown }, { status: 'fulfilled', value: [{ n: 2 }] }]);
    });
    it('works with TypeORM\'s manager in the same transaction', async () => {
      const ctx = running.context();
      const count = await db.run(ctx, async (tx) => {
        await sql(tx, 'insert into things.thing (council_id, thing_id, name) values ($1, gen_random_uuid(), $2)', [ctx.council.id, 'orm']);
        return entities(tx).query("select count(*)::int as n from things.thing where name = 'orm'") as Promise<{ n: number }[]>;
      });
      expect(count[0]?.n).toBe(1);
    });
  });

  describe('doing a thing once', () => {
    it('gives a repeated key the stored result, also at the same moment, and refuses it for another request', async () => {
      const ctx = running.context();
      const attempt = (request: unknown): Promise<{ result: string; replayed: boolean }> => db.run(ctx, (tx) => once(tx, { scope: 'test', key: 'k1', request }, () => Promise.resolve(crypto.randomUUID() as string)));
      const outcomes = await Promise.all([attempt({ a: 1, b: 2 }), attempt({ b: 2, a: 1 }), attempt({ a: 1, b: 2 })]);
      expect(new Set(outcomes.map(({ result }) => result)).size).toBe(1);
      expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1);
      await expect(attempt({ a: 2 })).rejects.toMatchObject({ code: 'conflict' });
      await expect(db.run(running.context('glanafon'), (tx) => once(tx, { scope: 'test', key: 'k1', request: { a: 2 } }, () => Promise.resolve(1)))).resolves.toMatchObject({ replayed: false });
    });
  });

  describe('events and jobs', () => {
    it('are written with the change, and an event that comes again has its effect once', async () => {
      const ctx = running.context();
      const { id } = await makeThing(db, ctx, 'bench');
      const { rows } = await running.owner.query('select kind, data from kernel.waiting_job where data::text like $1', [`%${id}%`]);
      expect(rows.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['do:things.polish', 'on:things.count']);
      const again = rows.find(({ kind }: { kind: string }) => kind === 'on:things.count') as { data: object };
      await running.owner.query('insert into kernel.waiting_job (council_id, job_id, kind, data) values ($1, gen_random_uuid(), $2, $3)', [ctx.council.id, 'on:things.count', again.data]);
      await running.drainJobs();
      expect(await running.get(CountMade).seenOf(ctx, id)).toBe(1);
      expect(PolishThing.done).toContain(id);
    });
    it('may be put in by the application and read by the worker alone', async () => {
      await expect(db.query(running.context(), 'select data from kernel.waiting_job')).rejects.toThrow('permission denied');
    });
    it.each([1, 4, 5, 40])('are written whole, also %i of each with one change', async (count) => {
      const ctx = running.context();
      const names = Array.from({ length: count }, (_, at) => `of-${count}-${at}`);
      const rowsOf = async (text: string): Promise<string[]> => (await running.owner.query<{ name: string }>(text, [`of-${count}-%`])).rows.map(({ name }) => name).sort();
      await db.run(ctx, (tx) => {
        for (const name of names) {
          publish(tx, ThingMade, { thingId: name });
          enqueue(tx, Fail, { times: count }, { key: name });
          audit(tx, { action: 'things.made', subject: { type: 'thing', id: name }, ...(count > 4 && { detail: { count } }) });
        }
        return Promise.resolve();
      });
      const all = [...names].sort();
      expect(await rowsOf("select data ->> 'thingId' as name from kernel.event where data ->> 'thingId' like $1")).toEqual(all);
      expect(await rowsOf("select key as name from kernel.waiting_job where key like $1 and data::text like '%\"times\": %'")).toEqual(all);
      expect(await rowsOf('select subject_id as name from kernel.audit where subject_id like $1 and length(hash) = 32 and length(salt) = 16')).toEqual(all);
      await running.owner.query("delete from kernel.waiting_job where key like 'of-%' or data::text like '%of-%'");
    });
    it('keeps one waiting job per key', async () => {
      const ctx = running.context();
      for (let i = 0; i < 3; i++) await db.run(ctx, (tx) => Promise.resolve(enqueue(tx, Polish, { thingId: 'keyed' }, { key: 'one' })));
      const { rows } = await running.owner.query<{ n: number }>("select count(*)::int as n from kernel.waiting_job where key = 'one'");
      expect(rows[0]?.n).toBe(1);
    });
    it('leave what a person wrote out of a failure\'s log', async () => {
      FailOften.left = 1;
      await db.run(running.context(), (tx) => Promise.resolve(enqueue(tx, Fail, { times: 1 })));
      await expect(running.drainJobs()).rejects.toThrow('do:things.fail failed');
      expect(JSON.stringify(running.log.lines)).not.toContain('canary');
    });
  });

  describe('the audit trail', () => {
    it('can be added to and read, and neither changed nor removed', async () => {
      const ctx = running.context();
      await makeThing(db, ctx, 'kept');
      expect((await db.query(ctx, "select action from kernel.audit where action = 'things.make' limit 1"))).toEqual([{ action: 'things.make' }]);
      await expect(db.query(ctx, "update kernel.audit set action = 'x'")).rejects.toThrow('permission denied');
      await expect(db.query(ctx, 'delete from kernel.audit')).rejects.toThrow('permission denied');
    });
  });

  describe('the front door', () => {
    it('knows the council by the host, refuses a host that is nobody\'s, and hides modules that a council has not chosen', async () => {
      expect((await running.visitor('glanafon').request('/things')).status).toBe(200);
      expect((await running.visitor().request('/things', { headers: { host: 'elsewhere.example' } })).status).toBe(421);
      expect((await running.visitor('bareham').request('/things')).status).toBe(404);
    });
    it.each([['a page', '/things'], ['nothing', '/nowhere'], ['health', '/health/live']])('tells browsers with %s what they may not do', async (_what, path) => {
      expect((await running.visitor().request(path)).headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'origin-agent-cluster': '?1', 'referrer-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains', 'x-content-type-options': 'nosniff', 'x-dns-prefetch-control': 'off', 'x-download-options': 'noopen',
        'x-frame-options': 'DENY', 'x-permitted-cross-domain-policies': 'none', 'x-xss-protection': '0',
      });
    });
    it('answers who asks for the head of a page as one who asks for the page, without its body', async () => {
      const [page, head] = [await fetch(`${running.origin()}/things`), await fetch(`${running.origin()}/things`, { method: 'HEAD' })];
      expect([head.status, head.headers.get('content-type'), head.headers.get('content-length')]).toEqual([200, page.headers.get('content-type'), page.headers.get('content-length')]);
      expect([(await page.text()).length > 0, await head.text()]).toEqual([true, '']);
      expect((await fetch(`${running.origin()}/mine`, { method: 'HEAD', redirect: 'manual' })).status).toBe(303);
      expect((await fetch(`${running.origin()}/nowhere`, { method: 'HEAD' })).status).toBe(404);
    });
    it('refuses a form from elsewhere and one without its token, and takes ours', async () => {
      const visitor = running.visitor();
      expect((await visitor.request('/send', { form: { word: 'a' } })).status).toBe(403);
      expect((await visitor.request('/send', { form: { word: 'a' }, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    });
    it('gives a webhook the bytes as they came', async () => {
      const answer = await running.visitor().request('/hook', { body: '{"b":  1}', headers: { 'content-type': 'application/json' } });
      expect(answer.json()).toEqual({ bytes: 9, text: '{"b":  1}' });
    });
    it('answers programs with problem details, and says nothing of the inside of a fault', async () => {
      const broken = await running.visitor().request('/broken', { headers: { accept: 'application/json' } });
      expect([broken.status, broken.headers['content-type']]).toEqual([500, 'application/problem+json']);
      expect(broken.text).not.toContain('secrets');
      expect((await running.visitor().request('/api/things/v1/things', { json: { name: 'x' } })).status).toBe(401);
      expect((await running.visitor().request('/gone/1', { headers: { accept: 'application/json' } })).status).toBe(404);
      expect((await running.visitor().request('/%00', { headers: { accept: 'application/json' } })).status).toBe(400);
      expect((await running.visitor().request('/%E0%A4%A', { headers: { accept: 'application/json' } })).json()).toMatchObject({ status: 404, code: 'not-found' });
    });
    it.each([['/%00', 400], ['/?q=%00', 400], ['/%E0%A4%A', 404], ['/%', 404]])('answers people with a page of the council, however odd the address: %s', async (path, status) => {
      const answer = await running.visitor().request(path);
      expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([status, 'text/html; charset=utf-8', 'private, no-store']);
      expect(answer.text).toContain('<h1');
    });
    it('lets in who holds the permission, and refuses the other role', async () => {
      const officer = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['case-officer'] });
      const adviser = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['adviser'] });
      expect((await adviser.request('/api/things/v1/things', { json: { name: 'x' } })).status).toBe(403);
      // The permission is right and the form's token is missing: a browser's session alone moves nothing.
      expect((await officer.request('/api/things/v1/things', { json: { name: 'x' } })).status).toBe(403);
    });
    it('leads nobody to the sign-in page and back, and keeps one council\'s session out of another', async () => {
      const answer = await running.visitor().request('/mine');
      expect([answer.status, answer.headers['location']]).toEqual([303, '/sign-in?next=%2Fmine']);
      const resident = await running.residentVisitor('01990000-0000-7000-8000-0000000000a1');
      expect((await resident.request('/mine')).json()).toEqual({ actor: 'resident' });
      expect((await resident.request('/mine', { headers: { host: `glanafon.localhost:${running.port}` } })).status).toBe(303);
    });
    it('speaks the language that was chosen, and remembers it', async () => {
      const visitor = running.visitor();
      const spoken = async (path: string): Promise<string> => (await visitor.request(path)).json<{ language: string }>().language;
      expect([await spoken('/language'), await spoken('/language?lang=cy'), await spoken('/language'), await spoken('/language?lang=xx'), await spoken('/language?lang=en'), await spoken('/language')]).toEqual(['en', 'cy', 'cy', 'cy', 'en', 'en']);
    });
    it('takes files with a form, and cuts one that is too large without losing the rest', async () => {
      const part = (name: string, filename: string, content: string): string => `--x\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: image/jpeg\r\n\r\n${content}\r\n`;
      const tokens = new CSRF({});
      const secret = tokens.secretSync();
      const visitor = running.visitor();
      visitor.set('__Host-form', secret);
      const body = `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${tokens.create(secret)}\r\n--x\r\nContent-Disposition: form-data; name="word"\r\n\r\npothole\r\n${part('photo', 'a.jpg', 'abc')}${part('photo', 'big.jpg', 'x'.repeat(13 * 1024 * 1024))}--x--\r\n`;
      const answer = await visitor.request('/upload', { body, headers: { 'content-type': 'multipart/form-data; boundary=x' } });
      expect(answer.json()).toEqual({ body: { _csrf: expect.any(String), word: 'pothole' }, files: [{ field: 'photo', filename: 'a.jpg', size: 3, isTruncated: false }, expect.objectContaining({ filename: 'big.jpg', isTruncated: true })] });
    });
    it('refuses a body over the limit and a content type that nobody understands, with a page for people', async () => {
      const large = await running.visitor().request('/send', { body: `word=${'x'.repeat(2 * 1024 * 1024)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      expect([large.status, large.headers['content-type']]).toEqual([413, 'text/html; charset=utf-8']);
      expect((await running.visitor().request('/send', { body: '<a/>', headers: { 'content-type': 'application/xml' } })).status).toBe(415);
    });
    it.each([
      'text/xml', 'application/xml', 'text/html', 'text/css', 'text/csv', 'text/javascript', 'application/javascript', 'application/octet-stream', 'application/pdf', 'application/zip', 'application/gzip', 'application/x-yaml', 'text/yaml', 'application/soap+xml',
      'application/xhtml+xml', 'application/atom+xml', 'application/gml+xml', 'application/x-msgpack', 'application/cbor', 'application/x-protobuf', 'application/graphql', 'application/x-ndjson', 'application/jwt', 'application/xml-dtd', 'image/png', 'image/svg+xml', 'audio/mpeg', 'video/mp4',
      'font/woff2', 'multipart/mixed; boundary=x', 'multipart/related; boundary=x', 'multipart/alternative; boundary=x', 'message/rfc822', 'application/x-www-form-urlencoded-not', 'application/jsonp', 'json', '*/*', 'x/y/z', ';', 'application/json\u00e9',
    ])('refuses a form, a webhook and a program that call what they send %s', async (type) => {
      const refused = async (path: string): Promise<number> => (await running.visitor().request(path, { body: '{"word":"pothole"}', headers: { 'content-type': type, accept: 'application/json' } })).status;
      expect([await refused('/send'), await refused('/hook'), await refused('/api/things/v1/things')]).toEqual([415, 415, 415]);
    });
    it('waits a minute at most for a request to arrive whole: a body that dribbles holds nothing open', () => {
      const { requestTimeout, headersTimeout } = running.get(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
      expect([requestTimeout, headersTimeout]).toEqual([60_000, 60_000]);
    });
    it('shows somebody whose sign-in ended what they had written, and another site\'s words to nobody', async () => {
      const sent = { body: new URLSearchParams({ note: 'The lamp by the bridge has been out for a week', action: 'save', _csrf: 'x'.repeat(40) }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' } };
      const from = async (site: string): Promise<string> => (await running.visitor().request('/note', { ...sent, headers: { ...sent.headers, 'sec-fetch-site': site } })).text;
      const page = await from('same-origin');
      expect(page).toMatch(/<textarea[^>]*>The lamp by the bridge has been out for a week<\/textarea>/);
      for (const site of ['cross-site', 'same-site', 'none']) expect(await from(site)).not.toContain('The lamp by the bridge');
    });
    it('leads whoever sent a form that is out of date back to the page it was on, and nowhere else', async () => {
      const again = async (referer: string): Promise<string | undefined> => />?<a class="govuk-link" href="([^"]+)">Load the page again/.exec((await running.visitor().request('/send', { form: { word: 'pothole', _csrf: 'stale' }, headers: { referer } })).text)?.[1];
      expect(await again(`http://localhost:${running.port}/language?step=2`)).toBe('/language?step=2');
      for (const elsewhere of ['https://elsewhere.example/language', 'nonsense', '']) expect(await again(elsewhere)).toBe('/send');
    });
    it('serves health and metrics under any name', async () => {
      expect((await running.visitor().request('/health/ready', { headers: { host: '10.0.0.1' } })).json()).toEqual({ status: 'up', checks: { database: 'up', companions: 'up' } });
      expect((await running.visitor().request('/metrics')).text).toContain('http_request_duration_seconds');
    });
  });

  it('keeps the rules of isolation in the database\'s own catalogue, and the check finds a breach of each', async () => {
    expect(await catalogFaults(running.owner)).toEqual([]);
    await running.owner.query(`
      create table things.open (id uuid primary key); create table things.loose (council_id uuid, id uuid unique); create view things.seen as select * from things.thing;
      create materialized view things.kept as select 1 as one; create function things.peek() returns int language sql security definer as 'select 1'; grant truncate on things.thing to guildhall_app;
      create type things.colour as enum ('red'); alter table things.loose add colour things.colour; alter table things.loose enable row level security; create policy all_of_it on things.loose using (true)`);
    const faults = (await catalogFaults(running.owner)).join('; ');
    await running.owner.query('drop table things.open, things.loose; drop view things.seen; drop materialized view things.kept; drop function things.peek(); revoke truncate on things.thing from guildhall_app; drop type things.colour');
    for (const fault of ['things.open has no council_id', 'things.open lacks forced', 'things.loose lacks forced', 'all_of_it of things.loose', 'loose_id_key on things.loose', 'view things.seen', 'view things.kept', 'function things.peek', 'TRUNCATE on things.thing', 'things.loose.colour is an enum']) expect(faults).toContain(fault);
  });

  it('removes sessions, keys, events and inbox rows that have had their time, and no others', async () => {
    const ctx = running.context();
    await running.owner.query(`insert into kernel.event (council_id, event_id, type, version, data, at) select $1, gen_random_uuid(), 'test.aged', 1, jsonb_build_object('age', age), now() - age * interval '1 day' from generate_series(88, 92) age`, [ctx.council.id]);
    await running.owner.query(`insert into kernel.idempotency (council_id, scope, key, request_hash, result, created_at) values ($1, 'age', 'old', '', 'null', now() - interval '31 days'), ($1, 'age', 'young', '', 'null', now() - interval '29 days')`, [ctx.council.id]);
    await running.owner.query(`insert into kernel.session (council_id, session_hash, kind, created_at, seen_at, expires_at) values ($1, 'old', 'nobody', now(), now(), now() - interval '1 minute'), ($1, 'young', 'nobody', now(), now(), now() + interval '1 minute')`, [ctx.council.id]);
    await db.run(ctx, (tx) => Promise.resolve(enqueue(tx, KeepHouse, {})));
    await running.drainJobs();
    expect((await running.owner.query("select key from kernel.idempotency where scope = 'age'")).rows).toEqual([{ key: 'young' }]);
    expect((await running.owner.query("select data ->> 'age' as age from kernel.event where type = 'test.aged' order by 1")).rows).toEqual([{ age: '88' }, { age: '89' }]);
    expect((await running.owner.query("select session_hash from kernel.session where session_hash in ('old', 'young')")).rows).toEqual([{ session_hash: 'young' }]);
  });

  it('migrates again without doing anything, twenty at once', async () => {
    const runs = Array.from({ length: 20 }, () => migrate({ migrateUrl: running.database.url, appUrl: running.database.appUrl, parts: schemaParts(running.councils), log: running.log, queues: ['work-failed', 'work'] }));
    for (const { applied } of await Promise.all(runs)) expect(applied).toEqual([]);
  });

  it('lives inside a Nest application that a team already has', async () => {
    @Controller('own')
    class OwnController {
      @Get() read(): object { return { own: true }; }
    }
    @Module({ imports: [GuildhallModule.forRoot(riverbourne, { databaseUrl: running.database.appUrl, settings: {}, port: running.port, log: running.log })], controllers: [OwnController] })
    class OwnModule {}
    const own = await NestFactory.create<NestFastifyApplication>(OwnModule, new FastifyAdapter(), { logger: false });
    await own.init();
    await own.getHttpAdapter().getInstance().ready();
    expect((await own.inject({ url: '/own', headers: { host: 'localhost' } })).json()).toEqual({ own: true });
    expect((await own.inject({ url: '/things', headers: { host: 'localhost' } })).statusCode).toBe(200);
    await own.close();
  });
});
