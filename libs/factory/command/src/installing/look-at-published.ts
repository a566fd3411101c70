import { olderKits, packageEnds, packageGaps, sha512Of, type JudgedPackage, type KitDemands } from '@guildhall/assurance-contract';
import { concerns, type CouncilReport, type DoctorFinding, type Notice, type PackageListing } from '@guildhall/catalogue-contract';
import { ukDay } from '@guildhall/sharing-contract';
import { gt, maxSatisfying } from 'semver';
import { ownersOf } from './believed-publisher';
import { askAll, believedRelease } from './believed-release';
import { NotReached } from './catalogue-client';
import type { CouncilSettings } from './council-settings';
import { inOneLine } from './examined';
import type { InstalledPackage } from './installed-packages';
import { newerOf } from './logged';
import { lookAtPublishers, type PublishersLookedAt } from './look-at-publishers';
import type { Seen } from './seen';

/** What catalogues say of the packages that are installed, and what is to be remembered of it. */
export interface PublishedLookedAt { readonly findings: readonly DoctorFinding[]; readonly seen: Pick<Seen, 'warned' | 'checkpoints' | 'publishers'>; readonly latest: ReadonlyMap<string, string> }
interface Looking { /** What kits demand of everybody. */ readonly demands?: KitDemands; /** Names that the app's own package.json has: what came along is not upgraded by itself. */ readonly own: readonly string[]; readonly settings: CouncilSettings; readonly seen: Seen; readonly now: Date }
type Warned = Seen['warned'][string];

/** So many packages are asked about at once: catalogues have a limit, and an app has a hundred. */
const AT_ONCE = 8;
/** So many names are read in a line; an app has a hundred. */
const MOST_NAMED = 20;

/** A service that was copied to be changed, from which version of which package. */
type Copied = Pick<CouncilReport['copies'][number], 'folder' | 'from' | 'version'>;

/** What catalogues say now; where none can be reached, what they said last. @param packages all that are installed: what came along with another runs as well @param copied services that were copied from a package, which is looked at too */
export async function lookAtPublished(packages: readonly InstalledPackage[], copied: readonly Copied[], looking: Looking, asks: boolean): Promise<PublishedLookedAt> {
  const { settings, seen, now } = looking;
  if (!asks) return keptOf(packages, copied, seen);
  if (settings.catalogues.length === 0) return { seen, latest: new Map(), findings: [{ weight: 'advice', subject: 'catalogues', text: 'This app follows no catalogue (guildhall.json), so that nobody tells it what is withdrawn, unsafe or out of date.' }] };
  const warned: Record<string, Warned> = {};
  let checkpoints = seen.checkpoints;
  let known: PublishersLookedAt;
  const unlisted: string[] = [];
  const silent = new Set<string>();
  try {
    known = await lookAtPublishers(packages, looking);
    for (let at = 0; at < packages.length; at += AT_ONCE) {
      await Promise.all(packages.slice(at, at + AT_ONCE).map(async (one) => {
        const { said, isDoubted, unreached, checkpoints: now = {} } = await saidOf(one, looking);
        checkpoints = newerOf(checkpoints, now);
        for (const each of unreached) silent.add(each);
        const kept = said || unreached.length ? both(said, unreached.length || isDoubted ? saidBefore(one, seen) : undefined) : noMore(one, looking);
        if (kept) warned[nameOf(one)] = kept;
        else unlisted.push(one.name);
      }));
    }
    for (const copy of copied) {
      const { from, version } = copy;
      const { found, unreached } = await listings(from, settings);
      for (const each of unreached) silent.add(each);
      const newest = newestOf(found);
      if (newest !== undefined && warned[from] === undefined) warned[from] = { at: now.toISOString(), version, latest: newest, findings: [] };
      const said = both(found.length ? await saidOfCopy(copy, looking) : undefined, found.length && !unreached.length ? undefined : copyBefore(copy, seen));
      if (said?.findings.length) warned[copyName(copy)] = said;
    }
  } catch (error) {
    if (!(error instanceof NotReached)) throw error;
    const before = keptOf(packages, copied, seen);
    const last = Object.values(seen.warned).map(({ at }) => at).sort().at(-1);
    return { ...before, findings: [{ weight: 'advice', subject: 'catalogues', text: `${error.message} ${last === undefined ? 'Nothing was asked before.' : `What follows of them was said on ${last.slice(0, 10)}.`}` }, ...before.findings] };
  }
  const nobody: readonly DoctorFinding[] = unlisted.length ? [{ weight: 'advice', subject: 'catalogues', text: `No catalogue that this app follows lists ${inShort(unlisted)}: nobody tells it when something is wrong with ${unlisted.length === 1 ? 'it' : 'them'}.` }] : [];
  const said = Object.values(warned).flatMap(({ findings }) => findings);
  return { seen: { warned, checkpoints, publishers: known.publishers }, latest: latestOf(warned), findings: [...[...silent].sort().map((one): DoctorFinding => ({ weight: 'advice', subject: 'catalogues', text: `${one} What it said before counts, and what it would say now is not known.` })), ...known.findings.filter(({ text }) => !said.some((one) => one.text === text)), ...said, ...nobody] };
}

