import type { Text } from '@guildhall/kernel-contract';
import type { Agreement, AssuranceLevel } from './agreement';
import { ASSURANCE_LEVELS, CHOICE_MODES } from './agreement';
import type { Guideline, GuidelineRule } from './guideline';
import { dayInWords } from './agreement-words';
import { dateAfter, isLongerThan, periodInWords } from './periods';
import type { AttributeId, Sensitivity, Vocabulary } from './vocabulary';

/** What stands against an agreement in somebody's rules. @public */
export interface Objection {
  readonly guideline: string;
  /** Whose rule it is. */
  readonly by: string;
  readonly rule: string;
  /** The rule, and what the agreement says instead. For an officer. */
  readonly text: Text;
}

/** What some service, or another system of a receiver, asks for, and what for. @public */
export interface AskedFor { readonly attribute: AttributeId; readonly purpose: string }

/** What is known of the world an agreement is for. @public */
export interface ObjectionsAsked {
  readonly vocabulary: Vocabulary;
  /** What its receivers ask for, all of it; without it nobody can say whether every item is used: {@link unsettled}. */
  readonly used?: readonly AskedFor[];
}

/**
 * What stands against an agreement in each of these guidelines, one sentence each; nothing when all of them allow it. With the guidelines of both sides it answers: can these two share this, and if not,
 * where do their rules differ?
 * @public
 */
export function objections(agreement: Agreement, guidelines: readonly Guideline[], asked: ObjectionsAsked): readonly Objection[] {
  return guidelines.flatMap(({ id, by, rules }) => rules.flatMap((rule) => {
    const instead = breach(agreement, rule, asked);
    return instead === undefined ? [] : [{ guideline: id, by, rule: rule.id, text: ruleAnd(rule, by, instead, asked.vocabulary) }];
  }));
}

/**
 * The rules of these guidelines of which nobody can say here whether an agreement keeps to them: silence of {@link objections} is no consent to these.
 * @public
 */
export function unsettled(guidelines: readonly Guideline[], { vocabulary, used }: ObjectionsAsked): readonly Objection[] {
  if (used) return [];
  return guidelines.flatMap(({ id, by, rules }) => rules.filter(({ check }) => check === 'every-item-is-used').map((rule) => ({
    guideline: id, by, rule: rule.id, text: ruleAnd(rule, by, { en: 'This cannot be looked at here: whoever asks knows what its services ask for.', cy: 'Ni ellir edrych ar hyn yma: y corff sy’n gofyn sy’n gwybod beth mae ei wasanaethau’n gofyn amdano.' }, vocabulary),
  })));
}

/** Whose rule it is, the rule, and what there is to say of it. */
function ruleAnd({ sentence }: GuidelineRule, by: string, said: Text, { bodies }: Vocabulary): Text {
  const whole = (language: keyof Text): string => `${bodies[by]?.[language] ?? by}: ${withoutFullStop(sentence[language])}. ${said[language]}`;
  return { en: whole('en'), cy: whole('cy') };
}

