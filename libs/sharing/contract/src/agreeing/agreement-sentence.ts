import type { Language, Text } from '@guildhall/kernel-contract';
import type { Agreement } from './agreement';
import type { Vocabulary } from './vocabulary';

/**
 * What an agreement means for somebody, in one sentence: "Riverbourne may check your address and whether you live alone with Aldermoor County, to decide a Council Tax reduction."
 * Made from the fields that are enforced, so that it says no more and no less. What the vocabulary has no word for stands as its id.
 * @public
 */
export function agreementSentence({ holders, receivers, attributes, purpose }: Pick<Agreement, 'holders' | 'receivers' | 'attributes' | 'purpose'>, vocabulary: Vocabulary): Text {
  const named = (ids: readonly string[], language: Language): readonly string[] => ids.map((id) => vocabulary.bodies[id]?.[language] ?? id);
  const yours = (language: Language): readonly string[] => attributes.map((id) => vocabulary.attributes.find((one) => one.id === id)?.yours[language] ?? id);
  const to = (language: Language): string => vocabulary.purposes.find(({ id }) => id === purpose)?.to[language] ?? purpose;
  return {
    en: `${joined(named(receivers, 'en'))} may check ${joined(yours('en'))} with ${joined(named(holders, 'en'))}, to ${to('en')}.`,
    // Welsh "and" changes, and changes the word after it: a list does without.
    cy: `Caiff ${named(receivers, 'cy').join('; ')} wirio'r canlynol: ${yours('cy').join('; ')}. Oddi wrth: ${named(holders, 'cy').join('; ')}. Er mwyn: ${to('cy')}.`,
  };
}

function joined(words: readonly string[]): string { return new Intl.ListFormat('en-GB').format(words); }
