import type { Text } from '@guildhall/kernel-contract';
import { ASSURANCE_LEVELS, type AssuranceDemand, type AssuranceLevel, type Envelope } from '@guildhall/sharing-contract';
import { packageUrl } from './components';
import { assuranceGaps, computeAssurance, endedOn, isOwnWord, type Judged, type KnownSigners } from './compute-assurance';
import { isKnownKit, isOfKitFor, isReportOf, isTooOld, lackingIn, type ConformanceReport, type KitDemands } from './kit-demands';
import { LEVEL_WORDS, NCSC_CLOUD_PRINCIPLES } from './principles';

/**
 * What a council demands before it runs something.
 * @public
 * @example { hosting: { by: 'third-party', principles: ['1', '2', '9', '10'], within: 'P400D' }, modules: { kit: 'passed', reviewedBy: 'peer' }, whenMissing: 'refuse' }
 */
export interface AssurancePolicy {
  /** What must have been found of the deployment, by whom, and how long ago at most. */
  readonly hosting?: { readonly by: AssuranceLevel; readonly principles: readonly string[]; readonly within: string; /** `ncsc-csp` unless told. */ readonly standard?: string };
  /** What each module, provider and service pack must bring. */
  readonly modules?: {
    /** `passed`: every case of the kit for what it implements, as the kit was when it was passed; `present`: as the kit is in the contract that is installed. */
    readonly kit?: 'passed' | 'present';
    /** Somebody at least as independent has looked at it, and found nothing that is not met. */
    readonly reviewedBy?: AssuranceLevel;
    /** Packages of which this is not demanded: `@guildhall/*`, `@riverbourne/parking`. */
    readonly except?: readonly string[];
  };
  /** Whether what lacks it is not started, or started with a warning. */
  readonly whenMissing: 'refuse' | 'warn';
}

/** A package as a policy looks at it. @public */
export interface JudgedPackage {
  /** Its name for npm: `@guildhall/payments`. */
  readonly name: string;
  readonly version: string;
  /** SHA-512 of what was packed, in hexadecimal, where it is known. */
  readonly sha512?: string;
  /** Its manifest's kind: a provider without a report has passed no kit. */
  readonly kind?: string;
  /** Who keeps it, by its manifest. */
  readonly owner?: string;
  /** Others to whom it belongs, whatever it says of itself: who signed it, and those to whom that one says that it belongs. */
  readonly owners?: readonly string[];
  /** The ports and contracts that it provides, by its manifest: a provider has a report for each. */
  readonly provides?: Readonly<Record<string, string>>;
  /** The reports that it brings. */
  readonly reports: readonly ConformanceReport[];
  /** What kits demand of everybody, as far as it is known. */
  readonly demands?: KitDemands;
}
/** What of a policy a deployment does not meet, a sentence for each. @public */
export function hostingGaps({ hosting }: Pick<AssurancePolicy, 'hosting'>, deployment: Judged, envelopes: readonly Envelope[], known: KnownSigners, now: Date): readonly Text[] {
  if (!hosting) return [];
  const { by, principles, within, standard = NCSC_CLOUD_PRINCIPLES } = hosting;
  const demand: AssuranceDemand = { on: 'deployment', standard, principles, by, within };
  return assuranceGaps([demand], computeAssurance(deployment, envelopes, known, now), now);
}

/** What of a policy a package does not meet, a sentence for each. @public */
export function packageGaps({ modules }: Pick<AssurancePolicy, 'modules'>, judged: JudgedPackage, envelopes: readonly Envelope[], known: KnownSigners, now: Date): readonly Text[] {
  if (!modules || !isUnder(modules, judged)) return [];
  return [...(modules.kit ? kitGaps(judged, modules.kit) : []), ...(modules.reviewedBy ? reviewGaps(judged, modules.reviewedBy, envelopes, known, now) : [])];
}

/** Whether anything is demanded of a package: of what runs in an app, but for what is excepted; contracts, themes and tools come along with it. */
export function isUnder({ except }: NonNullable<AssurancePolicy['modules']>, { name, kind }: Pick<JudgedPackage, 'name' | 'kind'>): boolean {
  return (kind === undefined || ['module', 'provider', 'service-pack'].includes(kind)) && !except?.some((pattern) => pattern === name || (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1))));
}

