'use strict';
// A body that shares, and whose set-up the bench makes over HTTP: SHARES_AS says which. Who is asked about are so many invented people.
// Beside it the same call as two apps make it that trust each other by their connection alone: HOLDER_AT says where the one that is asked is.
const { createRequire } = require('node:module');
const path = require('node:path');

const app = createRequire(path.join(process.cwd(), 'apps/exchange-node/package.json'));
const { defineCouncil, defineProvider, defineServicePack, register } = app('@guildhall/kernel-contract');
const { Ctx, MACHINE_CREDENTIALS, OUTBOUND, Requires, Webhook, defineModule, json, providersOf, runCouncils } = app('@guildhall/kernel');
const { sharing } = app('@guildhall/sharing');
const { Agreements, Choices, Links, OwnNode, Peers } = app('@guildhall/sharing/testing');
const { ASK_OTHERS, EVIDENCE_SOURCE, STARTER_ATTRIBUTES, STARTER_PURPOSES, choiceScope, signAgreement } = app('@guildhall/sharing-contract');
const { Controller, Inject, Module, Post, Req } = app('@nestjs/common');
const { ModuleRef } = app('@nestjs/core');

const BODIES = { riverbourne: '01990000-0000-7000-8000-0000000000b1', aldermoor: '01990000-0000-7000-8000-0000000000b2' };
const { SHARES_AS: slug, ASSESSOR: assessor, HOLDER_AT: holderAt } = process.env;

/** What an officer does, by the same code. */
class SetUp {
  constructor(modules) { this.get = (type) => modules.get(type, { strict: false }); }
  sign(ctx, request) {
    const { agreement, envelope } = JSON.parse(request.rawBody);
    return signAgreement(agreement, this.get(OwnNode).signer(ctx), envelope);
  }
  async shares(ctx, request) {
    const { peer, envelope, names } = JSON.parse(request.rawBody);
    await this.get(Peers).pin(ctx, peer);
    const kept = await this.get(Agreements).keep(ctx, envelope, [peer.body]);
    if (!kept.ok) throw new Error(kept.refusal.message);
    for (const [person, pairwise] of Object.entries(names)) {
      const link = await this.get(Links).add(ctx, { peerId: peer.body.id, localId: person, provenBy: 'in-person', pairwise });
      await this.get(Choices).choose(ctx, { localId: person, subjectKey: link.subjectKey, agreementId: kept.value.document.id, state: 'given', at: new Date(), scope: choiceScope(kept.value.document), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'en', by: 'resident' });
    }
    return { done: true };
  }
}
Inject(ModuleRef)(SetUp, undefined, 0);
for (const name of ['sign', 'shares']) {
  Ctx()(SetUp.prototype, name, 0);
  Req()(SetUp.prototype, name, 1);
  const descriptor = Object.getOwnPropertyDescriptor(SetUp.prototype, name);
  for (const decorate of [Post(name), Webhook({ bodyInBytes: 1024 * 1024 })]) decorate(SetUp.prototype, name, descriptor);
}
Controller('set-up')(SetUp);

/** The same door, credential, person looked up and value read; nothing is decided, signed or written down. */
class Plainly {
  constructor(modules, outbound) { Object.assign(this, { get: (type) => modules.get(type, { strict: false }), outbound }); }
  async asks(_ctx, { headers: { authorization }, body: { person, attributes } }) {
    const { status, text } = await this.outbound.fetch(`${holderAt}/api/plainly/v1/answers`, { method: 'POST', headers: { authorization, 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ person, attributes }), timeoutInSeconds: 2 });
    if (status !== 200) throw new Error(`It was answered ${status}.`);
    return json(JSON.parse(text()));
  }
  async answers(ctx, { body: { person, attributes } }) {
    const link = await this.get(Links).byName(ctx, 'riverbourne', person);
    if (!link) throw new Error('Nobody has that name.');
    const found = await Promise.all(providersOf(ctx, EVIDENCE_SOURCE).map((source) => source.read(ctx, link.localId, attributes)));
    return json({ evidence: found.flat() });
  }
}
Inject(ModuleRef)(Plainly, undefined, 0);
Inject(OUTBOUND)(Plainly, undefined, 1);
for (const name of ['asks', 'answers']) {
  Ctx()(Plainly.prototype, name, 0);
  Req()(Plainly.prototype, name, 1);
  const descriptor = Object.getOwnPropertyDescriptor(Plainly.prototype, name);
  for (const decorate of [Post(name), Requires(ASK_OTHERS)]) decorate(Plainly.prototype, name, descriptor);
}
Controller('api/plainly/v1')(Plainly);
class SetUpModule {}
Module({ controllers: [SetUp, Plainly] })(SetUpModule);

const machines = defineServicePack({ id: 'machines', version: '0.1.0', options: {}, requires: [], registers: [register(MACHINE_CREDENTIALS, { id: 'machines', authenticate: async (_ctx, clientId, secret) => (secret === 'bench-secret-of-no-importance' ? { clientId, permissions: ['sharing.ask-others'] } : undefined) })] });
const people = defineProvider({
  port: EVIDENCE_SOURCE, id: 'sharing.people', isSandbox: true,
  create: () => ({ id: 'people', attributes: ['council-tax-reduction.receives'], read: async (_ctx, localId, attributes) => attributes.map((attribute) => ({ attribute, value: Number(localId.slice(-1)) % 2 === 0, asOf: '2026-11-01', source: 'council-tax-register', verified: null })) }),
});
const council = defineCouncil(slug, ({ env }) => ({
  council: { id: BODIES[slug], gssCode: 'E07000998', name: { en: slug, cy: slug }, languages: ['en', 'cy'], nation: 'england', origin: env.origin(), referencePrefix: 'XN', contact: { telephone: '01632 960000', email: 'data@body.example', address: '1 High Street' } },
  theme: { id: 'plain', brand: '#1d3557', brandDark: '#14253d', ground: '#f3f4f6', link: '#1d3557', fontStack: 'Arial, sans-serif', emblemSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>', faviconSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  modules: [
    sharing({ body: slug, name: { en: slug, cy: slug }, logOrigin: `${slug}.example/log`, keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], vocabulary: { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES }, assessors: [JSON.parse(assessor)], providers: [people] }),
    defineModule({ id: 'set-up', version: '0.1.0', packageFolder: __dirname, nest: SetUpModule })(), machines,
  ],
}));
void runCouncils([council], process.argv.slice(2));
