import { createServer, type AddressInfo } from 'node:net';
import { GuildhallModule } from '@guildhall/kernel';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { Body, Controller, Get, Module, Post, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { buyGardenWaste, reportAProblem, signInByCode, type Town } from '../test/journeys';
import { Person } from '../test/person';
import { riverbourne } from './council.config';

/** The team's own way to tell who may. */
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['x-key'] === 'ours';
  }
}
@Controller('stock')
@UseGuards(KeyGuard)
class StockController {
  readonly #taken: unknown[] = [];
  @Get() read(): object { return { taken: this.#taken }; }
  @Post() take(@Body() body: unknown): object { return { count: this.#taken.push(body) }; }
}

describe('a team\'s own Nest application with Riverbourne\'s modules', () => {
  /** What runs beside it: the worker and the practice far ends. */
  let beside: TestApp;
  let own: NestFastifyApplication;
  let town: Town;
  beforeAll(async () => {
    beside = await startTestApp({ councils: [riverbourne], withCompanions: true, seed: true });
    const port = await freePort();
    @Module({
      imports: [GuildhallModule.forRoot(riverbourne, { databaseUrl: beside.database.appUrl, settings: {}, port, dataFolder: beside.dataFolder, companionOrigins: beside.companions.origins, log: beside.log })],
      controllers: [StockController],
    })
    class OwnModule {}
    own = await NestFactory.create<NestFastifyApplication>(OwnModule, new FastifyAdapter(), { logger: false });
    await own.listen(port, '127.0.0.1');
    town = { home: `http://localhost:${port}`, work: () => beside.drainJobs() };
  });
  afterAll(async () => {
    await own.close();
    await beside.close();
  });
  afterEach(() => { expect(beside.log.lines.filter(({ level }) => level === 'error')).toEqual([]); });

  it('takes somebody through signing in by a code, a report and an order that is paid for', async () => {
    const pat = new Person(town.home);
    await signInByCode(town, pat, 'pat.whistlewood@post.example');
    const reported = await reportAProblem(pat, 'pothole');
    const bought = await buyGardenWaste(pat);
    await town.work();
    await pat.open('/account');
    for (const { reference } of [reported, bought]) expect(pat.text).toContain(reference);
    const { rows } = await beside.owner.query<{ reference: string }>('select reference from cases."case" order by opened_at');
    expect(rows.map(({ reference }) => reference)).toEqual(expect.arrayContaining([reported.reference, bought.reference]));
    expect((await beside.owner.query('select from kernel.waiting_job where run_at <= now()')).rowCount).toBe(0);
  });

  it('refuses a form without its token and a page to nobody, as any other', async () => {
    const visitor = new Person(town.home).visitor();
    await visitor.get('/sign-in');
    expect((await visitor.request('/sign-in', { form: { contact: 'pat@post.example', _csrf: 'guessed' } })).status).toBe(403);
    expect((await visitor.request('/account')).headers['location']).toBe('/sign-in?next=%2Faccount');
  });

  it('keeps its own routes under its own guards', async () => {
    const visitor = new Person(town.home).visitor();
    const key = { 'x-key': 'ours', accept: 'application/json' };
    expect((await visitor.request('/stock', { headers: { accept: 'application/json' } })).status).toBe(403);
    expect((await visitor.request('/stock', { json: { bins: 2 }, headers: key })).json()).toEqual({ count: 1 });
    expect((await visitor.request('/stock', { headers: key })).json()).toEqual({ taken: [{ bins: 2 }] });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
