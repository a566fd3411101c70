import { EMPTY, council } from '@guildhall/generators';
import { QUESTIONS, slugOf, type Answers } from './answers';

const WORDS: Readonly<Record<keyof Answers, string>> = {
  name: 'What is the council called, as residents know it?',
  slug: 'A short name for addresses and settings: lower-case letters, digits and hyphens',
  gss: 'Its GSS code, from the Office for National Statistics (the one that stands there is no council’s)',
  languages: 'The languages of its pages, the first one first',
  brand: 'Its brand colour: white words stand on it',
};

/** Where a person types and reads: a terminal, or what stands for it in tests. */
export interface Terminal { readonly input?: NodeJS.ReadStream; readonly output?: NodeJS.WriteStream }

/**
 * Asks for what was not given, one question after another; what is wrong with an answer is said at once.
 *
 * @returns every answer; nothing when whoever was asked went away
 */
export async function ask(answered: Partial<Answers>, offered: Answers, terminal: Terminal = {}): Promise<Answers | undefined> {
  const { isCancel, text } = await import('@clack/prompts');
  let answers: Answers = { ...offered, ...answered };
  for (const question of QUESTIONS) {
    if (answered[question] !== undefined) continue;
    const fallback = question === 'slug' && answers.name !== offered.name ? slugOf(answers.name) : answers[question];
    const typed = await text({ message: WORDS[question], initialValue: fallback, validate: (value) => problemOf(question, value ?? ''), ...terminal });
    if (isCancel(typed)) return undefined;
    answers = { ...answers, [question]: typed };
  }
  return answers;
}

const RIGHT = { name: 'Marshborough District Council', slug: 'marshborough', gss: 'E07000999', languages: 'en', brand: '#1d4f3a' };
function problemOf(question: keyof Answers, typed: string): string | undefined {
  const one = { ...RIGHT, [question]: typed };
  const made = council({ ...one, languages: languagesOf(one.languages), id: '00000000-0000-4000-8000-000000000000' }, EMPTY);
  return made.ok ? undefined : made.problems.join(' ');
}

/** `en, cy` */
export function languagesOf(typed: string): readonly string[] { return typed.split(',').map((language) => language.trim()).filter((language) => language !== ''); }
