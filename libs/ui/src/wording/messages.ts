import type { CouncilId, Language, RequestContext, Text, TextTree, Texts } from '@guildhall/kernel-contract';
import { safe } from '../components/html';
import type { SafeHtml } from '../components/html';
import { compileMessage } from './compile-message';
import type { CompiledMessage, MessageValues } from './compile-message';

/** A module's messages, found under its id. @public */
export interface MessageSource {
  /** First part of the keys: the module's id. */
  readonly prefix: string;
  readonly texts: Texts;
  /** Only officers read them: what lacks its Welsh is said in English. */
  readonly isForDesk?: boolean;
}

/** Words of a council's own in place of a module's, by language and key. @public */
export type Wording = Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;

/** Who asks: a context, whose council may have words of its own, or only a language. @public */
export type Speaker = Language | Pick<RequestContext, 'language' | 'council'>;

type Patterns = ReadonlyMap<string, string>;

function flatten(tree: TextTree, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(`${prefix}.${key}`, value);
    else flatten(value, `${prefix}.${key}`, into);
  }
}

/** Every key of a source with its pattern in one language. */
export function patternsOf(source: MessageSource, language: Language): ReadonlyMap<string, string> {
  const patterns = new Map<string, string>();
  flatten(source.texts[language], source.prefix, patterns);
  return patterns;
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Text>).en === 'string' && typeof (value as Partial<Text>).cy === 'string';
}

/** What Messages are made from. @public */
export interface MessagesOptions {
  readonly sources: readonly MessageSource[];
  /** Throw for an unknown key (tests, development) instead of printing the key and telling `onUnknown` (production). */
  readonly isStrict: boolean;
  readonly onUnknown?: (key: string, language: Language) => void;
}

/**
 * Everything that the modules of a process say, in every language. A pattern is understood once, when it is first said.
 * @public
 */
export class Messages {
  readonly #patterns: Readonly<Record<Language, Patterns>>;
  readonly #wording = new Map<CouncilId, Readonly<Record<Language, Patterns>>>();
  readonly #compiled: Readonly<Record<Language, Map<string, CompiledMessage>>> = { en: new Map(), cy: new Map() };
  readonly #options: MessagesOptions;

  constructor(options: MessagesOptions) {
    this.#options = options;
    const merged: Record<Language, Map<string, string>> = { en: new Map(), cy: new Map() };
    for (const language of ['en', 'cy'] as const) {
      for (const source of options.sources) {
        for (const [key, pattern] of patternsOf(source, language)) {
          if (merged[language].has(key)) throw new Error(`The message "${key}" is declared twice. A module's texts and desk texts share one set of keys: rename one of the two.`);
          merged[language].set(key, pattern);
        }
      }
    }
    this.#patterns = merged;
  }

  /**
   * Gives a council its own words for some keys.
   * @throws when a key exists nowhere, or a pattern cannot be understood or asks for a value that the module does not give
   */
  setWording(council: CouncilId, wording: Wording): void {
    const own = { en: new Map(Object.entries(wording.en ?? {})), cy: new Map(Object.entries(wording.cy ?? {})) };
    for (const language of ['en', 'cy'] as const) {
      for (const [key, pattern] of own[language]) {
        const standard = this.#patterns[language].get(key);
        if (standard === undefined) throw new Error(`The council's wording names "${key}", which no installed module says. Remove it, or correct the key.`);
        const known = this.#understand(language, standard).placeholders;
        const extra = this.#understand(language, pattern).placeholders.filter((name) => !known.includes(name));
        if (extra.length > 0) throw new Error(`The council's wording of "${key}" uses {${extra.join('}, {')}}, which the module does not give. It may use: ${known.length > 0 ? known.map((name) => `{${name}}`).join(', ') : 'nothing'}.`);
      }
    }
    this.#wording.set(council, own);
  }

  /** Whether some module says this. */
  has(key: string): boolean {
    return this.#patterns.en.has(key);
  }

  /**
   * Says a message as text, to be escaped where it is printed.
   * @param key `payments.receipt.title`, or a text that carries its own languages
   * @throws in strict mode for an unknown key; always when a value is missing
   */
  t(speaker: Speaker, key: string | Text, values?: MessageValues): string {
    const language = typeof speaker === 'string' ? speaker : speaker.language;
    if (isText(key)) return key[language];
    const message = this.#find(speaker, language, key);
    return message ? message.format(values) : this.#unknown(key, language);
  }

  /** Says a message that has `<strong>` or links in it, as HTML: the words and the values are escaped. A tag that is not known is a link to the value of its name. */
  html(speaker: Speaker, key: string, values?: MessageValues): SafeHtml {
    const language = typeof speaker === 'string' ? speaker : speaker.language;
    const message = this.#find(speaker, language, key);
    return safe(message ? message.formatHtml(values) : this.#unknown(key, language));
  }

  #find(speaker: Speaker, language: Language, key: string): CompiledMessage | undefined {
    const own = typeof speaker === 'string' ? undefined : this.#wording.get(speaker.council.id)?.[language].get(key);
    const pattern = own ?? this.#patterns[language].get(key);
    if (pattern !== undefined) return this.#understand(language, pattern);
    // Desk texts may lack a translation: then English, counted as English counts.
    const english = this.#patterns.en.get(key);
    return english === undefined ? undefined : this.#understand('en', english);
  }

  #understand(language: Language, pattern: string): CompiledMessage {
    const known = this.#compiled[language].get(pattern);
    if (known) return known;
    const compiled = compileMessage(language, pattern);
    this.#compiled[language].set(pattern, compiled);
    return compiled;
  }

  #unknown(key: unknown, language: Language): string {
    const name = typeof key === 'string' ? key : JSON.stringify(key) ?? 'undefined';
    if (this.#options.isStrict) throw new Error(`No installed module says "${name}". Add it to the module's texts, in every language.`);
    this.#options.onUnknown?.(name, language);
    return name;
  }
}

/** Puts the messages of all modules together. @public */
export function createMessages(options: MessagesOptions): Messages {
  return new Messages(options);
}
