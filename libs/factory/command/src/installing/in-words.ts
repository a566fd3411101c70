import type { PackageFacts } from '@guildhall/catalogue-contract';
import { computeAssurance, judgedPackage } from '@guildhall/assurance-contract';
import { createTwoFilesPatch } from 'diff';
import { ownersOf } from './believed-publisher';
import type { BelievedRelease } from './believed-release';
import type { CouncilSettings } from './council-settings';

/** What whoever installs a package should know of it before, a line for each thing. */
export function inWords({ facts, publisher, release, catalogues, sha512, assessments }: BelievedRelease, settings: CouncilSettings, now: Date): readonly string[] {
  return [
    `${facts.name} ${facts.version}: ${facts.description}`,
    `  It is a ${facts.kind}, ${facts.maturity}, under ${facts.licence}, looked after by ${facts.owner}.`,
    `  Signed by ${publisher.name.en} (${publisher.id}) on ${release.publishedAt.slice(0, 10)}; listed by ${catalogues.join(' and ')}.`,
    ...personalData(facts),
    ...permissions(facts),
    ...needs(facts),
    ...kits(facts),
    ...assessed({ facts, publisher, sha512, assessments }, settings, now),
  ];
}

function permissions({ permissions: ids, permissionTitles = {} }: PackageFacts): readonly string[] {
  return ids.length === 0 ? ['  It has no permissions of its own.'] : ['  What officers can be allowed to do in it:', ...ids.map((id) => `    - ${Object.hasOwn(permissionTitles, id) ? `${permissionTitles[id]?.en ?? ''} (${id})` : id}`)];
}

function personalData({ personalData: data }: PackageFacts): readonly string[] {
  return data.length === 0 ? ['  By its maker’s word it keeps nothing about people.'] : ['  What it keeps about people:', ...data.map((one) => `    - ${one.data}. For: ${one.purpose}. How long: ${one.retention}.`)];
}

function needs({ requires, uses, provides }: PackageFacts): readonly string[] {
  const list = (ranges: Readonly<Record<string, string>>): string => Object.entries(ranges).map(([contract, range]) => `${contract} ${range}`).join(', ');
  return [
    ...(Object.keys(provides).length ? [`  It provides: ${list(provides)}.`] : []),
    `  It needs: ${list(requires) || 'no contract'}.`,
    ...(Object.keys(uses).length ? [`  It uses where they are there: ${list(uses)}.`] : []),
  ];
}

function kits({ reports }: PackageFacts): readonly string[] {
  return reports.map(({ kit, version, results }) => {
    const applicable = results.filter(({ result }) => result !== 'not-applicable');
    return `  By its own report it passes ${applicable.filter(({ result }) => result === 'passed').length} of ${applicable.length} cases of ${kit} ${version}.`;
  });
}

function assessed({ facts, publisher, sha512, assessments }: Pick<BelievedRelease, 'facts' | 'publisher' | 'sha512' | 'assessments'>, { bodies, assessors }: CouncilSettings, now: Date): readonly string[] {
  const { findings, counterClaims } = computeAssurance(judgedPackage({ name: facts.name, version: facts.version, sha512, owner: facts.owner, owners: ownersOf(publisher) }), assessments, { bodies, assessors }, now);
  const lines = Object.entries(findings).flatMap(([standard, principles]) => Object.entries(principles).flatMap(([principle, found]) => found.map(({ by, level, result, assessedOn, isDrifted }) => `    - ${standard} ${principle}: ${result} (${by}, ${level}, ${assessedOn}${isDrifted ? ', of another version' : ''})`)));
  return [...(lines.length ? ['  Assessed by those whom this council knows:', ...lines] : ['  Nobody whom this council knows has assessed it.']), ...counterClaims.map(({ principle, text }) => `    - against principle ${principle} it is said: ${text}`)];
}

/** What is different in a file, as developers read it. */
export function difference(file: string, before: string, after: string): string {
  return createTwoFilesPatch(file, file, before, after, '', '', { context: 2 }).replace(/^=+\n/, '');
}
