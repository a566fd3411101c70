import { olderKits, packageGaps, type JudgedPackage } from '@guildhall/assurance-contract';
import { concerns, factsOf, fit as fitOf, type CouncilReport, type Notice, type PackageFiles } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { World } from '../command';
import { ownersOf } from './believed-publisher';
import { believedRelease, olderThan, type BelievedRelease } from './believed-release';
import type { CouncilSettings, PinnedPublisher } from './council-settings';
import { fetchedPackage } from './fetched-package';
import { installedPackages } from './installed-packages';
import { installedDemands } from './kit-demands';
import { alike } from './look-alike';
import type { Seen } from './seen';

/** A package that came, was proved and fits. */
export interface Examined {
  readonly believed: BelievedRelease;
  readonly files: PackageFiles;
  /** What keeps nobody from installing it, and should be known. */
  readonly warnings: readonly string[];
  /** Its publisher, where this app meets it for the first time. */
  readonly pin?: PinnedPublisher;
}
/** What a package is held against. */
export interface Holding {
  readonly settings: CouncilSettings;
  readonly seen: Seen;
  /** The app as it would be. */
  readonly council: CouncilReport;
  /** The version that is installed now. */
  readonly installed?: string;
  /** An older version is meant. */
  readonly isOlderOnPurpose?: boolean;
}

/** Fetches a release and holds it against who signed it, the council's policy and its app: the first thing that is wrong, or what is known. @throws CannotDo */
export async function examined(name: string, version: string, holding: Holding, world: World): Promise<Outcome<Examined, Refusal<string>>> {
  const { settings, seen, council, installed, isOlderOnPurpose = false } = holding;
  const older = olderThan(name, installed, version, isOlderOnPurpose);
  if (older) return { ok: false, refusal: { ...older, message: `${older.message} (--older)` } };
  const proved = await provedPackage(name, version, { settings, seen }, world);
  if (!proved.ok) return proved;
  const { believed, files } = proved.value;
  const { facts, publisher, key } = believed;
  const known = settings.publishers.find(({ id }) => id === publisher.id);
  const like = known ? undefined : alike(name, council.packages.filter((one) => one.name !== name).map((one) => one.name));
  if (like) return refused('look-alike', `${name} looks like ${like}, which is installed, and is by a publisher that this council does not know. If it is meant, write ${publisher.id} into "publishers" of guildhall.json first.`);
  const about = believed.notices.filter((notice) => concerns(notice, name, version));
  const withdrawn = about.find(({ kind }) => kind === 'withdrawal');
  if (withdrawn) return refused('withdrawn', `${name} ${version} was withdrawn: ${withdrawn.text.en}`);
  const fits = fitOf(facts, council);
  if (!fits.fits) return refused('does-not-fit', `${name} ${version} does not fit: ${fits.reasons.map(({ en }) => en).join(' ')}`);
  const judged: JudgedPackage = { name, version, sha512: believed.sha512, kind: facts.kind, owner: facts.owner, owners: ownersOf(publisher), provides: facts.provides, reports: facts.reports, demands: installedDemands(world.folder, installedPackages(world.folder)) };
  const gaps = packageGaps(settings.assurance ?? {}, judged, believed.assessments, settings, world.now).map(({ en }) => en);
  if (gaps.length && settings.assurance?.whenMissing === 'refuse') return refused('policy', `This council’s policy (guildhall.json) does not let ${name} ${version} in: ${gaps.join(' ')}`);
  return done({
    believed, files, warnings: [...believed.unreached.map((one) => `${one} What it alone says of ${name} is not known now.`), ...gaps, ...(settings.assurance?.modules?.kit === 'present' ? [] : olderKits(judged).map(({ en }) => en)), ...about.map(inOneLine), ...believed.disowned, ...fits.advice.map(({ en }) => en)],
    ...(!known && { pin: { id: publisher.id, scopes: publisher.scopes, key } }),
  });
}

/** A package whose bytes, facts and signatures belong together. @throws CannotDo */
export async function provedPackage(name: string, version: string, known: Pick<Holding, 'settings' | 'seen'>, world: World): Promise<Outcome<Pick<Examined, 'believed' | 'files'>, Refusal<string>>> {
  const fetched = await fetchedPackage(name, version, world);
  if (!fetched.ok) return fetched;
  const { sha512, files } = fetched.value;
  const facts = factsOf(files);
  if (!facts.ok) return refused('not-a-package', `${name} ${version}: ${facts.refusal.message}`);
  if (facts.value.name !== name || facts.value.version !== version) return refused('another-package', `What the registry gives as ${name} ${version} calls itself ${facts.value.name} ${facts.value.version}.`);
  if (facts.value.installScripts.length) return refused('install-scripts', `${name} ${version} would run ${facts.value.installScripts.join(', ')} of its own while it is installed. Ask its publisher for one that does not.`);
  const believed = await believedRelease(name, version, { sha512, facts: facts.value }, { ...known, now: world.now });
  return believed.ok ? done({ believed: believed.value, files }) : believed;
}

/** A notice in a line. */
export function inOneLine({ kind, package: name, versions, text, replacement, until, severity, mendedIn }: Notice): string {
  const more = [severity && `severity ${severity}`, mendedIn && `mended in ${mendedIn}`, replacement && `take ${replacement} instead`, until && `looked after until ${until}`].filter(Boolean).join('; ');
  return `${{ deprecation: 'Deprecated', advisory: 'Advisory', withdrawal: 'Withdrawn' }[kind]}, ${name} ${versions}: ${text.en}${more ? ` (${more})` : ''}`;
}
