import { isReportOf } from '@guildhall/assurance-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { validRange } from 'semver';
import { factsOf, type PackageFacts, type PackageFilesRead } from './package-facts';
import { pictureFault } from './pictures';

/** Of what a package's files say of it, as JSON. */
const MOST_FACTS_CHARACTERS = 2_000_000;

/** What a package's own files have against its being listed. @public */
export type NotListed = Refusal<'not-listable'>;

/** What a package's files say of it, where nothing in them keeps it from being listed: asked before it is published, and again by each catalogue. @public */
export function judgePackage(files: PackageFilesRead): Outcome<PackageFacts, NotListed> {
  const read = factsOf(files);
  if (!read.ok) {
    const license = read.refusal.fields.some(({ field }) => field === 'license');
    return refused('not-listable', license ? 'It does not say under which licence it may be used. Name it in package.json ("license": "MIT"), and pack it anew.' : `${read.refusal.message} Mend it, and pack it anew.`);
  }
  if (files.has('binding.gyp')) return refused('not-listable', 'npm would build it where it is installed (binding.gyp). Pack what is built, or take a package that does.');
  const picture = pictureFault(read.value.pictures ?? [], files);
  return picture ? { ok: false, refusal: picture } : judgeFacts(read.value);
}

/** The same of facts whose files are elsewhere: what another catalogue lists is no more welcome than what is handed in. @public */
export function judgeFacts(facts: PackageFacts): Outcome<PackageFacts, NotListed> {
  const [script] = facts.installScripts;
  if (script !== undefined) return refused('not-listable', `It would run a script of its own where it is installed ("${script}"). Take it out of package.json: what has to be prepared is prepared before it is packed.`);
  if (/^(UNLICENSED|SEE LICEN[CS]E\b.*)$/i.test(facts.licence)) return refused('not-listable', `"${facts.licence}" is no licence by which others may use it. Name one in package.json (an SPDX expression: "MIT").`);
  for (const [name, range] of Object.entries({ ...facts.dependencies, ...facts.peerDependencies })) if (validRange(range) === null) return refused('not-listable', `It takes ${name} from "${range}", which may be something else tomorrow. Name a range of versions.`);
  const foreign = facts.reports.find((report) => !isReportOf(report, facts.name));
  if (foreign) return refused('not-listable', `Its report of ${foreign.kit} is of ${foreign.implementation}. Bring its own: run guildhall conform on this package.`);
  if (JSON.stringify(facts).length > MOST_FACTS_CHARACTERS) return refused('not-listable', 'It says more of itself than can be shown. Shorten its reports.');
  return done(facts);
}