function keptOf(packages: readonly InstalledPackage[], copied: readonly Copied[], seen: Seen): PublishedLookedAt {
  const { warned } = seen;
  return { seen, latest: latestOf(warned), findings: [...packages.flatMap((one) => saidBefore(one, seen)?.findings ?? []), ...copied.flatMap((one) => copyBefore(one, seen)?.findings ?? [])] };
}

/** What was copied runs, too, wherever the package itself has gone: what is said of that version is said of the copy. */
async function saidOfCopy({ folder, from, version }: Copied, looking: Looking): Promise<Warned> {
  const believed = await believedRelease(from, version, undefined, looking);
  const findings: readonly DoctorFinding[] = believed.ok
    ? believed.value.notices.filter((one) => concerns(one, from, version)).map((one) => ({ weight: weightOf(one, looking.now), subject: folder, text: `${folder} is a copy of ${from} ${version}. ${inOneLine(one)}` }))
    : [{ weight: 'mend', subject: folder, text: `${folder} is a copy of ${from} ${version}. ${believed.refusal.message}` }];
  return { at: looking.now.toISOString(), version, findings };
}
function copyName({ folder, from, version }: Copied): string { return `${from}@${version} in ${folder}`; }
function copyBefore(one: Copied, { warned }: Seen): Warned | undefined { return warned[copyName(one)]; }

function latestOf(warned: Seen['warned']): ReadonlyMap<string, string> { return new Map(Object.entries(warned).flatMap(([name, { latest }]) => (latest === undefined ? [] : [[name, latest] as const]))); }

async function listings(name: string, settings: CouncilSettings): Promise<{ readonly found: readonly PackageListing[]; readonly unreached: readonly string[] }> {
  const { answers, unreached } = await askAll(settings, (client) => client.listing(name));
  return { unreached, found: answers.flatMap(({ answer }): readonly PackageListing[] => (answer ? [answer] : [])) };
}

function newestOf(found: readonly PackageListing[]): string | undefined {
  const off = new Set(found.flatMap(({ removed = [] }) => removed.map(({ version }) => version)));
  return maxSatisfying(found.flatMap(({ versions }) => versions.filter(({ version, noticed }) => !off.has(version) && !noticed.includes('withdrawal')).map(({ version }) => version)), '*') ?? undefined;
}

