import { hostingEnds, hostingGaps, packageEnds, packageGaps } from '@guildhall/assurance-contract';
import { Councils, LOG } from '@guildhall/kernel';
import { CLOCK, type Clock, type Connection, type ConnectionCheck, type Log, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Peers } from '../knowing/peers';
import { FollowsLists } from './follows-lists';
import { OwnDeployment } from './own-deployment';
import { TrustLists } from './trust-lists';

/** Holds what runs here against what its council demands: when it starts, and whenever somebody looks. */
@Injectable()
export class ChecksDeployment implements Connection, OnApplicationBootstrap {
  readonly id = 'sharing.assurance';
  readonly title = { en: 'What was found of this deployment', cy: 'Yr hyn a ganfuwyd am y gosodiad hwn' };
  constructor(
    private readonly councils: Councils, private readonly deployment: OwnDeployment, private readonly peers: Peers, private readonly lists: TrustLists, private readonly following: FollowsLists,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  /** Not while somebody develops it: nobody has looked at what is still being written. @throws Error that says what a council lacks which is not to run without */
  async onApplicationBootstrap(): Promise<void> {
    if (this.councils.isDevelopment) return;
    const refusals: string[] = [];
    for (const { council, slug, installations } of this.councils.all) {
      if (!installations.has('sharing')) continue;
      const ctx: RequestContext = Object.freeze({ council, actor: Object.freeze({ kind: 'system' as const, job: 'sharing.check-deployment', permissions: new Set<string>() }), correlationId: 'start', language: council.languages[0], channel: 'job' as const });
      const policy = this.deployment.policy(ctx);
      const missing = await this.missing(ctx);
      for (const { en } of await this.ends(ctx)) this.diary.warn('sharing.assurance-ends', { council: slug, ends: en });
      for (const { en } of missing) this.diary.warn('sharing.assurance-missing', { council: slug, missing: en });
      if (missing.length > 0 && policy?.whenMissing === 'refuse') refusals.push(`${slug} does not run without what its council demands: ${missing.map(({ en }) => en).join(' ')}`);
    }
    if (refusals.length > 0) throw new Error(refusals.join('\n'));
  }

  /** What is missing, a sentence for each. */
  missing(ctx: RequestContext): Promise<readonly Text[]> { return this.#held(ctx, hostingGaps, packageGaps); }
  /** What is there, and will be missing in a month. */
  ends(ctx: RequestContext): Promise<readonly Text[]> { return this.#held(ctx, hostingEnds, packageEnds); }

  async #held(ctx: RequestContext, hosting: typeof hostingGaps, modules: typeof packageGaps): Promise<readonly Text[]> {
    const policy = this.deployment.policy(ctx);
    if (!policy) return [];
    // An assessor may be known by a list that nobody has fetched yet.
    if ((await this.lists.followed(ctx)).some(({ askedAt }) => askedAt === undefined)) await this.following.run(ctx);
    const [envelopes, known, suppliers, now] = [await this.deployment.assessments(ctx), await this.peers.signers(ctx), await this.peers.ownListedSuppliers(ctx), this.clock.now()];
    return [
      ...(policy.hosting ? hosting(policy, this.deployment.judged(ctx, suppliers), envelopes, known, now) : []),
      ...(policy.modules ? this.deployment.packages(ctx, this.#installed(ctx)).flatMap((judged) => modules(policy, judged, envelopes, known, now)) : []),
    ];
  }

  async check(ctx: RequestContext): Promise<ConnectionCheck> {
    if (!this.deployment.policy(ctx)) return { ok: true, message: 'The council demands nothing of it: sharing({ deployment: { policy } }) would say what.' };
    const missing = await this.missing(ctx);
    return missing.length ? { ok: false, message: missing.map(({ en }) => en).join(' ') } : { ok: true, message: ['What the council demands has been found of it, and of what is installed.', ...(await this.ends(ctx)).map(({ en }) => en)].join(' ') };
  }

  /** The ids of all that the council has chosen, by which packages say what they are. */
  #installed(ctx: RequestContext): ReadonlySet<string> {
    const installed = this.councils.all.find(({ council }) => council.id === ctx.council.id);
    return new Set([...(installed?.installations.keys() ?? []), ...(installed?.providerInstallations ?? []).map(({ id }) => id)]);
  }
}