/** A package as it is assessed: its name's scope, whoever keeps it and whoever signed it are its owners. @public */
export function judgedPackage({ name, version, sha512, owner, owners = [] }: Pick<JudgedPackage, 'name' | 'version' | 'sha512' | 'owner' | 'owners'>): Judged {
  const scope = /^@([^/]+)\//.exec(name)?.[1];
  return { name: packageUrl(name, version), version, digest: sha512 === undefined ? {} : { sha512 }, owners: [...owners, ...(scope === undefined ? [] : [scope]), ...(owner === undefined ? [] : [owner.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')])] };
}

function kitGaps({ name, version, kind, provides = {}, reports: brought, demands = {} }: JudgedPackage, demanded: 'passed' | 'present'): readonly Text[] {
  // Somebody else's report says nothing of this package, nor does one of a kit that its contract does not have.
  const reports = brought.filter((report) => isReportOf(report, name) && isKnownKit(report, demands));
  if (reports.length > 0 && kind === 'provider') {
    const untried = Object.keys(provides).filter((port) => !reports.some((report) => isOfKitFor(report, port)));
    if (untried.length > 0) return untried.map((port) => ({ en: `${name} ${version} brings no report of a kit for ${port}, which it provides.`, cy: `Nid oes gan ${name} ${version} adroddiad o becyn profi ar gyfer ${port}, y mae’n ei ddarparu.` }));
  }
  if (reports.length === 0) return kind === 'provider' ? [{ en: `${name} ${version} brings no report that it has passed its kit.`, cy: `Nid oes gan ${name} ${version} adroddiad ei fod wedi pasio ei becyn profi.` }] : [];
  return reports.flatMap((report) => {
    const { kit, results } = report;
    const failed = results.filter(({ result }) => result !== 'passed' && result !== 'not-applicable').map(({ id }) => id);
    if (failed.length === 0 && !results.some(({ result }) => result === 'passed')) return [{ en: `${name} ${version} brings a report of ${kit} in which nothing was passed.`, cy: `Daw ${name} ${version} ag adroddiad o ${kit} lle na phasiwyd dim.` }];
    const { now, later, of } = lackingIn(report, demands);
    return [
      ...(failed.length ? [{ en: `${name} ${version} has not passed ${failed.join(', ')} of ${kit}.`, cy: `Nid yw ${name} ${version} wedi pasio ${failed.join(', ')} o ${kit}.` }] : []),
      ...(now.length ? [{ en: `${name} ${version} does not say that it passes ${inShort(now)} of ${kit}, which nobody may lack.`, cy: `Nid yw ${name} ${version} yn dweud ei fod yn pasio ${inShort(now)} o ${kit}, na chaiff neb fod hebddynt.` }] : []),
      ...Object.entries(provides).filter(([port, provided]) => isOfKitFor(report, port) && isTooOld(report, provided)).map(([port, provided]) => ({ en: `${name} ${version} provides ${port} ${provided}, and brings a report of the older ${kit} ${report.version}.`, cy: `Mae ${name} ${version} yn darparu ${port} ${provided}, a daw ag adroddiad o’r ${kit} ${report.version} hŷn.` })),
      ...(demanded === 'present' && later.length ? [{ en: `${name} ${version} passed ${kit} of ${of}, which did not have ${inShort(later)} yet.`, cy: `Pasiodd ${name} ${version} ${kit} o ${of}, nad oedd yn cynnwys ${inShort(later)} eto.` }] : []),
    ];
  });
}

const MOST_NAMED = 5;
function inShort(ids: readonly string[]): string { return ids.length > MOST_NAMED ? `${ids.slice(0, MOST_NAMED).join(', ')} … (${ids.length})` : ids.join(', '); }

function reviewGaps(judged: JudgedPackage, by: AssuranceLevel, envelopes: readonly Envelope[], known: KnownSigners, now: Date): readonly Text[] {
  const { findings, ended } = computeAssurance(judgedPackage(judged), envelopes, known, now);
  const all = Object.values(findings).flatMap((principles) => Object.values(principles).flat());
  const fitting = all.filter(({ level }) => ASSURANCE_LEVELS.indexOf(level) >= ASSURANCE_LEVELS.indexOf(by));
  const named = `${judged.name} ${judged.version}`;
  if (fitting.some(({ result }) => result === 'not-met')) return [{ en: `${named} was found to lack something that it should meet.`, cy: `Canfuwyd bod ${named} yn brin o rywbeth y dylai ei gyrraedd.` }];
  if (fitting.length > 0) return [];
  const until = endedOn(ended, by);
  if (until !== undefined && all.every(isOwnWord)) return [{ en: `What was found of ${named} was good until ${until}, and nobody has looked at it since.`, cy: `Roedd yr hyn a ganfuwyd am ${named} yn ddilys hyd ${until}, ac nid oes neb wedi edrych arno ers hynny.` }];
  if (all.some(({ isDrifted }) => isDrifted)) return [{ en: `${named} was looked at in another version.`, cy: `Edrychwyd ar fersiwn arall o ${named}.` }];
  return all.length > 0 && all.every(({ level }) => level === 'self')
    ? [{ en: `${named} has only been looked at by its owner.`, cy: `Dim ond ei berchennog sydd wedi edrych ar ${named}.` }]
    : [{ en: `${named} has not been looked at by ${LEVEL_WORDS[by].en}.`, cy: `Nid edrychwyd ar ${named} gan ${LEVEL_WORDS[by].cy}.` }];
}
