'use strict';
const { Inject, Module } = require('@nestjs/common');
const { ModuleRef } = require('@nestjs/core');
const { IDENTITY } = require('@guildhall/identity-contract');
const { signAgreement } = require('@guildhall/sharing-contract');
const { defineModule } = require('@guildhall/kernel');
const { defineTexts } = require('@guildhall/kernel-contract');
const { Bodies, Links, OwnNode, Peers, SignsAgreement } = require('@guildhall/sharing/testing');

/** What the demonstration asks of a body: what its officers would do, by the same code. */
class SetsUp {
  constructor(modules) { this.get = (type) => modules.get(type, { strict: false }); }

  /** Seeding comes before serving: from then on it does what it is told. */
  async seed(ctx) {
    process.on('message', ({ id, asked, given }) => {
      this[asked](ctx, given).then((value) => process.send?.({ id, value: value ?? null }), (error) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }));
    });
    // Whoever started it is gone.
    process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  }

  async body(ctx) { return this.get(OwnNode).body(ctx); }
  async guideline(ctx) { return this.get(OwnNode).options(ctx).guideline; }
  async sign(ctx, { agreement, envelope }) { return signAgreement(agreement, this.get(OwnNode).signer(ctx), envelope ?? undefined); }

  async pin(ctx, { peer, guideline }) {
    await this.get(Peers).pin(ctx, peer);
    if (guideline) ok(await this.get(Bodies).takeGuideline(ctx, peer.body.id, guideline));
  }

  /** An agreement that all have signed, or one that nobody has. */
  async takeIn(ctx, document) { return ok(await this.get(SignsAgreement).takeIn(ctx, document)); }
  async link(ctx, { peerId, localId, pairwise }) { return (await this.get(Links).add(ctx, { peerId, localId, provenBy: 'signed-in', pairwise })).pairwise; }

  /** Who has signed in with this mailbox. */
  async person(ctx, { email, personId }) {
    const { person, isNew } = await this.get(IDENTITY.token).findOrCreate(ctx, { personId, contact: { channel: 'email', address: email } });
    if (isNew) throw new Error(`Nobody has signed in with ${email}.`);
    return person.personId;
  }
  async machine(ctx, { expiresAt, ...given }) { return this.get(IDENTITY.token).registerMachine(ctx, { ...given, expiresAt: new Date(expiresAt) }); }
}
Inject(ModuleRef)(SetsUp, undefined, 0);

class SetUpModule {}
Module({ providers: [SetsUp] })(SetUpModule);

function ok(outcome) {
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value;
}

const texts = defineTexts({ en: { rounds: 'The crews who collect garden waste' }, cy: { rounds: 'Y criwiau sy’n casglu gwastraff gardd' } });

/** The demonstration's hand in a body. */
const setUp = defineModule({ id: 'demo-set-up', version: '0.1.0', packageFolder: __dirname, nest: SetUpModule, seed: SetsUp, texts });

module.exports = { setUp };