/** By its name; one that lies under another package, by its version too: there may be several. */
function nameOf({ name, version, at }: InstalledPackage): string { return at === `node_modules/${name}` ? name : `${name}@${version}`; }
function inShort(names: readonly string[]): string {
  const all = [...new Set(names)].sort();
  return all.length > MOST_NAMED ? `${all.slice(0, MOST_NAMED).join(', ')} and ${all.length - MOST_NAMED} more` : all.join(', ');
}
function saidBefore(one: InstalledPackage, { warned }: Seen): Warned | undefined {
  const said = warned[nameOf(one)];
  return said?.version === one.version ? said : undefined;
}
/** What was listed and is listed by nobody now: what was said of it counts. */
function noMore(one: InstalledPackage, { own, seen, now }: Looking): Warned | undefined {
  const { name, version } = one;
  const before = saidBefore(one, seen);
  if (!before && seen.releases[name]?.[version] === undefined) return undefined;
  const said: Warned = { at: now.toISOString(), version, findings: [{ weight: 'mend', subject: name, text: `${name} ${version} was listed when it was taken, and no catalogue that this app follows lists any of it now. Ask its publisher and the catalogues why, or ${own.includes(name) ? `take another: npx guildhall remove ${name}` : `upgrade or remove the package that brought it, which this names: npm explain ${name}`}` }] };
  return both(said, before);
}
/** What is said now, and what was said before by a catalogue that does not answer now. */
function both(now: Warned | undefined, before: Warned | undefined): Warned | undefined {
  if (!now || !before) return now ?? before;
  const more = before.findings.filter(({ text }) => !now.findings.some((one) => one.text === text));
  return { ...now, findings: [...now.findings, ...more] };
}

/** What is said of one package; nothing where no catalogue that answers lists it. */
async function saidOf({ name, version, integrity, guildhall: { kind, owner } }: InstalledPackage, looking: Looking): Promise<{ readonly said?: Warned; /** It is not believed as it is now, so that what was said before counts. */ readonly isDoubted?: boolean; readonly unreached: readonly string[]; readonly checkpoints?: Seen['checkpoints'] }> {
  const { own, settings, now, demands = {} } = looking;
  const { found, unreached } = await listings(name, settings);
  if (found.length === 0) return { unreached };
  const latest = newestOf(found);
  const findings: DoctorFinding[] = [];
  const find = (weight: DoctorFinding['weight'], text: string): void => void findings.push({ weight, subject: name, text });
  const believed = await believedRelease(name, version, undefined, looking);
  if (!believed.ok) find('mend', believed.refusal.message);
  else {
    const { notices, sha512, facts, assessments, disowned, publisher } = believed.value;
    if (integrity !== undefined && sha512Of(integrity) !== sha512) find('mend', `What is installed as ${name} ${version} is not what its publisher signed: its bytes are others. Install it anew: npx guildhall add ${name}@${version}`);
    for (const notice of notices.filter((one) => concerns(one, name, version))) find(weightOf(notice, now), inOneLine(notice));
    for (const words of disowned) find('advice', words);
    const judged: JudgedPackage = { name, version, sha512, kind, owner, owners: ownersOf(publisher), provides: facts.provides, reports: facts.reports, demands };
    for (const gap of packageGaps(settings.assurance ?? {}, judged, assessments, settings, now)) find(settings.assurance?.whenMissing === 'refuse' ? 'mend' : 'advice', gap.en);
    for (const end of packageEnds(settings.assurance ?? {}, judged, assessments, settings, now)) find('advice', end.en);
    if (settings.assurance?.modules?.kit === undefined) for (const { en } of olderKits(judged)) find('advice', en);
  }
  if (latest !== undefined && gt(latest, version) && own.includes(name)) find('advice', `${name} ${latest} is out, and ${version} is installed: npx guildhall upgrade ${name}`);
  return { unreached: [...new Set([...unreached, ...(believed.ok ? believed.value.unreached : [])])], isDoubted: !believed.ok, ...(believed.ok && { checkpoints: believed.value.checkpoints }), said: { at: now.toISOString(), version, ...(latest !== undefined && { latest }), findings } };
}

/** A deprecation is advice until nobody looks after it any more. */
function weightOf({ kind, severity, until }: Notice, now: Date): DoctorFinding['weight'] {
  if (kind === 'deprecation') return until !== undefined && until < ukDay(now) ? 'mend' : 'advice';
  return kind === 'withdrawal' || severity === 'high' || severity === 'critical' ? 'mend' : 'advice';
}
