import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { signAssessment, signCounterClaim, packageUrl } from '@guildhall/assurance-contract';
import { CATALOGUE, factsDigest, factsOf, signNotice, signRelease, type CatalogueApi, type PackageFacts } from '@guildhall/catalogue-contract';
import { Ctx, LOG, Public, defineModule, download, json, needs, type DownloadResult, type JsonResult, type Seeder } from '@guildhall/kernel';
import { NotFound, type Log, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { documentDigest } from '@guildhall/sharing-contract';
import { Controller, Get, Inject, Injectable, Module, Param } from '@nestjs/common';
import { EXAMPLE_RELEASES, type ExampleRelease } from './example-packages';
import { exampleKeys } from './example-publishers';
import { EXAMPLE_ASSESSMENTS, EXAMPLE_NOTICES } from './example-words';
import { pack } from './pack';
import { workspacePackages } from './workspace-packages';

/** When the workspace's own packages were signed here. */
const OURS_PUBLISHED_AT = '2026-11-02T09:00:00.000Z';
/** When an invented publisher said something against what was found. */
const COUNTERED_AT = '2026-10-29T09:00:00.000Z';

/** What the catalogue hands out of its own while it is tried out: the workspace's packages, and invented ones. */
@Injectable()
export class ExampleShelf {
  #releases?: readonly ExampleRelease[];

  releases(): readonly ExampleRelease[] {
    this.#releases ??= [...workspacePackages(join(__dirname, '../../../..')).map(({ name, version, files, changes }) => ({ publisher: 'guildhall', name, version, publishedAt: OURS_PUBLISHED_AT, files, ...(changes && { changes }) })), ...EXAMPLE_RELEASES];
    return this.#releases;
  }
}

/** Speaks as an npm registry does, so that what is invented is fetched and looked at as anything else. */
@Controller('shelf')
class ShelfController {
  constructor(private readonly shelf: ExampleShelf) {}

  @Get('-/:scope/:name/:version') @Public()
  tarball(@Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string): DownloadResult {
    const found = this.shelf.releases().find((one) => one.name === `${scope}/${name}` && one.version === version);
    if (!found) throw new NotFound('There is no such package on the shelf.');
    return download(pack(found.files), { filename: `${name}-${version}.tgz`, type: 'application/octet-stream' });
  }

  @Get(':name') @Public()
  versions(@Ctx() { council: { origin } }: RequestContext, @Param('name') name: string): JsonResult {
    const found = this.shelf.releases().filter((one) => one.name === name);
    if (found.length === 0) throw new NotFound('There is no such package on the shelf.');
    return json({ name, versions: Object.fromEntries(found.map(({ version }) => [version, { name, version, dist: { tarball: `${origin}/shelf/-/${name}/${version}` } }])) });
  }
}

/** Signs what is on the shelf with development keys and hands it in, as its publishers would. */
@Injectable()
class SeedsShelf implements Seeder {
  constructor(@Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, private readonly shelf: ExampleShelf, @Inject(LOG) private readonly log: Log) {}

  async seed(ctx: RequestContext): Promise<void> {
    const previous = new Map<string, string>();
    for (const release of this.shelf.releases()) {
      await this.#handIn(ctx, release, previous.get(release.name) ?? null);
      previous.set(release.name, release.version);
    }
    for (const notice of EXAMPLE_NOTICES) {
      const [key] = exampleKeys(ctx, notice.publisher);
      if (key) this.#said(notice.package, await this.catalogue.submitNotice(ctx, signNotice(notice, key)));
    }
    for (const { by, name, version, says, against } of EXAMPLE_ASSESSMENTS) {
      const [key] = exampleKeys(ctx, by);
      const found = this.shelf.releases().find((one) => one.name === name && one.version === version);
      if (!key || !found) continue;
      const assessment = signAssessment([{ name: packageUrl(name, version), digest: { sha512: createHash('sha512').update(pack(found.files)).digest('hex') } }], says, key);
      this.#said(name, await this.catalogue.submitAssessment(ctx, assessment));
      const [own] = exampleKeys(ctx, found.publisher);
      if (against && own) this.#said(name, await this.catalogue.submitAssessment(ctx, signCounterClaim({ assessment: documentDigest(assessment), by: found.publisher, at: COUNTERED_AT, claims: against }, own)));
    }
  }

  async #handIn(ctx: RequestContext, { publisher, name, version, publishedAt, changes, files }: ExampleRelease, previous: string | null): Promise<void> {
    const isListed = await this.catalogue.release(ctx, name, version).then(() => true, () => false);
    if (isListed) return;
    const facts = factsOf(files);
    if (!facts.ok) return this.#said(`${name} ${version}`, facts);
    const components = componentsOf(facts.value);
    const sha512 = createHash('sha512').update(pack(files)).digest('hex');
    const keys = exampleKeys(ctx, publisher);
    const signed = signRelease({ publisher, package: name, version, kind: facts.value.kind, facts: factsDigest(facts.value), components: createHash('sha256').update(components).digest('hex'), publishedAt, previous, ...(changes !== undefined && { changes }) }, sha512, facts.value.kind === 'contract' ? keys : keys.slice(0, 1));
    this.#said(`${name} ${version}`, await this.catalogue.submitRelease(ctx, { release: signed, components }));
  }

  #said(about: string, outcome: Outcome<unknown>): void {
    if (!outcome.ok) this.log.warn('catalogue.example-refused', { about, because: outcome.refusal.message });
  }
}

/** Its dependencies as a bill of materials (CycloneDX 1.6). */
function componentsOf({ name, version, dependencies }: PackageFacts): string {
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: { type: 'library', name, version, purl: packageUrl(name, version) } }, components: Object.entries(dependencies).map(([one, range]) => ({ type: 'library', name: one, version: range.replace(/^[^\d]*/, '') })) });
}

@Module({ controllers: [ShelfController], providers: [ExampleShelf, SeedsShelf] })
class ExampleShelfModule {}

/** Packages to try a catalogue out with. */
export const exampleShelf = defineModule({ id: 'example-shelf', version: '0.1.0', packageFolder: join(__dirname, '../..'), nest: ExampleShelfModule, requires: [needs(CATALOGUE, '^0.1.0')], seed: SeedsShelf });
