import { fit as judge, type CouncilReport, type Fit, type Notice, type PackageFacts } from '@guildhall/catalogue-contract';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { noticesAbout } from '../describing/opened';
import { LatestFacts } from './latest-facts';

/** A package, and whether it would work in what a council has. */
export interface FittingPackage { readonly facts: PackageFacts; readonly fit: Fit }
/** What the catalogue has to say to a council. */
export interface FitsCouncil {
  /** The package that was asked about, where one was. */
  readonly asked?: FittingPackage;
  /** Where none was asked about: what would fit and is not there yet, and what would not. */
  readonly fitting: readonly FittingPackage[];
  readonly notFitting: readonly FittingPackage[];
  /** What runs there and has a newer release here, or notices. */
  readonly installed: readonly { readonly name: string; readonly version: string; readonly latest?: string; readonly notices: readonly Notice[] }[];
}

/** Whether packages fit a council, worked out from its own report while it waits. */
@Injectable()
export class JudgesFit {
  constructor(@Inject(LatestFacts) private readonly latest: LatestFacts) {}

  /** @throws NotFound for a package that is not listed */
  async of(ctx: RequestContext, council: CouncilReport, packageName?: string): Promise<FitsCouncil> {
    const [latest, installed] = await Promise.all([packageName === undefined ? this.latest.all(ctx) : this.latest.of(ctx, [packageName]), this.#installed(ctx, council)]);
    const each = latest.map((facts) => ({ facts, fit: judge(facts, council) }));
    if (packageName !== undefined) {
      const [asked] = each;
      if (!asked) throw new NotFound(`${packageName} is not listed here.`);
      return { asked, fitting: [], notFitting: [], installed };
    }
    const isThere = new Set(council.packages.map(({ name }) => name));
    const others = each.filter(({ facts }) => !isThere.has(facts.name));
    return { fitting: others.filter(({ fit: { fits } }) => fits), notFitting: others.filter(({ fit: { fits } }) => !fits), installed };
  }

  async #installed(ctx: RequestContext, { packages }: CouncilReport): Promise<FitsCouncil['installed']> {
    const known = await this.latest.toldOf(ctx, packages.map(({ name }) => name));
    return packages.flatMap(({ name, version }) => {
      const here = known.get(name);
      if (!here) return [];
      const notices = noticesAbout(here.notices, name, version);
      return here.latest === version && notices.length === 0 ? [] : [{ name, version, ...(here.latest !== version && { latest: here.latest }), notices }];
    });
  }
}
