import { parseArgs } from 'node:util';

/** The five things that are asked. */
export const QUESTIONS = ['name', 'slug', 'gss', 'languages', 'brand'] as const;
export type Answers = Readonly<Record<(typeof QUESTIONS)[number], string>>;

export const USAGE = `Usage: npm create guildhall@latest <folder> -- [options]

Makes a council's own app in a folder that is new or empty. What is not given as an option is asked.

  --name "Marshborough District Council"   as residents know it
  --slug marshborough                      names it to people and to variables
  --gss E07000999                          the Office for National Statistics' code of the council
  --languages en,cy                        of its pages, the first one first
  --brand '#1d4f3a'                        the brand colour: white words stand on it
  --yes                                    asks nothing: what is not given is invented
  --no-install                             does not run npm install
`;

/** What was typed. */
export interface Given {
  readonly folder: string | undefined;
  readonly answers: Partial<Answers>;
  readonly isYes: boolean;
  readonly installs: boolean;
  readonly wantsHelp: boolean;
}

/** @throws TypeError in words for whoever typed it */
export function given(argv: readonly string[]): Given {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...argv], allowPositionals: true, allowNegative: true,
    options: { name: text, slug: text, gss: text, languages: text, brand: text, yes: { type: 'boolean', short: 'y' }, install: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (positionals.length > 1) throw new TypeError(`One folder is written, and ${positionals.length} were named: ${positionals.join(', ')}.`);
  return {
    folder: positionals[0], isYes: values.yes ?? false, installs: values.install ?? true, wantsHelp: values.help ?? false,
    answers: Object.fromEntries(QUESTIONS.flatMap((question) => (values[question] === undefined ? [] : [[question, values[question]]]))),
  };
}

/** What stands when nobody says anything else, made of the folder's name; the code is one that no council has. */
export function invented(folder: string | undefined, name?: string): Answers {
  const slug = slugOf(folder === undefined || folder === '.' ? name ?? 'my-council' : folder);
  const words = slug.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
  return { name: words.endsWith('Council') ? words : `${words} Council`, slug, gss: 'E07000999', languages: 'en,cy', brand: '#1d4f3a' };
}

/** `Marshborough District Council` names itself `marshborough`, and `../apps/my-council` is `my-council`. */
export function slugOf(text: string): string {
  const last = text.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? '';
  const plain = last.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replace(/^(cyngor )/, '').replace(/ (city|district|borough|county|metropolitan|council).*$/, '');
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[^a-z]+|-+$/g, '') || 'my-council';
}
