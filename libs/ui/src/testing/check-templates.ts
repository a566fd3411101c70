import fs from 'node:fs';
import path from 'node:path';
import { compileMessage } from '../wording/compile-message';
import { patternsOf } from '../wording/messages';
import type { MessageSource } from '../wording/messages';
import { calledName, literal, literalStart, parseTemplate, walk } from './template-nodes';
import type { TemplateNode } from './template-nodes';

/** Something that is wrong with a template or a text, and where. @public */
export interface Problem { readonly where: string; readonly what: string }

const WORDS = /\p{L}{2,}/u;
/** Where a component prints what it is given. */
const PRINTED = new Set(['text', 'html', 'titleText', 'titleHtml', 'summaryText', 'summaryHtml', 'caption', 'visuallyHiddenText', 'title', 'linkText', 'nameOfRows', 'nameOfValues', 'legend', 'labelText', 'landmarkLabel', 'iconFallbackText', 'buttonText']);
const PRINTED_ATTRIBUTE = /\s(aria-label|title|alt|placeholder|aria-description)="([^"\ue000]*\p{L}{2,}[^"]*)"/gu;
const EXPRESSION = '\ue000';

/** Every template below a folder, by its name. @public */
export function templatesIn(folder: string): readonly { readonly name: string; readonly source: string }[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.njk'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: path.relative(folder, file).split(path.sep).join('/'), source: fs.readFileSync(file, 'utf8') }));
}

/** The template with every expression left out and its HTML left. */
function htmlOf(root: TemplateNode): string {
  let html = '';
  walk(root, (node) => {
    if (node.typename === 'TemplateData') html += String(node.value);
    else if (node.typename === 'Output' && node.children?.some((child) => child.typename !== 'TemplateData')) html += EXPRESSION;
  });
  return html;
}

function problemsOfHtml(html: string): readonly string[] {
  const problems: string[] = [];
  for (const [, attribute, value] of html.matchAll(PRINTED_ATTRIBUTE)) problems.push(`the attribute ${attribute ?? ''}="${value ?? ''}" is not in the texts`);
  if (/<style[\s>]/i.test(html) || /\sstyle\s*=/i.test(html)) problems.push('a style inside the page is refused by the content security policy: use a class');
  if (/\son[a-z]+\s*=\s*"/i.test(html)) problems.push('a script inside an attribute is refused by the content security policy');
  if (/<script(?![^>]*\ssrc=)[^>]*>(?!\ue000<)/i.test(html)) problems.push('a script inside the page is refused by the content security policy: use asset()');
  const text = html.replace(/<!--[\s\S]*?-->/g, ' ').replace(/<script[\s\S]*?<\/script>/gi, ' ').replace(/<[^>]*>/g, ' ').replace(/&[a-z]+;|&#\d+;/gi, ' ');
  const words = text.split(/[\ue000\n]+/).map((part) => part.trim()).filter((part) => WORDS.test(part));
  for (const part of words) problems.push(`"${part.slice(0, 60)}" is not in the texts: say it with t()`);
  return problems;
}

function problemsOfCall(node: TemplateNode, known: KnownMessages): readonly string[] {
  const name = calledName(node);
  const problems: string[] = [];
  if (name === 't' || name === 'tHtml') return known.problemsOf(name, node);
  walk(node, (inner) => {
    if (inner.typename !== 'Pair') return;
    const key = inner.key ? (literal(inner.key) ?? String(inner.key.value)) : '';
    const value = literal(inner.value as TemplateNode);
    // Names with two underscores in front are names of things, not words.
    if (value !== undefined && PRINTED.has(key) && WORDS.test(value) && !value.startsWith('__')) problems.push(`${key}: "${value.slice(0, 60)}" is not in the texts: say it with t()`);
  });
  return problems;
}

class KnownMessages {
  readonly #patterns: Readonly<Record<'en' | 'cy', ReadonlyMap<string, string>>>;

  constructor(sources: readonly MessageSource[]) {
    this.#patterns = { en: new Map(sources.flatMap((source) => [...patternsOf(source, 'en')])), cy: new Map(sources.flatMap((source) => [...(source.isForDesk ? patternsOf(source, 'en') : []), ...patternsOf(source, 'cy')])) };
  }

  problemsOf(name: 't' | 'tHtml', node: TemplateNode): readonly string[] {
    const [first, values] = node.args?.children ?? [];
    const key = literal(first);
    if (key === undefined) {
      const start = literalStart(first);
      return start !== undefined && ![...this.#patterns.en.keys()].some((known) => known.startsWith(start)) ? [`no message begins with "${start}"`] : [];
    }
    const problems: string[] = [];
    for (const language of ['en', 'cy'] as const) {
      const pattern = this.#patterns[language].get(key);
      if (pattern === undefined) problems.push(`no module says "${key}" in ${language}`);
      else problems.push(...this.#problemsOfValues(name, key, compileMessage(language, pattern), values));
    }
    return [...new Set(problems)];
  }

  #problemsOfValues(name: 't' | 'tHtml', key: string, message: ReturnType<typeof compileMessage>, values: TemplateNode | undefined): readonly string[] {
    const problems: string[] = [];
    if (name === 't' && message.tags.length > 0) problems.push(`"${key}" has tags: print it with tHtml()`);
    if (values !== undefined && values.typename !== 'Dict') return problems;
    const given = (values?.children ?? []).map((pair) => (pair.key ? (literal(pair.key) ?? String(pair.key.value)) : ''));
    for (const placeholder of message.placeholders) if (!given.includes(placeholder)) problems.push(`"${key}" needs a value for {${placeholder}}`);
    for (const tag of message.tags) if (!['strong', 'em'].includes(tag) && !given.includes(tag)) problems.push(`"${key}" needs an address for <${tag}>`);
    return problems;
  }
}

/**
 * What is wrong with some templates: words that are in no module's texts, messages that nobody says or that lack a value, styles and scripts inside
 * the page, a form that is sent without its token.
 * @public
 * @param sources the texts of every module whose messages the templates may print
 */
export function checkTemplates(templates: readonly { readonly name: string; readonly source: string }[], sources: readonly MessageSource[]): readonly Problem[] {
  const known = new KnownMessages(sources);
  const problems: Problem[] = [];
  for (const { name, source } of templates) {
    let root: TemplateNode;
    try {
      root = parseTemplate(source);
    } catch (error) {
      problems.push({ where: name, what: `cannot be read: ${error instanceof Error ? error.message.trim() : String(error)}` });
      continue;
    }
    for (const what of problemsOfHtml(htmlOf(root))) problems.push({ where: name, what });
    walk(root, (node) => {
      if (node.typename === 'FunCall') for (const what of problemsOfCall(node, known)) problems.push({ where: `${name}:${node.lineno + 1}`, what });
    });
    if (/<form\b[^>]*method="post"/i.test(source) && !source.includes('csrfField')) problems.push({ where: name, what: 'a form that is posted needs {{ csrfField }}' });
  }
  // A component within another is met twice.
  return problems.filter((problem, index) => problems.findIndex((other) => other.where === problem.where && other.what === problem.what) === index);
}
