import { NCSC_PRINCIPLES, type Text } from '@guildhall/kernel-contract';
import { ASSURANCE_LEVELS, dateAfter, keysAt, ukDay, verifyEnvelope, type Assessor, type AssuranceDemand, type AssuranceLevel, type Body, type Envelope, type NamedKey } from '@guildhall/sharing-contract';
import { satisfies } from 'semver';
import type { Assessment, AssessmentStatement, Finding, Subject } from './assessment';
import { readAssessment } from './assessment';
import { LEVEL_WORDS, NCSC_CLOUD_PRINCIPLES } from './principles';

/** What is to be judged, as it is now. @public */
export interface Judged {
  readonly name: string;
  /** What runs, or is to be installed: of a deployment the SHA-256 of its list of components, of a module the digest of its package. */
  readonly digest: Readonly<Record<string, string>>;
  /** Of a module. */
  readonly version?: string;
  /** Everybody to whom it belongs: publisher, operator, supplier. What these say of it, they say of themselves. */
  readonly owners: readonly string[];
}

/** Whose word counts here: other bodies, and those who assess, of the lists that this council has chosen. @public */
export interface KnownSigners {
  readonly bodies: readonly Body[];
  readonly assessors: readonly Assessor[];
}

/** What is known of one principle: the best that somebody found, and how much their word is worth. @public */
export interface Assured {
  readonly level: AssuranceLevel;
  readonly result: Finding['result'];
  readonly by: string;
  readonly assessedOn: string;
  /** The last day on which it is in force. */
  readonly validUntil: string;
  /** It was found of another state than the one that is there now: only its owner's word is left. */
  readonly isDrifted: boolean;
}

/** What has been found of something, by standard and principle. @public */
export interface Assurance {
  readonly findings: Readonly<Record<string, Readonly<Record<string, readonly Assured[]>>>>;
  /** Whether somebody other than its owner looked at how people ask from it. */
  readonly coversChannels: boolean;
  /** What is said against it, and beside whose assessment. */
  readonly counterClaims: readonly { readonly principle: string; readonly text: string; readonly by: string }[];
  /** What was found of it as it is now, and is in force no longer: it counts for nothing, and whoever reads of it is told so. */
  readonly ended: readonly Ended[];
}
/** A finding whose last day is over. @public */
export interface Ended extends Pick<Assured, 'level' | 'by' | 'validUntil'> { readonly standard: string; readonly principle: string }

/**
 * How much is known of something, from who signed and never from what was claimed: its owner's word is `self`, another council's `peer`, that of somebody who assesses and does not belong to its owner
 * `third-party`, and `accredited` when a list names an accreditation. Asked at each exchange, at the start of a deployment, and before a module is installed.
 * @public
 */
export function computeAssurance(judged: Judged, envelopes: readonly Envelope[], known: KnownSigners, now: Date): Assurance {
  const findings: Record<string, Record<string, Assured[]>> = {};
  const counterClaims: { readonly principle: string; readonly text: string; readonly by: string }[] = [];
  const ended: Ended[] = [];
  let coversChannels = false;
  for (const envelope of envelopes) {
    const opened = readAssessment(envelope);
    if (!opened.ok) continue;
    const { predicate, subject } = opened.value;
    const state = stateOf(judged, subject, predicate);
    const { standard, validUntil } = predicate;
    const hasEnded = validUntil < ukDay(now);
    if (state === 'another' || predicate.assessedOn > ukDay(now) || (hasEnded && state === 'drifted')) continue;
    for (const { id, level } of signersOf(envelope, judged, known, { assessedOn: predicate.assessedOn, now })) {
      if (hasEnded) {
        ended.push(...predicate.findings.filter(({ result }) => result !== 'not-met').map(({ principle }) => ({ standard, principle, level, by: id, validUntil })));
        continue;
      }
      const isDrifted = state === 'drifted';
      const worth = isDrifted ? 'self' : level;
      for (const { principle, result } of predicate.findings) ((findings[standard] ??= {})[principle] ??= []).push({ level: worth, result, by: id, assessedOn: predicate.assessedOn, validUntil, isDrifted });
      coversChannels ||= predicate.coversChannels === true && worth !== 'self';
      if (predicate.counterClaims) counterClaims.push(...predicate.counterClaims.map(({ principle, text }) => ({ principle, text, by: id })));
    }
  }
  return { findings, coversChannels, counterClaims, ended };
}

/** Those whose signatures are there and whose word counts, with how much; nobody twice. A signature names its key: of thousands who are known not each is tried. */
function signersOf(envelope: Envelope, { owners }: Judged, { bodies, assessors }: KnownSigners, when: { readonly assessedOn: string; readonly now: Date }): readonly { readonly id: string; readonly level: AssuranceLevel }[] {
  const hasSigned = (one: Pick<Body, 'keys'>): boolean => keysFor(one, when).some((key) => envelope.signatures.some(({ keyid }) => keyid === key.keyid) && verifyEnvelope(envelope, [key], 1).ok);
  const isOwners = (ids: readonly string[]): boolean => ids.some((id) => owners.includes(id));
  const found = [
    ...assessors.filter(hasSigned).map(({ id, linkedTo, accreditations }) => ({ id, level: isOwners([id, ...linkedTo]) ? ('self' as const) : accreditations.length > 0 ? ('accredited' as const) : ('third-party' as const) })),
    ...bodies.filter(hasSigned).map(({ id }) => ({ id, level: isOwners([id]) ? ('self' as const) : ('peer' as const) })),
  ];
  return found.filter(({ id }, index) => found.findIndex((one) => one.id === id) === index);
}

