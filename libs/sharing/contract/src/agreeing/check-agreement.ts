import type { Agreement } from './agreement';
import { partiesOf } from './agreement';
import { agreementSentence } from './agreement-sentence';
import { dateAfter } from './periods';
import type { Vocabulary } from './vocabulary';

/** One thing that an agreement must have, and whether it has. @public */
export interface Finding {
  readonly id: string;
  readonly holds: boolean;
  /** For an officer: what holds, or what is missing. */
  readonly text: string;
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
  return [
    finding('words', unknown.length === 0, 'Everything in it is in the vocabulary.', `The vocabulary has no ${unknown.join(', no ')}.`),
    finding('sentence', sentence.en === made.en && sentence.cy === made.cy, 'The sentence says what the agreement does.', `The sentence must be: ${made.en}`),
    finding('parties', both.length === 0, 'Those who tell and those who ask are different bodies.', `${both.join(', ')} would ask itself.`),
    finding('term', from <= until, `It is in force from ${from} to ${until}.`, `It ends on ${until}, before it begins on ${from}.`),
    finding('review', review > from && review <= until && review <= dateAfter(from, 'P1Y'), `It is reviewed on ${review}.`, `It must be reviewed within a year of ${from}, and before it ends.`),
    finding('lawful-basis', lawfulBasis !== 'legitimate-interests' && lawfulBasis !== 'recognised-legitimate-interest', `The lawful basis is ${lawfulBasis}.`, 'A public authority cannot rely on legitimate interests in its tasks (UK GDPR, Article 6(1)).'),
    finding('consent', lawfulBasis !== 'consent' || (choice.mode === 'opt-in' && choice.onWithdrawal !== 'keep-what-was-decided'), 'Choice and lawful basis fit each other.', 'Consent must be given before anything is shared, and be as easy to withdraw (UK GDPR, Article 7(3)).'),
    finding('power', power.ref.trim() !== '', `The power is ${power.ref}.`, 'It does not say by which power they share.'),
    finding('special-category', isSpecial ? special !== null : special === null, isSpecial ? `The condition for special-category data is ${special?.condition ?? ''}.` : 'It shares no special-category data.', isSpecial ? 'It shares special-category data without a condition (UK GDPR, Article 9(2)).' : 'It has a condition for special-category data, and shares none.'),
    finding('choice', choice.mode === 'none' ? choice.keptBecause !== null : choice.keptBecause === null, choice.mode === 'none' ? 'It says why there is no choice.' : `The choice is ${choice.mode}.`, choice.mode === 'none' ? 'It gives no choice, and does not say why.' : 'It gives a choice, and says why there is none.'),
    finding('legal-duty', choice.mode !== 'none' || lawfulBasis === 'legal-obligation' || lawfulBasis === 'vital-interests', 'Only a legal duty or a danger to life leaves no choice.', `There must be a choice where the lawful basis is ${lawfulBasis}.`),
    finding('dpia', dpia !== null && dpia.date <= on, `The data protection impact assessment is ${dpia?.ref ?? ''}.`, dpia ? `The data protection impact assessment is from ${dpia.date}, which is to come.` : 'It names no data protection impact assessment.'),
    finding('retention', retention !== '', `What is told is kept for ${retention}.`, 'It does not say how long what is told is kept.'),
    finding('rights', unreachable.length === 0, 'It says whom to ask at each body.', `It does not say whom to ask at ${unreachable.join(', ')}.`),
    finding('security', agreement.assurance.length > 0, 'It says what must have been found of the parties\' systems.', 'It asks for no assurance of the parties\' systems.'),
  ];
}

function finding(id: string, holds: boolean, good: string, bad: string): Finding { return { id, holds, text: holds ? good : bad }; }
