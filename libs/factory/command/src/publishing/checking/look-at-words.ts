import { createRequire } from 'node:module';
import path from 'node:path';

/** What is wrong with a page or its words, before anybody has opened it. */
export interface WordsFault { readonly subject: 'pages' | 'languages'; readonly text: string }

/** What a module's definition says of its words and its templates. */
export interface Worded { readonly id: string; readonly texts?: object; readonly deskTexts?: object; readonly viewsFolder?: string; readonly sharedPages?: { readonly prefix: string; readonly texts?: object; readonly deskTexts?: object } }

/** The little of @guildhall/ui that is used here, as the package has it: what its pages are made of says what is wrong with them. */
interface Source { readonly prefix: string; readonly texts: object; readonly isForDesk?: boolean }
interface Problem { readonly where: string; readonly what: string }
interface Ui { readonly uiTexts: object }
interface UiTesting { templatesIn(folder: string): readonly object[]; checkTemplates(templates: readonly object[], sources: readonly Source[]): readonly Problem[]; checkTexts(sources: readonly Source[]): readonly Problem[] }

/**
 * What is wrong with a module's templates and texts: words that stand in a template and so in one language, messages that nobody says, values that one language lacks, forms without their token.
 * @returns nothing where the package has no @guildhall/kernel, and so no pages
 */
export function lookAtWords(from: NodeJS.Require, definition: Worded): readonly WordsFault[] | undefined {
  const found = uiFrom(from);
  if (!found) return undefined;
  const [ui, testing] = found;
  const own = sourcesOf(definition.id, definition);
  const known = [{ prefix: 'ui', texts: ui.uiTexts }, ...own, ...(definition.sharedPages ? sourcesOf(definition.sharedPages.prefix, definition.sharedPages) : [])];
  const said = (subject: WordsFault['subject'], problems: readonly Problem[]): readonly WordsFault[] => problems.map(({ where, what }) => ({ subject, text: `${where}: ${what}` }));
  return [...(definition.viewsFolder === undefined ? [] : said('pages', testing.checkTemplates(testing.templatesIn(path.resolve(definition.viewsFolder)), known))), ...said('languages', testing.checkTexts(own))];
}

function uiFrom(from: NodeJS.Require): readonly [Ui, UiTesting] | undefined {
  try {
    const ofKernel = createRequire(from.resolve('@guildhall/kernel/package.json'));
    return [ofKernel('@guildhall/ui') as Ui, ofKernel('@guildhall/ui/testing') as UiTesting];
  } catch {
    return undefined;
  }
}

function sourcesOf(prefix: string, { texts, deskTexts }: Omit<Worded, 'id'>): readonly Source[] {
  return [...(texts ? [{ prefix, texts }] : []), ...(deskTexts ? [{ prefix, texts: deskTexts, isForDesk: true }] : [])];
}
