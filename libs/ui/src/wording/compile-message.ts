import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '@guildhall/kernel-contract';
import { escapeHtml, print, safe } from '../components/html';
import type { SafeHtml } from '../components/html';

/** What a message's placeholders are filled with. @public */
export type MessageValues = Readonly<Record<string, string | number | boolean | SafeHtml | null | undefined>>;

type Node = ReturnType<IntlMessageFormat['getAst']>[number];
// The parser's own numbering: https://formatjs.github.io/docs/icu-messageformat-parser#ast
const LITERAL = 0;
const ARGUMENT = 1;
const SELECT = 5;
const PLURAL = 6;
const POUND = 7;
const TAG = 8;

/** A pattern that has been understood. */
export interface CompiledMessage {
  /** Names of the placeholders that must be given, sorted. */
  readonly placeholders: readonly string[];
  /** Names of the tags, as in `<link>read more</link>`. */
  readonly tags: readonly string[];
  format(values: MessageValues | undefined): string;
  formatHtml(values: MessageValues | undefined): string;
}

const TAGS: Readonly<Record<string, (inner: string) => string>> = { strong: (inner) => `<strong>${inner}</strong>`, em: (inner) => `<em>${inner}</em>` };

function collect(nodes: readonly Node[], placeholders: Set<string>, tags: Set<string>): void {
  for (const node of nodes) {
    const type: number = node.type;
    if (type === TAG) tags.add((node as { value: string }).value);
    else if (type !== LITERAL && type !== POUND) placeholders.add((node as { value: string }).value);
    if ('children' in node) collect(node.children, placeholders, tags);
    if ('options' in node && (type === SELECT || type === PLURAL)) for (const option of Object.values(node.options)) collect(option.value, placeholders, tags);
  }
}

function linkOrEmphasis(tag: string, values: MessageValues | undefined): (chunks: unknown[]) => SafeHtml {
  return (chunks) => {
    const inner = chunks.map(print).join('');
    const known = TAGS[tag];
    if (known) return safe(known(inner));
    const href = values?.[tag];
    if (typeof href !== 'string') throw new Error(`The message has <${tag}>, so a value "${tag}" must say where it leads.`);
    return safe(`<a class="govuk-link" href="${escapeHtml(href)}">${inner}</a>`);
  };
}

/** Says one piece of a message: `show` makes text or HTML of a value, `count` is what `#` stands for. */
type Part = (values: MessageValues | undefined, show: (value: unknown) => string, count: number) => string;

/** The pieces of a message of text, placeholders and choices, which nearly all are: put together without the formatter, which takes longer than the rest of a line. */
function partsOf(nodes: readonly Node[], locale: string, pattern: string): Part | undefined {
  const parts: Part[] = [];
  for (const node of nodes) {
    const part = partOf(node, locale, pattern);
    if (!part) return undefined;
    parts.push(part);
  }
  return (values, show, count) => {
    let said = '';
    for (const part of parts) said += part(values, show, count);
    return said;
  };
}

function partOf(node: Node, locale: string, pattern: string): Part | undefined {
  const type: number = node.type;
  const { value: name } = node as { value: string };
  if (type === LITERAL) return (_values, show) => show(name);
  if (type === ARGUMENT) return (values, show) => show(valueOf(values, name, pattern));
  if (type === POUND) {
    const numbers = new Intl.NumberFormat(locale);
    return (_values, show, count) => show(numbers.format(count));
  }
  if (type !== SELECT && type !== PLURAL) return undefined;
  const { options, offset = 0, pluralType } = node as { options: Record<string, { value: Node[] }>; offset?: number; pluralType?: Intl.PluralRuleType };
  const choices = new Map<string, Part>();
  for (const [key, option] of Object.entries(options)) {
    const choice = partsOf(option.value, locale, pattern);
    if (!choice) return undefined;
    choices.set(key, choice);
  }
  const other = choices.get('other');
  if (!other) return undefined;
  if (type === SELECT) return (values, show, count) => (choices.get(String(valueOf(values, name, pattern))) ?? other)(values, show, count);
  const rules = new Intl.PluralRules(locale, { type: pluralType });
  return (values, show) => {
    const given = valueOf(values, name, pattern);
    const count = Number(given) - offset;
    return (choices.get(`=${String(given)}`) ?? choices.get(rules.select(count)) ?? other)(values, show, count);
  };
}

function valueOf(values: MessageValues | undefined, name: string, pattern: string): unknown {
  const value = values?.[name];
  if (value === undefined || value === null) throw new Error(`The message "${pattern}" needs a value for {${name}}.`);
  return value;
}

/**
 * Understands an ICU MessageFormat pattern.
 * @throws when the pattern cannot be understood, naming what is wrong with it
 */
export function compileMessage(language: Language, pattern: string): CompiledMessage {
  if (!/[{}<'#]/.test(pattern)) {
    const html = escapeHtml(pattern);
    return { placeholders: [], tags: [], format: () => pattern, formatHtml: () => html };
  }
  const locale = language === 'en' ? 'en-GB' : 'cy';
  let formatter: IntlMessageFormat;
  try {
    formatter = new IntlMessageFormat(pattern, locale);
  } catch (error) {
    throw new Error(`The message "${pattern}" cannot be understood: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const placeholders = new Set<string>();
  const tags = new Set<string>();
  const nodes = formatter.getAst();
  collect(nodes, placeholders, tags);
  const names = [...placeholders].sort();
  const tagNames = [...tags].sort();
  const say = partsOf(nodes, locale, pattern);
  if (say) {
    const saying = (show: (value: unknown) => string) => (values: MessageValues | undefined): string => {
      for (const name of names) valueOf(values, name, pattern);
      return say(values, show, 0);
    };
    return { placeholders: names, tags: [], format: saying(String), formatHtml: saying(print) };
  }
  const formatHtml = (values: MessageValues | undefined): string => {
    for (const name of names) valueOf(values, name, pattern);
    const given: Record<string, unknown> = { ...values };
    for (const tag of tagNames) given[tag] = linkOrEmphasis(tag, values);
    // What is not a literal is either a value that was given or a tag's HTML.
    return formatter.formatToParts(given as never).map((part) => print(part.value)).join('');
  };
  return {
    placeholders: names, tags: tagNames, formatHtml,
    format: (values) => {
      if (tagNames.length > 0) throw new Error(`The message "${pattern}" has tags: print it with tHtml().`);
      for (const name of names) valueOf(values, name, pattern);
      return String(formatter.format(values as never));
    },
  };
}
