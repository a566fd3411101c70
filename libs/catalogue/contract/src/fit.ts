import type { Text } from '@guildhall/kernel-contract';
import { satisfies, validRange } from 'semver';
import type { CouncilReport } from './council-report';
import type { PackageFacts } from './package-facts';

/** Whether a package fits a council's app; each reason against it and each thing to know, as a sentence. @public */
export interface Fit { readonly fits: boolean; readonly reasons: readonly Text[]; readonly advice: readonly Text[] }

/** Whether a package would work in what a council has: contracts, the kernel, Node.js, names, languages. @public */
export function fit(facts: PackageFacts, council: CouncilReport): Fit {
  const installed = new Map(council.packages.map(({ name, version }) => [name, version]));
  const same = council.packages.find(({ name, id, kind }) => id === facts.id && kind === facts.kind && name !== facts.name);
  const reasons = [
    ...Object.entries(facts.requires).flatMap(([contract, range]) => lacks(contract, range, council.contracts[contract])),
    ...Object.entries(facts.peerDependencies).flatMap(([name, range]) => differs(name, range, installed.get(name))),
    ...(satisfies(council.node, facts.node) ? [] : [{ en: `It needs Node.js ${facts.node}, and this app runs ${council.node}.`, cy: `Mae angen Node.js ${facts.node} arno, ac mae’r ap hwn yn rhedeg ${council.node}.` }]),
    ...(same ? [{ en: `${same.name} is there already as ${facts.kind} “${facts.id}”.`, cy: `Mae ${same.name} yno eisoes fel ${facts.kind} “${facts.id}”.` }] : []),
  ];
  const missing = facts.languages.length === 0 ? [] : council.council.languages.filter((language) => !facts.languages.includes(language));
  const unused = Object.entries(facts.uses).filter(([contract]) => council.contracts[contract] === undefined).map(([contract]) => contract);
  return {
    fits: reasons.length === 0, reasons,
    advice: [
      ...(missing.length ? [{ en: `It does not speak ${missing.join(', ')}.`, cy: `Nid yw’n siarad ${missing.join(', ')}.` }] : []),
      ...(unused.length ? [{ en: `It can do more where ${unused.join(', ')} is installed.`, cy: `Gall wneud mwy lle mae ${unused.join(', ')} wedi’i osod.` }] : []),
    ],
  };
}

function lacks(contract: string, range: string, has: string | undefined): readonly Text[] {
  if (has === undefined) return [{ en: `It needs the contract “${contract}” (${range}), and nothing in this app provides it.`, cy: `Mae angen y contract “${contract}” (${range}) arno, ac nid oes dim yn yr ap hwn yn ei ddarparu.` }];
  return satisfies(has, range) ? [] : [{ en: `It needs the contract “${contract}” ${range}, and this app has ${has}.`, cy: `Mae angen y contract “${contract}” ${range} arno, ac mae gan yr ap hwn ${has}.` }];
}

/** What is not installed yet comes along; what is there in another version does not go. */
function differs(name: string, range: string, has: string | undefined): readonly Text[] {
  if (has === undefined || validRange(range) === null || satisfies(has, range, { includePrerelease: true })) return [];
  return [{ en: `It needs ${name} ${range}, and this app has ${has}.`, cy: `Mae angen ${name} ${range} arno, ac mae gan yr ap hwn ${has}.` }];
}
