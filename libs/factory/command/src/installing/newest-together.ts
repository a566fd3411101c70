import { fit as fitOf, type CouncilReport, type PackageFacts } from '@guildhall/catalogue-contract';
import { satisfies } from 'semver';
import { installedAs } from './app-folder';
import type { InstalledPackage } from './installed-packages';

/** A package, and what it could be instead of what it is, the newest first. */
export interface Mover { readonly name: string; readonly offers: readonly PackageFacts[] }
/** An app as it is: what catalogues and it say of it, what is installed, and what its configuration names. */
export interface AsItIs { readonly council: CouncilReport; readonly packages: readonly InstalledPackage[]; readonly named: ReadonlySet<string> }
/** What packages become, as far as they fit together. */
export interface Together { readonly taken: readonly PackageFacts[]; /** By name: why it does not go as far as it could, in a sentence. */ readonly held: ReadonlyMap<string, string> }

/** Why versions cannot be taken together, and which of the packages that move could help by moving less, the likeliest first. */
interface Fault { readonly why: string; readonly of: readonly string[] }
/** Which of its offers each takes; as many as there are for one that stays. */
type Places = ReadonlyMap<string, number>;

/** The newest versions that fit together, and with what stays as it is. */
export function newestTogether(movers: readonly Mover[], app: AsItIs): Together {
  const taken = (places: Places): readonly PackageFacts[] => movers.flatMap(({ name, offers }) => offers[places.get(name) ?? 0] ?? []);
  const faultAt = (places: Places): Fault | undefined => faultIn(taken(places), app);
  const stays = ({ name, offers }: Mover, places: Places): boolean => (places.get(name) ?? 0) >= offers.length;
  let places: Places = new Map(movers.map(({ name }) => [name, 0]));
  for (let fault = faultAt(places); fault; fault = faultAt(places)) {
    const moving = movers.filter((one) => !stays(one, places));
    const lower = fault.of.find((name) => moving.some((one) => one.name === name)) ?? moving[0]?.name;
    if (lower === undefined) break;
    places = new Map(places).set(lower, (places.get(lower) ?? 0) + 1);
  }
  // One that gave way to another which gave way later may go on after all.
  for (let before: Places | undefined; before !== places;) {
    before = places;
    for (const { name } of movers) {
      const higher = Array.from({ length: places.get(name) ?? 0 }, (_, at) => new Map(places).set(name, at)).find((tried) => !faultAt(tried));
      places = higher ?? places;
    }
  }
  return { taken: taken(places), held: new Map(movers.flatMap(({ name }) => ((places.get(name) ?? 0) > 0 ? [[name, faultAt(new Map(places).set(name, 0))?.why ?? ''] as const] : []))) };
}

/** The app as it would be with these in place of what is installed. */
export function asItWouldBe({ council, packages }: Pick<AsItIs, 'council' | 'packages'>, taken: readonly PackageFacts[]): CouncilReport {
  const newer = new Map(taken.map((one) => [one.name, one]));
  // A module of which the app has nothing is not in use.
  const modules = taken.filter(({ kind }) => kind === 'module').map(({ name, provides }) => ({ now: Object.keys(installedAs(packages, name)?.guildhall.provides ?? {}), provides })).filter(({ now }) => now.some((contract) => contract in council.contracts));
  const gone = new Set(modules.flatMap(({ now }) => now));
  const left = Object.fromEntries(Object.entries(council.contracts).filter(([contract]) => !gone.has(contract)));
  return { ...council, packages: council.packages.map((one) => ({ ...one, version: newer.get(one.name)?.version ?? one.version })), contracts: Object.assign(left, ...modules.map(({ provides }) => provides)) as CouncilReport['contracts'] };
}

function faultIn(taken: readonly PackageFacts[], app: AsItIs): Fault | undefined {
  const then = asItWouldBe(app, taken);
  const movedBy = (contracts: readonly string[]): readonly string[] => taken.filter(({ name, kind, provides }) => kind === 'module' && contracts.some((contract) => contract in provides || contract in (installedAs(app.packages, name)?.guildhall.provides ?? {}))).map(({ name }) => name);
  for (const facts of taken) {
    const found = fitOf(facts, then);
    if (!found.fits) return { why: `${facts.name} ${facts.version} does not fit: ${found.reasons.map(({ en }) => en).join(' ')}`, of: [facts.name, ...movedBy(Object.keys({ ...facts.requires, ...facts.uses })), ...Object.keys(facts.peerDependencies)] };
  }
  for (const { name, version, peers = {}, guildhall: { requires = {}, uses = {} } } of app.packages.filter((one) => app.named.has(one.name) && !taken.some((facts) => facts.name === one.name))) {
    for (const [contract, range] of [...Object.entries(requires), ...Object.entries(uses).filter(([used]) => used in then.contracts)]) {
      const [now, would] = [app.council.contracts[contract], then.contracts[contract]];
      if (now === would || now === undefined || !satisfies(now, range) || (would !== undefined && satisfies(would, range))) continue;
      return { why: `${name} ${version} needs the contract “${contract}” ${range}, and ${would === undefined ? 'nothing would provide it any more' : `it would be ${would}`}.`, of: movedBy([contract]) };
    }
    const other = taken.find((facts) => facts.name in peers && !satisfies(facts.version, peers[facts.name] ?? '*', { includePrerelease: true }));
    if (other) return { why: `${name} ${version} needs ${other.name} ${peers[other.name] ?? ''}, and it would be ${other.version}.`, of: [other.name] };
  }
  return undefined;
}
