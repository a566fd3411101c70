import type { Text } from '@guildhall/kernel-contract';
import { documentReader } from '@guildhall/sharing-contract';
import { gt, lt, rcompare, valid } from 'semver';
import type { JudgedPackage } from './policy';

/** A case that no implementation may lack. @public */
export interface DemandedCase {
  readonly id: string;
  /** The version of the kit with which it came; absent: with its first. */
  readonly since?: string;
}
/** Those cases of kits that no implementation may lack, by the kit's id: `payments.payment-provider`; of a kit without a point in its id, below its contract's: `identity/code-sign-in`. @public */
export type KitDemands = Readonly<Record<string, readonly DemandedCase[]>>;
/** A contract that is installed: its manifest's id, and what its kits.json holds. @public */
export interface ContractKits { readonly contract: string; readonly kits: unknown }
/** A report of a kit, as it is in a package. @public */
export interface ConformanceReport { readonly kit: string; readonly contract: string; /** The kit's. */ readonly version?: string; readonly implementation: string; readonly results: readonly { readonly id: string; readonly result: string }[] }

const readKits = documentReader<Readonly<Record<string, readonly string[]>>>({ type: 'object', maxProperties: 500, additionalProperties: { type: 'array', maxItems: 2000, items: { type: 'string', maxLength: 20 } } }, 'what kits demand');

/**
 * What the contracts of an app demand. Each speaks for its own kits only; what is no kits.json demands nothing. Where several versions of one are installed, none takes back what another has said.
 * @public
 * @example kitDemands([{ contract: 'payments', kits: { 'payments.payment-provider': ['PAY-001'], 'payments.payment-provider@0.2.0': ['PAY-040'] } }])
 */
export function kitDemands(brought: readonly ContractKits[]): KitDemands {
  const all = new Map<string, Map<string, string | undefined>>();
  for (const { contract, kits } of brought) {
    const read = readKits(kits);
    for (const [named, ids] of Object.entries(read.ok ? read.value : {})) {
      const [kit = '', since] = named.split('@');
      if ((kit.includes('.') && kit.split('.')[0] !== contract) || (since !== undefined && valid(since) === null)) continue;
      const cases = all.get(keyOf({ kit, contract })) ?? new Map<string, string | undefined>();
      for (const id of ids) if (!cases.has(id) || (since === undefined ? true : isBefore(since, cases.get(id)))) cases.set(id, since);
      all.set(keyOf({ kit, contract }), cases);
    }
  }
  return Object.fromEntries([...all].map(([key, cases]) => [key, [...cases].sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, since]) => ({ id, ...(since !== undefined && { since }) }))]));
}

/** Whether a report is of this package, or of one of several things in it: `@westmarch/sign-in officers`. @public */
export function isReportOf({ implementation }: Pick<ConformanceReport, 'implementation'>, name: string): boolean { return implementation === name || implementation.startsWith(`${name} `); }

/** Whether a report is of a kit for this port: the kit has the port's id, or is one of several that its contract has for it. @public */
export function isOfKitFor({ kit, contract }: Pick<ConformanceReport, 'kit' | 'contract'>, port: string): boolean { return kit === port || (!kit.includes('.') && contractId(contract) === port.split('.')[0]); }

/** What a package has not been tried on, because its kit has gained cases since: a sentence for each of its reports. It has passed the kit that it says. @public */
export function olderKits({ name, version, reports, demands = {} }: Pick<JudgedPackage, 'name' | 'version' | 'reports' | 'demands'>): readonly Text[] {
  return reports.filter((report) => isReportOf(report, name)).flatMap((report) => {
    const { later, of } = lackingIn(report, demands);
    return later.length ? [{
      en: `${name} ${version} passed ${report.kit} of ${of}; the present one has ${later.length} more ${later.length === 1 ? 'case' : 'cases'}.`,
      cy: `Pasiodd ${name} ${version} ${report.kit} o ${of}; mae gan yr un presennol ${later.length} achos arall.`,
    }] : [];
  });
}

/**
 * What a report lacks of what nobody may lack: of the kit that it is of, and of that kit as it has become since. Which kit it is of is worked out from the cases that it names, whatever older version it says; one that says no version
 * is held against all.
 */
export function lackingIn(report: ConformanceReport, demands: KitDemands): { readonly of: string; readonly now: readonly string[]; readonly later: readonly string[] } {
  const demanded = Object.hasOwn(demands, keyOf(report)) ? (demands[keyOf(report)] ?? []) : [];
  const named = new Set(report.results.map(({ id }) => id));
  // What is left out, or is said not to apply, says nothing where nobody may lack it; what failed is said as such.
  const missing = demanded.filter(({ id }) => !report.results.some((one) => one.id === id && one.result !== 'not-applicable'));
  const said = valid(report.version ?? '');
  const of = said === null ? undefined : [said, ...demanded.flatMap(({ id, since }) => (since !== undefined && named.has(id) ? [since] : []))].sort(rcompare)[0];
  const isLater = ({ since }: DemandedCase): boolean => since !== undefined && of !== undefined && gt(since, of);
  return { of: of ?? '', now: missing.filter((one) => !isLater(one)).map(({ id }) => id), later: missing.filter(isLater).map(({ id }) => id) };
}

/** Whether a report is of a kit that its contract has, as far as the contract's are known. */
export function isKnownKit({ kit, contract }: ConformanceReport, demands: KitDemands): boolean {
  return kit.includes('.') || Object.hasOwn(demands, keyOf({ kit, contract })) || !Object.keys(demands).some((key) => key.startsWith(`${contractId(contract)}/`));
}

/** Whether the kit of a report is older than the version of what a package says that it provides. */
export function isTooOld({ version = '' }: ConformanceReport, provided: string): boolean { return valid(version) !== null && valid(provided) !== null && lt(version, provided); }

function keyOf({ kit, contract }: Pick<ConformanceReport, 'kit' | 'contract'>): string { return kit.includes('.') ? kit : `${contractId(contract)}/${kit}`; }
/** Of a contract as a report names it: by its id, or by its package's name. */
function contractId(contract: string): string { return contract.replace(/^@[^/]+\//, '').replace(/-contract$/, ''); }
function isBefore(since: string, known: string | undefined): boolean { return known !== undefined && lt(since, known); }
