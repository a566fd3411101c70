'use strict';
// A catalogue whose registry is the bench's, and which lets in whoever the bench names.
const { createRequire } = require('node:module');
const path = require('node:path');

const from = createRequire(path.join(process.cwd(), 'libs/catalogue/module/package.json'));
const { defineCouncil } = from('@guildhall/kernel-contract');
const { Ctx, Database, Webhook, defineModule, enqueue, runCouncils } = from('@guildhall/kernel');
const { catalogue } = from('@guildhall/catalogue');
const { AdmitsPublishers } = from('./dist/publishing/admits-publishers.js');
const { MirrorFeed } = from('./dist/federating/jobs.js');
const { Controller, Inject, Module, Param, Post } = from('@nestjs/common');
const { ModuleRef } = from('@nestjs/core');

/** What an officer does, by the same code. */
class SetUp {
  constructor(modules) { this.modules = modules; }
  admit(ctx, submission) { return this.modules.get(AdmitsPublishers, { strict: false }).admit({ ...ctx, actor: { kind: 'system', job: 'bench', permissions: new Set(['catalogue.admit-publishers']) } }, submission); }
  /** Has the bench's feed read at once, and not when it comes round. */
  async follow(ctx) {
    await this.modules.get(Database, { strict: false }).run(ctx, async (tx) => enqueue(tx, MirrorFeed, { feed: 'mirrored.example/feed' }));
    return {};
  }
}
Inject(ModuleRef)(SetUp, undefined, 0);
Ctx()(SetUp.prototype, 'admit', 0);
Param('submission')(SetUp.prototype, 'admit', 1);
for (const decorate of [Post('admit/:submission'), Webhook()]) decorate(SetUp.prototype, 'admit', Object.getOwnPropertyDescriptor(SetUp.prototype, 'admit'));
Ctx()(SetUp.prototype, 'follow', 0);
for (const decorate of [Post('follow'), Webhook()]) decorate(SetUp.prototype, 'follow', Object.getOwnPropertyDescriptor(SetUp.prototype, 'follow'));
Controller('set-up')(SetUp);
class SetUpModule {}
Module({ controllers: [SetUp] })(SetUpModule);

const council = defineCouncil('westmarch', ({ env }) => ({
  council: { id: '01990000-0000-7000-8000-0000000000c1', gssCode: 'E07000998', name: { en: 'Westmarch', cy: 'Westmarch' }, languages: ['en', 'cy'], nation: 'england', origin: env.origin(), referencePrefix: 'WM', contact: { telephone: '01632 960000', email: 'catalogue@westmarch.example', address: '1 High Street' } },
  theme: { id: 'plain', brand: '#1d3557', brandDark: '#14253d', ground: '#f3f4f6', link: '#1d3557', fontStack: 'Arial, sans-serif', emblemSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>', faviconSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  modules: [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: { '*': process.env.REGISTRY }, mostWaiting: 100_000, ...(process.env.FEED && { feeds: [JSON.parse(process.env.FEED)] }) }), defineModule({ id: 'set-up', version: '0.1.0', packageFolder: __dirname, nest: SetUpModule })()],
}));
void runCouncils([council], process.argv.slice(2));
