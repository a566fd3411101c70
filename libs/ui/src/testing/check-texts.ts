import { compileMessage } from '../wording/compile-message';
import type { CompiledMessage } from '../wording/compile-message';
import { patternsOf } from '../wording/messages';
import type { MessageSource } from '../wording/messages';
import type { Problem } from './check-templates';

const named = (message: CompiledMessage): string => [...message.placeholders.map((name) => `{${name}}`), ...message.tags.map((tag) => `<${tag}>`)].join(' ');

function problemsOfOne(english: string, welsh: string | undefined, isTranslated: boolean): readonly string[] {
  if (welsh === undefined) return ['has no Welsh'];
  const problems: string[] = [];
  try {
    const [en, cy] = [compileMessage('en', english), compileMessage('cy', welsh)];
    if (named(en) !== named(cy)) problems.push(`asks for ${named(en) || 'nothing'} in English and for ${named(cy) || 'nothing'} in Welsh`);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  for (const [language, pattern] of [['English', english], ['Welsh', welsh]] as const) {
    if (pattern.trim() === '') problems.push(`is empty in ${language}`);
    if (/\p{L}'\p{L}/u.test(pattern)) problems.push(`has a straight apostrophe in ${language}, which MessageFormat may take for a quotation: write ’`);
  }
  if (isTranslated && english === welsh && english.split(/\s+/).filter((word) => /\p{L}{3,}/u.test(word)).length > 2) problems.push(`is the same in Welsh as in English: "${english}"`);
  return problems;
}

/**
 * What is wrong with the messages of some modules: patterns that cannot be understood, translations that ask for other values, words left in English.
 * @public
 * @param sources texts whose Welsh is the English tree itself are not compared, and those of the desk are only as far as they have Welsh
 */
export function checkTexts(sources: readonly MessageSource[]): readonly Problem[] {
  return sources.flatMap((source) => {
    const isTranslated = source.texts.cy !== source.texts.en;
    const mayLack = source.isForDesk === true || !isTranslated;
    const welsh = patternsOf(source, 'cy');
    return [...patternsOf(source, 'en')].flatMap(([key, english]) => problemsOfOne(english, welsh.get(key) ?? (mayLack ? english : undefined), isTranslated && (welsh.has(key) || !mayLack)).map((what) => ({ where: key, what })));
  });
}
