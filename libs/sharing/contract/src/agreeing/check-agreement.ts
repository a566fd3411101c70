import type { Text } from '@guildhall/kernel-contract';
import type { Agreement } from './agreement';
import { partiesOf } from './agreement';
import { agreementSentence } from './agreement-sentence';
import { BASIS_WORDS, CONDITION_WORDS, MODE_WORDS, dayInWords } from './agreement-words';
import { dateAfter, periodInWords } from './periods';
import type { Vocabulary } from './vocabulary';

/** One thing that an agreement must have, and whether it has. @public */
export interface Finding {
  readonly id: string;
  readonly holds: boolean;
  /** For an officer: what holds, or what is missing. */
  readonly text: Text;
}

/**
 * Holds an agreement against what an agreement to share must have: the data sharing code of the Information Commissioner's Office ("Data sharing agreements") and the UK GDPR. All of it is looked at.
 * @public
 * @param on the day on which it is looked at
 */
export function checkAgreement(agreement: Agreement, vocabulary: Vocabulary, on: string): readonly Finding[] {
  const { holders, receivers, attributes, purpose, lawfulBasis, special, choice, dpia, review, from, until, contacts, retention, power, sentence } = agreement;
  const known = attributes.map((id) => vocabulary.attributes.find((one) => one.id === id));
  const isSpecial = known.some((one) => one?.sensitivity === 'special-category');
  const unknown = [...attributes.filter((_id, index) => !known[index]), ...[purpose].filter((id) => !vocabulary.purposes.some((one) => one.id === id)), ...partiesOf(agreement).filter((id) => !vocabulary.bodies[id])];
  const both = holders.filter((id) => receivers.includes(id));
  const unreachable = partiesOf(agreement).filter((id) => !contacts[id]);
  const made = agreementSentence(agreement, vocabulary);
  const [basis, mode, condition, kept] = [BASIS_WORDS[lawfulBasis], MODE_WORDS[choice.mode], special ? CONDITION_WORDS[special.condition] : NOTHING, retention === '' ? NOTHING : periodInWords(retention)];
  const [first, last, reviewed, assessed] = [from, until, review, dpia?.date ?? ''].map(dayInWords) as [Text, Text, Text, Text];
  return [
    finding('words', unknown.length === 0, ['Everything in it is in the vocabulary.', 'Mae popeth ynddo yn yr eirfa.'], [`The vocabulary has no ${unknown.join(', no ')}.`, `Nid yw’r canlynol yn yr eirfa: ${unknown.join(', ')}.`]),
    finding('sentence', sentence.en === made.en && sentence.cy === made.cy, ['The sentence says what the agreement does.', 'Mae’r frawddeg yn dweud beth mae’r cytundeb yn ei wneud.'], [`The sentence must be: ${made.en}`, `Rhaid i’r frawddeg fod: ${made.cy}`]),
    finding('parties', both.length === 0, ['Those who tell and those who ask are different bodies.', 'Cyrff gwahanol sy’n dweud ac yn gofyn.'], [`${both.join(', ')} would ask itself.`, `Byddai ${both.join(', ')} yn gofyn iddo’i hun.`]),
    finding('term', from <= until, [`It is in force from ${first.en} to ${last.en}.`, `Mae mewn grym o ${first.cy} i ${last.cy}.`], [`It ends on ${last.en}, before it begins on ${first.en}.`, `Mae’n dod i ben ar ${last.cy}, cyn iddo ddechrau ar ${first.cy}.`]),
    finding('review', review > from && review <= until && review <= dateAfter(from, 'P1Y'), [`It is reviewed on ${reviewed.en}.`, `Fe’i hadolygir ar ${reviewed.cy}.`], [`It must be reviewed within a year of ${first.en}, and before it ends.`, `Rhaid ei adolygu o fewn blwyddyn i ${first.cy}, a chyn iddo ddod i ben.`]),
    finding('lawful-basis', lawfulBasis !== 'legitimate-interests' && lawfulBasis !== 'recognised-legitimate-interest', [`The lawful basis is ${basis.en}.`, `Y sail gyfreithlon yw ${basis.cy}.`], [
      'A public authority cannot rely on legitimate interests in its tasks (UK GDPR, Article 6(1)).', 'Ni all awdurdod cyhoeddus ddibynnu ar fuddiannau dilys wrth ei dasgau (GDPR y DU, Erthygl 6(1)).',
    ]),
    finding('consent', lawfulBasis !== 'consent' || (choice.mode === 'opt-in' && choice.onWithdrawal !== 'keep-what-was-decided'), ['Choice and lawful basis fit each other.', 'Mae’r dewis a’r sail gyfreithlon yn cyd-fynd.'], [
      'Consent must be given before anything is shared, and be as easy to withdraw (UK GDPR, Article 7(3)).', 'Rhaid rhoi cydsyniad cyn i ddim gael ei rannu, a rhaid iddo fod yr un mor hawdd ei dynnu’n ôl (GDPR y DU, Erthygl 7(3)).',
    ]),
    finding('power', power.ref.trim() !== '', [`The power is ${power.ref}.`, `Y pŵer yw ${power.ref}.`], ['It does not say by which power they share.', 'Nid yw’n dweud yn ôl pa bŵer y maent yn rhannu.']),
    finding('special-category', isSpecial ? special !== null : special === null, isSpecial ? [`The condition for special-category data is ${condition.en}.`, `Yr amod ar gyfer data categori arbennig yw ${condition.cy}.`] : ['It shares no special-category data.', 'Nid yw’n rhannu data categori arbennig.'], isSpecial
      ? ['It shares special-category data without a condition (UK GDPR, Article 9(2)).', 'Mae’n rhannu data categori arbennig heb amod (GDPR y DU, Erthygl 9(2)).'] : ['It has a condition for special-category data, and shares none.', 'Mae ganddo amod ar gyfer data categori arbennig, ac nid yw’n rhannu dim.']),
    finding('choice', choice.mode === 'none' ? choice.keptBecause !== null : choice.keptBecause === null, choice.mode === 'none' ? ['It says why there is no choice.', 'Mae’n dweud pam nad oes dewis.'] : [`Residents decide: ${mode.en}.`, `Trigolion sy’n penderfynu: ${mode.cy}.`], choice.mode === 'none'
      ? ['It gives no choice, and does not say why.', 'Nid yw’n rhoi dewis, ac nid yw’n dweud pam.'] : ['It gives a choice, and says why there is none.', 'Mae’n rhoi dewis, ac yn dweud pam nad oes un.']),
    finding('legal-duty', choice.mode !== 'none' || lawfulBasis === 'legal-obligation' || lawfulBasis === 'vital-interests', ['Only a legal duty or a danger to life leaves no choice.', 'Dim ond dyletswydd gyfreithiol neu berygl i fywyd sy’n gadael dim dewis.'], [`There must be a choice where the lawful basis is ${basis.en}.`, `Rhaid bod dewis lle mae’r sail gyfreithlon yn ${basis.cy}.`]),
    finding('dpia', dpia !== null && dpia.date <= on, [`The data protection impact assessment is ${dpia?.ref ?? ''}.`, `Yr asesiad effaith diogelu data yw ${dpia?.ref ?? ''}.`], dpia
      ? [`The data protection impact assessment is from ${assessed.en}, which is to come.`, `Dyddiad yr asesiad effaith diogelu data yw ${assessed.cy}, sydd eto i ddod.`] : ['It names no data protection impact assessment.', 'Nid yw’n enwi asesiad effaith diogelu data.']),
    finding('retention', retention !== '', [`What is told is kept for ${kept.en}.`, `Cedwir yr hyn a ddywedir am ${kept.cy}.`], ['It does not say how long what is told is kept.', 'Nid yw’n dweud am ba hyd y cedwir yr hyn a ddywedir.']),
    finding('rights', unreachable.length === 0, ['It says whom to ask at each body.', 'Mae’n dweud pwy i’w holi ym mhob corff.'], [`It does not say whom to ask at ${unreachable.join(', ')}.`, `Nid yw’n dweud pwy i’w holi yn ${unreachable.join(', ')}.`]),
    finding('security', agreement.assurance.length > 0, ['It says what must have been found of the parties\' systems.', 'Mae’n dweud beth y mae’n rhaid ei fod wedi’i ganfod am systemau’r partïon.'], ['It asks for no assurance of the parties\' systems.', 'Nid yw’n gofyn am sicrwydd ynghylch systemau’r partïon.']),
  ];
}

const NOTHING: Text = { en: '', cy: '' };

function finding(id: string, holds: boolean, good: readonly [string, string], bad: readonly [string, string]): Finding {
  const [en, cy] = holds ? good : bad;
  return { id, holds, text: { en, cy } };
}
