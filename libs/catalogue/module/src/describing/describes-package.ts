import { CATALOGUE, type CatalogueApi, type Notice, type PackageFacts, type PackageListing, type Publisher, type ReleaseListing } from '@guildhall/catalogue-contract';
import { CLOCK, NotFound, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Contributions, type Contribution } from '../contributing/contributions';
import { KeptPictures } from '../picturing/kept-pictures';
import { ReadsPackages } from '../reading/reads-packages';
import { newestState, noticesAbout, noticesIn } from './opened';
import { OpensReleases, type OpenedRelease } from './opened-release';
import { describedIn } from './publiccode';
import { signersOf, whoSigned, type SignedAssessment } from './who-signed';

/** A version of a package as its page shows it. */
export interface DescribedPackage extends OpenedRelease {
  readonly facts: PackageFacts;
  readonly listing: PackageListing;
  readonly isLatest: boolean;
  readonly sha512: string;
  readonly publisher: Publisher;
  /** In a sentence, in the reader's language where it says it there. */
  readonly described: ReturnType<typeof describedIn>;
  readonly notices: readonly Notice[];
  readonly assessments: readonly SignedAssessment[];
  /** Assessments and notices that were taken off here, and why. */
  readonly wordsRemoved: NonNullable<ReleaseListing['removed']>;
  /** What installs it, in a council's own folder. */
  readonly command: string;
  /** Those of its pictures that are here. */
  readonly pictures: readonly { readonly href: string; readonly width: number; readonly height: number; readonly text: Text }[];
  /** Whether its bill of materials can be downloaded here. */
  readonly hasComponents: boolean;
  readonly offers: readonly Contribution[];
  readonly adoptions: readonly Contribution[];
  readonly help: readonly Contribution[];
}
/** A signature of somebody else's name costs a look: no more than so many are looked up for a page. */
const MOST_SIGNERS = 20;

/** Puts together what is known of a version of a package. */
@Injectable()
export class DescribesPackage {
  readonly #releases = new OpensReleases();
  constructor(@Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, @Inject(Contributions) private readonly contributions: Contributions, @Inject(CLOCK) private readonly clock: Clock, @Inject(ReadsPackages) private readonly packages: ReadsPackages, @Inject(KeptPictures) private readonly kept: KeptPictures) {}

  /** The latest version unless another is named. @throws NotFound */
  async of(ctx: RequestContext, name: string, version?: string): Promise<DescribedPackage> {
    const listing = await this.catalogue.listing(ctx, name);
    const shown = version ?? listing.latest;
    const [found, added, hasComponents, kept] = await Promise.all([this.packages.shown(ctx, name, shown), this.contributions.about(ctx, name), this.packages.hasComponents(ctx, name, shown), this.kept.of(ctx, name, shown)]);
    const publisher = newestState(found.publisher);
    const known = await this.#publishers(ctx, signersOf(found.assessments).filter((id) => id !== publisher.id).slice(0, MOST_SIGNERS));
    const { facts, sha512 } = found;
    const opened = this.#releases.open(found.release, facts);
    return {
      facts, listing, isLatest: shown === listing.latest, ...opened, sha512, publisher, described: describedIn(ctx.language, facts, opened.publiccode && 'says' in opened.publiccode ? opened.publiccode.says : undefined), notices: noticesAbout(noticesIn(listing.notices), name, shown),
      assessments: whoSigned(found.assessments, { version: shown, sha512, publisher, known: [publisher, ...known], ...(found.counterClaims && { counterClaims: found.counterClaims }), now: this.clock.now() }), wordsRemoved: found.removed ?? [], command: `npx @guildhall/cli add ${name}@${shown}`, hasComponents,
      pictures: (facts.pictures ?? []).flatMap(({ path, text }) => {
        const picture = kept.find((one) => one.path === path);
        return picture ? [{ href: `/catalogue/packages/${name}/${encodeURIComponent(shown)}/pictures/${encodeURIComponent(path.slice(path.indexOf('/') + 1))}`, width: picture.width, height: picture.height, text }] : [];
      }),
      offers: added.filter(({ kind }) => kind === 'offer'), adoptions: added.filter(({ kind }) => kind === 'adoption'), help: added.filter(({ kind }) => kind === 'help'),
    };
  }

  async #publishers(ctx: RequestContext, ids: readonly string[]): Promise<readonly Publisher[]> {
    const found = await Promise.all(ids.map((id) => this.catalogue.publisher(ctx, id).then(newestState).catch((error: unknown) => {
      if (error instanceof NotFound) return undefined;
      throw error;
    })));
    return found.filter((one) => one !== undefined);
  }
}