/** A key that has ended still stands for what was assessed by its last day. One that was stolen stands for nothing: whoever has it writes the day that they like. */
function keysFor({ keys }: Pick<Body, 'keys'>, { assessedOn, now }: { readonly assessedOn: string; readonly now: Date }): readonly NamedKey[] {
  return keysAt({ keys: keys.filter(({ until }) => until === undefined || assessedOn <= ukDay(new Date(until))).map(({ until: _until, ...key }) => key) }, now);
}

/** Whether it is of this thing as it is now, of this thing as it was, or of another. */
function stateOf({ name, digest, version }: Judged, subjects: AssessmentStatement['subject'], { alsoFor }: Assessment): 'same' | 'drifted' | 'another' {
  const same = subjects.filter((subject) => nameOf(subject) === withoutVersion(name));
  if (same.length === 0) return 'another';
  if (same.some((subject) => Object.entries(subject.digest).some(([algorithm, value]) => digest[algorithm] === value))) return 'same';
  if (digest['sha256'] !== undefined && alsoFor?.sha256?.includes(digest['sha256'])) return 'same';
  if (version !== undefined && alsoFor?.versions !== undefined && satisfies(version, alsoFor.versions)) return 'same';
  return 'drifted';
}

function nameOf({ name }: Subject): string { return withoutVersion(name); }
/** A module is the same one in each of its versions: `pkg:npm/%40guildhall/payments@1.2.0`. */
function withoutVersion(name: string): string { return name.startsWith('pkg:') ? name.replace(/@[^@/]*$/, '') : name; }

/** What its owner says of a thing as it is: nobody else has looked at it. */
export function isOwnWord({ level, isDrifted }: Pick<Assured, 'level' | 'isDrifted'>): boolean { return level === 'self' && !isDrifted; }

/** The last day of what at least these found, once all of that has ended; nothing where there never was any. */
export function endedOn(ended: readonly Ended[], by: AssuranceLevel): string | undefined { return ended.filter(({ level }) => worth(level) >= worth(by)).map(({ validUntil }) => validUntil).sort().at(-1); }

/**
 * What of an agreement's demands is not met, a sentence for each; nothing when all are.
 * @public
 * @example assuranceGaps(demands, assurance, now)[0].en // 'Principle 10, identity and authentication, is only self-asserted.'
 */
export function assuranceGaps(demands: readonly AssuranceDemand[], { findings, ended }: Assurance, now: Date): readonly Text[] {
  const today = ukDay(now);
  return demands.flatMap(({ standard, principles, by, within }) => principles.flatMap((principle): readonly Text[] => {
    const assured = findings[standard]?.[principle] ?? [];
    const young = assured.filter(({ assessedOn }) => dateAfter(assessedOn, within) >= today);
    const fitting = young.filter(({ level }) => worth(level) >= worth(by));
    const named = principleTitle(standard, principle);
    // Who found it not to be met is not outvoted by somebody else.
    if (fitting.some(({ result }) => result === 'not-met')) return [{ en: `${named.en} was found not to be met.`, cy: `Canfuwyd na chyrhaeddir ${named.cy}.` }];
    if (fitting.some(({ result }) => result === 'met')) return [];
    if (fitting.length > 0) return [{ en: `${named.en} is met only in part.`, cy: `Dim ond yn rhannol y cyrhaeddir ${named.cy}.` }];
    const until = endedOn(ended.filter((one) => one.standard === standard && one.principle === principle), by);
    if (until !== undefined && assured.every(isOwnWord)) return [{ en: `${named.en} was good until ${until}, and nobody has looked at it since.`, cy: `Roedd ${named.cy} yn ddilys hyd ${until}, ac nid oes neb wedi edrych arni ers hynny.` }];
    if (assured.length === 0) return [{ en: `${named.en} has not been looked at.`, cy: `Nid edrychwyd ar ${named.cy}.` }];
    if (young.length === 0) return [{ en: `${named.en} was looked at too long ago.`, cy: `Edrychwyd ar ${named.cy} yn rhy bell yn ôl.` }];
    if (young.some(({ isDrifted }) => isDrifted)) return [{ en: `${named.en} was looked at before the system was changed.`, cy: `Edrychwyd ar ${named.cy} cyn i’r system gael ei newid.` }];
    return young.every(({ level }) => level === 'self')
      ? [{ en: `${named.en} is only self-asserted.`, cy: `Dim ond hunanddatganiad sydd ar gyfer ${named.cy}.` }]
      : [{ en: `${named.en} has not been looked at by ${LEVEL_WORDS[by].en}.`, cy: `Nid edrychwyd ar ${named.cy} gan ${LEVEL_WORDS[by].cy}.` }];
  }));
}

function worth(level: AssuranceLevel): number { return ASSURANCE_LEVELS.indexOf(level); }

/** What a principle is called: `Principle 10 (Identity and authentication)`. @public */
export function principleTitle(standard: string, principle: string): Text {
  const title = standard === NCSC_CLOUD_PRINCIPLES ? NCSC_PRINCIPLES[principle] : undefined;
  return title ? { en: `Principle ${principle} (${title.en})`, cy: `egwyddor ${principle} (${title.cy})` } : { en: `${standard} ${principle}`, cy: `${standard} ${principle}` };
}
