import { fit as judge, type CouncilReport, type Fit, type Notice, type PackageFacts } from '@guildhall/catalogue-contract';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { gt, valid } from 'semver';
import { noticesAbout } from '../describing/opened';
import { LatestFacts, type Narrowed } from './latest-facts';

/** So many of each are shown; all are counted. */
const MOST_SHOWN = 100;

/** A package, and whether it would work in what a council has. */
export interface FittingPackage { readonly facts: PackageFacts; readonly fit: Fit }
/** How many there are, and the first of them by name. */
export interface JudgedAlike { readonly count: number; readonly first: readonly FittingPackage[] }
/** What the catalogue has to say to a council. */
export interface FitsCouncil {
  /** The package that was asked about, where one was. */
  readonly asked?: FittingPackage;
  /** Where none was asked about: what would fit and is not there yet, and what would not. */
  readonly fitting: JudgedAlike;
  readonly notFitting: JudgedAlike;
  /** What runs there and has a newer release here, or notices. */
  readonly installed: readonly { readonly name: string; readonly version: string; readonly latest?: string; readonly notices: readonly Notice[] }[];
}

/** Whether packages fit a council, worked out from its own report while it waits. */
@Injectable()
export class JudgesFit {
  constructor(@Inject(LatestFacts) private readonly latest: LatestFacts) {}

  /** @throws NotFound for a package that is not listed */
  async of(ctx: RequestContext, council: CouncilReport, { name, ...narrowed }: Narrowed & { readonly name?: string | undefined } = {}): Promise<FitsCouncil> {
    const installed = await this.#installed(ctx, council);
    if (name !== undefined) {
      const [facts] = await this.latest.of(ctx, [name]);
      if (!facts) throw new NotFound(`${name} is not listed here.`);
      return { asked: { facts, fit: judge(facts, council) }, fitting: NONE, notFitting: NONE, installed };
    }
    const isThere = new Set(council.packages.map((one) => one.name));
    let [fitting, notFitting] = [NONE, NONE];
    for await (const some of this.latest.all(ctx, narrowed)) for (const facts of some) {
      if (isThere.has(facts.name)) continue;
      const judged = { facts, fit: judge(facts, council) };
      if (judged.fit.fits) fitting = withOne(fitting, judged);
      else notFitting = withOne(notFitting, judged);
    }
    return { fitting, notFitting, installed };
  }

  async #installed(ctx: RequestContext, { packages }: CouncilReport): Promise<FitsCouncil['installed']> {
    const known = await this.latest.toldOf(ctx, packages.map(({ name }) => name));
    return packages.flatMap(({ name, version }) => {
      const here = known.get(name);
      if (!here) return [];
      const notices = noticesAbout(here.notices, name, version);
      // A mirror may be behind, and a newer one may have been taken off: nobody is sent back to an older one.
      const isNewer = valid(version) !== null && gt(here.latest, version);
      return !isNewer && notices.length === 0 ? [] : [{ name, version, ...(isNewer && { latest: here.latest }), notices }];
    });
  }
}

const NONE: JudgedAlike = { count: 0, first: [] };
function withOne({ count, first }: JudgedAlike, one: FittingPackage): JudgedAlike { return { count: count + 1, first: count < MOST_SHOWN ? [...first, one] : first }; }
