import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Inject, Injectable, Module, Post, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { ForOfficers, GuildhallModule, Public, defineModule, form, type FormBody } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';

@Controller('below')
class BelowController {
  @Get() @Public() read(): object { return { read: true }; }
  @Post() @Public() send(@Body(form()) body: FormBody): object { return body; }
}
@Controller('undeclared')
class UndeclaredController {
  @Get() read(): object { return { read: true }; }
}
class BelowModule {
  static with(controller: new () => unknown): DynamicModule { return { module: BelowModule, controllers: [controller] }; }
}
/** A route past Nest, and so past its guards. */
@Injectable()
class PastNest implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}
  onModuleInit(): void { this.host.httpAdapter.getInstance<FastifyInstance>().get('/past-nest', () => 'open'); }
}
@Module({ imports: [BelowModule.with(BelowController)] })
class DeclaredModule {}
@Module({ imports: [BelowModule.with(UndeclaredController)] })
class OpenModule {}
@Module({ providers: [PastNest] })
class PastModule {}
const moduleOf = (nest: new () => unknown): ReturnType<typeof defineModule> => defineModule({ id: 'below', version: '0.1.0', packageFolder: __dirname, nest });
const councilOf = (nest: new () => unknown) => testCouncilDefinition('riverbourne', 1, [moduleOf(nest)()]);

describe('a controller in a dynamic module', () => {
  let running: TestApp;
  beforeAll(async () => { running = await startTestApp({ councils: [councilOf(DeclaredModule), testCouncilDefinition('bareham', 2, [])] }); });
  afterAll(() => running.close());

  it('is served to a council that has chosen the module and to no other', async () => {
    expect((await running.visitor().request('/below')).json()).toEqual({ read: true });
    expect((await running.visitor('bareham').request('/below')).status).toBe(404);
  });
  it('takes no form without its token', async () => {
    expect((await running.visitor().request('/below', { form: { word: 'a' } })).status).toBe(403);
  });
  it('stops the start when it does not say who may call it', async () => {
    await expect(startTestApp({ councils: [councilOf(OpenModule)], database: running.database })).rejects.toThrow('below UndeclaredController.read does not say who may call it');
  });
  it('guards what it declares, and leaves alone what it does not, when it is the surrounding application\'s own', async () => {
    @Controller('own')
    class OwnController {
      @Get() read(): object { return { own: true }; }
      @Get('desk') @ForOfficers() desk(): object { return { own: true }; }
    }
    @Module({ imports: [GuildhallModule.forRoot(councilOf(DeclaredModule), { databaseUrl: running.database.appUrl, settings: {}, port: running.port, log: running.log }), BelowModule.with(OwnController)] })
    class OwnModule {}
    const own = await NestFactory.create<NestFastifyApplication>(OwnModule, new FastifyAdapter(), { logger: false });
    await own.init();
    await own.getHttpAdapter().getInstance().ready();
    const statusOf = async (url: string): Promise<number> => (await own.inject({ url, headers: { host: 'localhost', accept: 'application/json' } })).statusCode;
    expect([await statusOf('/own'), await statusOf('/own/desk'), await statusOf('/below')]).toEqual([200, 401, 200]);
    await own.close();
  });
});

describe('the OpenAPI document of a capability', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-openapi-'));
  const DOCUMENT = { openapi: '3.1.0', paths: { '/api/lamps/v1/lamps/{id}': {} } };
  let running: TestApp;
  beforeAll(async () => {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(DOCUMENT));
    // Its controllers are below its capability, where a route of its own might take the document's place.
    @Controller('api/lamps/v1/lamps')
    class LampsController { @Get(':id') @Public() read(): object { return { lamp: true }; } }
    @Module({ controllers: [LampsController] })
    class LampsModule {}
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [defineModule({ id: 'lamps-of-ours', version: '0.1.0', packageFolder: folder, nest: LampsModule })()]), testCouncilDefinition('bareham', 2, [])] });
  });
  afterAll(async () => {
    await running.close();
    rmSync(folder, { recursive: true });
  });
  const ask = (path: string, slug?: string, headers: Record<string, string> = {}) => running.visitor(slug).request(path, { headers: { accept: 'application/json', ...headers } });

  it('is given to anybody by the council that has it, and may be kept', async () => {
    const answer = await ask('/api/lamps/v1/openapi.json');
    expect([answer.status, answer.json(), answer.headers['cache-control']]).toEqual([200, DOCUMENT, 'public, max-age=3600']);
    expect((await ask('/api/lamps/v1/openapi.json', undefined, { 'if-none-match': String(answer.headers['etag']) })).status).toBe(304);
    expect((await ask('/api/lamps/v1/lamps/1')).json()).toEqual({ lamp: true });
  });
  it('is not found at a council that has not, nor under another name', async () => {
    expect((await ask('/api/lamps/v1/openapi.json', 'bareham')).status).toBe(404);
    for (const path of ['/api/kernel/v1/openapi.json', '/api/lamps-of-ours/v1/openapi.json', '/api/..%2flamps/v1/openapi.json', '/api/lamps/v2/openapi.json']) expect((await ask(path)).status).toBe(404);
  });
});

describe('a route that no controller of a module has', () => {
  it('stops the start', async () => {
    await expect(startTestApp({ councils: [councilOf(PastModule)] })).rejects.toThrow('GET /past-nest is in no controller of an installed module');
  });
});
