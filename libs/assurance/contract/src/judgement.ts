import type { Text } from '@guildhall/kernel-contract';
import { ASSURANCE_LEVELS, dateAfter, ukDay, type AssuranceDemand, type AssuranceLevel, type Envelope } from '@guildhall/sharing-contract';
import type { Finding } from './assessment';
import { assuranceGaps, computeAssurance, principleTitle, type Assurance, type Assured, type Judged, type KnownSigners } from './compute-assurance';
import { olderKits } from './kit-demands';
import { isUnder, judgedPackage, packageGaps, type AssurancePolicy, type JudgedPackage } from './policy';
import { NCSC_CLOUD_PRINCIPLES } from './principles';

const A_MONTH = 'P1M';
const LEVEL: Readonly<Record<AssuranceLevel, Text>> = {
  self: { en: 'their own word', cy: 'eu gair eu hunain' }, peer: { en: 'another body', cy: 'corff arall' }, 'third-party': { en: 'independent', cy: 'annibynnol' }, accredited: { en: 'accredited', cy: 'achrededig' },
};
const RESULT: Readonly<Record<Finding['result'], Text>> = { met: { en: 'met', cy: 'wedi’i chyrraedd' }, 'partly-met': { en: 'met in part', cy: 'wedi’i chyrraedd yn rhannol' }, 'not-met': { en: 'not met', cy: 'heb ei chyrraedd' } };

/** The whole of what was found, principle by principle: by whom, how much their word is worth, from when until when, and what is said against it. A sentence each. @public */
export function tellAssurance({ findings, counterClaims }: Assurance): readonly Text[] {
  return Object.entries(findings).flatMap(([standard, principles]) => Object.entries(principles).sort(([one], [other]) => Number(one) - Number(other)).flatMap(([principle, all]) => [
    ...all.map((one): Text => foundSentence(principleTitle(standard, principle), one)),
    ...counterClaims.filter((claim) => claim.principle === principle).map(({ by, text }): Text => ({ en: `${principleTitle(standard, principle).en}: against what ${by} found it is said: ${text}`, cy: `${principleTitle(standard, principle).cy}: yn erbyn yr hyn a ganfu ${by} dywedir: ${text}` })),
  ]));
}

function foundSentence(title: Text, { result, by, level, assessedOn, validUntil, isDrifted }: Assured): Text {
  const drifted = isDrifted ? { en: ', before it was changed', cy: ', cyn iddo gael ei newid' } : { en: '', cy: '' };
  return {
    en: `${title.en}: ${RESULT[result].en}, found by ${by} (${LEVEL[level].en}${drifted.en}) on ${assessedOn}, good until ${validUntil}.`,
    cy: `${title.cy}: ${RESULT[result].cy}, canfuwyd gan ${by} (${LEVEL[level].cy}${drifted.cy}) ar ${assessedOn}, yn ddilys hyd ${validUntil}.`,
  };
}

/** What of a policy a deployment still meets, and will not in a month, when nobody looks at it again. @public */
export function hostingEnds({ hosting }: Pick<AssurancePolicy, 'hosting'>, deployment: Judged, envelopes: readonly Envelope[], known: KnownSigners, now: Date): readonly Text[] {
  if (!hosting) return [];
  const { by, principles, within, standard = NCSC_CLOUD_PRINCIPLES } = hosting;
  const assurance = computeAssurance(deployment, envelopes, known, now);
  const soon = dateAfter(ukDay(now), A_MONTH);
  return principles.flatMap((principle): readonly Text[] => {
    const demand: AssuranceDemand = { on: 'deployment', standard, principles: [principle], by, within };
    if (assuranceGaps([demand], assurance, now).length > 0) return [];
    const until = latest((assurance.findings[standard]?.[principle] ?? []).filter(({ level, result }) => result === 'met' && isWorth(level, by)).map(({ validUntil, assessedOn }) => [validUntil, dateAfter(assessedOn, within)].sort()[0] as string));
    const title = principleTitle(standard, principle);
    return until <= soon ? [{ en: `${title.en} is good until ${until}: have it looked at again before that.`, cy: `Mae ${title.cy} yn ddilys hyd ${until}: trefnwch i rywun edrych arni eto cyn hynny.` }] : [];
  });
}

/** The same of a package, and by which older kit it meets it. @public */
export function packageEnds({ modules }: Pick<AssurancePolicy, 'modules'>, judged: JudgedPackage, envelopes: readonly Envelope[], known: KnownSigners, now: Date): readonly Text[] {
  if (!modules || !isUnder(modules, judged)) return [];
  return [...(modules.kit === 'passed' ? olderKits(judged) : []), ...reviewEnds(modules, judged, envelopes, known, now)];
}

function reviewEnds(modules: NonNullable<AssurancePolicy['modules']>, judged: JudgedPackage, envelopes: readonly Envelope[], known: KnownSigners, now: Date): readonly Text[] {
  const { reviewedBy: by } = modules;
  if (by === undefined || packageGaps({ modules: { ...modules, kit: undefined } }, judged, envelopes, known, now).length > 0) return [];
  const { findings } = computeAssurance(judgedPackage(judged), envelopes, known, now);
  const until = latest(Object.values(findings).flatMap((principles) => Object.values(principles).flat()).filter(({ level }) => isWorth(level, by)).map(({ validUntil }) => validUntil));
  const named = `${judged.name} ${judged.version}`;
  return until !== '' && until <= dateAfter(ukDay(now), A_MONTH) ? [{ en: `What was found of ${named} is good until ${until}.`, cy: `Mae’r hyn a ganfuwyd am ${named} yn ddilys hyd ${until}.` }] : [];
}

function isWorth(level: AssuranceLevel, by: AssuranceLevel): boolean { return ASSURANCE_LEVELS.indexOf(level) >= ASSURANCE_LEVELS.indexOf(by); }
function latest(days: readonly string[]): string { return [...days].sort().at(-1) ?? ''; }