/** What the agreement does against the rule, in a sentence; nothing when it keeps to it. */
function breach(agreement: Agreement, rule: GuidelineRule, { vocabulary, used }: ObjectionsAsked): Text | undefined {
  const { attributes, choice, purpose, retention, review, from, channels, assurance, dpia, children, automatedDecision } = agreement;
  const shared = (ids: readonly string[]): readonly string[] => attributes.filter((id) => ids.includes(id));
  const unless = (holds: boolean, en: string, cy: string): Text | undefined => (holds ? undefined : { en, cy });
  const titles = (ids: readonly string[], language: keyof Text): string => ids.map((id) => vocabulary.attributes.find((one) => one.id === id)?.title[language] ?? id).join(', ');
  const sharing = (ids: readonly string[], language: keyof Text): string => titles(shared(ids), language);
  const isFor = vocabulary.purposes.find(({ id }) => id === purpose)?.to ?? { en: purpose, cy: purpose };
  switch (rule.check) {
    case 'choice': {
      const concerned = rule.of === undefined || attributes.some((id) => isAtLeast(vocabulary.attributes.find((one) => one.id === id)?.sensitivity, rule.of as Sensitivity));
      const { en, cy } = CHOICE_WORDS[choice.mode];
      return unless(!concerned || freedom(choice.mode) >= freedom(rule.atLeast), `This agreement is ${en}.`, `Mae’r cytundeb hwn ${cy}.`);
    }
    case 'review-within': return unless(review <= dateAfter(from, rule.period), `This agreement is first reviewed on ${dayInWords(review).en}.`, `Adolygir y cytundeb hwn am y tro cyntaf ar ${dayInWords(review).cy}.`);
    case 'kept-no-longer-than': {
      const { en, cy } = periodInWords(retention);
      return unless(!isLongerThan(retention, rule.period), `This agreement keeps what is told for ${en}.`, `Mae’r cytundeb hwn yn cadw’r hyn a ddywedir am ${cy}.`);
    }
    case 'never-shared': case 'answers-not-copies': return unless(shared(rule.attributes).length === 0, `This agreement shares: ${sharing(rule.attributes, 'en')}.`, `Mae’r cytundeb hwn yn rhannu: ${sharing(rule.attributes, 'cy')}.`);
    case 'never-for': return unless(!rule.purposes.includes(purpose), `This agreement is to ${isFor.en}.`, `Pwrpas y cytundeb hwn yw ${isFor.cy}.`);
    case 'only-managed-devices': return unless(channels.every(({ device }) => device !== 'unmanaged'), 'This agreement lets devices ask that nobody looks after.', 'Mae’r cytundeb hwn yn gadael i ddyfeisiau nad oes neb yn gofalu amdanynt ofyn.');
    case 'assurance': return unless(assurance.some(({ by }) => ASSURANCE_LEVELS.indexOf(by) >= ASSURANCE_LEVELS.indexOf(rule.by)), `This agreement does not ask that ${LEVEL_WORDS[rule.by].en} has looked at the systems.`, `Nid yw’r cytundeb hwn yn gofyn bod ${LEVEL_WORDS[rule.by].cy} wedi edrych ar y systemau.`);
    case 'dpia': return unless(dpia !== null, 'This agreement names no data protection impact assessment.', 'Nid yw’r cytundeb hwn yn enwi asesiad effaith diogelu data.');
    case 'children-need-a-reason': return unless(shared(rule.attributes).length === 0 || children !== null, `This agreement shares this and gives no compelling reason: ${sharing(rule.attributes, 'en')}.`, `Mae’r cytundeb hwn yn rhannu hyn heb roi rheswm cymhellol: ${sharing(rule.attributes, 'cy')}.`);
    case 'every-item-is-used': {
      const idle = attributes.filter((id) => used && !used.some((one) => one.attribute === id && one.purpose === purpose));
      return unless(idle.length === 0, `Nobody asks for this to that end: ${titles(idle, 'en')}.`, `Nid oes neb yn gofyn am hyn i’r diben hwnnw: ${titles(idle, 'cy')}.`);
    }
    case 'no-decision-by-machine-alone': return unless(automatedDecision === null, `This agreement is for a decision by a machine: ${automatedDecision ?? ''}.`, `Mae’r cytundeb hwn ar gyfer penderfyniad gan beiriant: ${automatedDecision ?? ''}.`);
    case 'what-was-shared-is-not-used-again': return unless(choice.mode === 'none' || choice.onWithdrawal !== 'keep-what-was-decided', 'This agreement lets what was decided stand when somebody says no.', 'Mae’r cytundeb hwn yn gadael i’r hyn a benderfynwyd sefyll pan fydd rhywun yn dweud na.');
  }
}

const CHOICE_WORDS = {
  'opt-in': { en: 'opt-in: nothing is shared until somebody says yes', cy: 'yn optio i mewn: ni rennir dim nes i rywun ddweud ie' },
  'opt-out': { en: 'opt-out: it is shared until somebody says no', cy: 'yn optio allan: fe’i rhennir nes i rywun ddweud na' }, none: { en: 'without a choice', cy: 'heb ddewis' },
} as const;
const LEVEL_WORDS: Readonly<Record<AssuranceLevel, Text>> = {
  self: { en: 'the body itself', cy: 'y corff ei hun' }, peer: { en: 'another council', cy: 'cyngor arall' }, 'third-party': { en: 'somebody independent', cy: 'rhywun annibynnol' }, accredited: { en: 'an accredited assessor', cy: 'aseswr achrededig' },
};
/** The freer, the more: opt-in, opt-out, none. */
function freedom(mode: Agreement['choice']['mode']): number { return -CHOICE_MODES.indexOf(mode); }

const SENSITIVITIES: readonly (Sensitivity | undefined)[] = ['ordinary', 'sensitive', 'special-category'];
function isAtLeast(sensitivity: Sensitivity | undefined, least: Sensitivity): boolean { return SENSITIVITIES.indexOf(sensitivity) >= SENSITIVITIES.indexOf(least); }

function withoutFullStop(sentence: string): string { return sentence.replace(/\.$/, ''); }
