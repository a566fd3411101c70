import { Environment } from 'nunjucks';
import type { Template } from 'nunjucks';
import type { CouncilId, FieldError, Language, RequestContext, Text, Theme } from '@guildhall/kernel-contract';
import type { Assets, DressedTheme } from '../assets/assets';
import { COMPONENTS, macroName } from '../components/catalogue';
import { escapeHtml, safe } from '../components/html';
import type { SafeHtml } from '../components/html';
import { COMPONENT_WORDS } from '../components/words';
import type { SafeHtmlLike } from '../components/words';
import { formatDate, formatDateTime, formatTime } from '../formatting/dates';
import type { DateStyle } from '../formatting/dates';
import { formatFileSize, formatMoney, formatNumber, formatPhone } from '../formatting/numbers';
import type { MessageValues } from '../wording/compile-message';
import type { Messages } from '../wording/messages';
import { chartBars } from './chart-bars';
import { languageSwitch } from './language-switch';
import type { PageFrame } from './page-frame';
import { TemplateFolders } from './template-folders';

/** The script of GOV.UK Frontend that must run before anything is painted, the only one inside a page. The content security policy allows it by its hash. @public */
export const INLINE_SCRIPT = "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');";

/**
 * For whom and where a template is rendered. Any context will do (a letter needs no more); a page adds what only a request knows.
 * @public
 */
export interface ViewRequest extends RequestContext {
  /** Path and query by which this page is got again: the language switch stays here. For a form that is shown again, the form's own address. */
  readonly path?: string;
  /** Goes into every form. */
  readonly csrfToken?: string;
  readonly frame?: PageFrame;
}

/** What Views are made from. @public */
export interface ViewsOptions {
  /** Folders with templates, the first that has a name wins: a council's replacements, then the modules'. */
  readonly folders: readonly string[];
  readonly messages: Messages;
  readonly assets: Assets;
  /** Read changed templates again (development). */
  readonly reloads?: boolean;
}

interface Rendering { readonly request: ViewRequest; readonly theme: DressedTheme | undefined; readonly data: object }
type CompiledTemplate = Template & { render(context: object): string };

/**
 * Renders every page of a process: one Nunjucks environment, each template compiled once. What depends on the request is read while
 * rendering, so that macros see it too; rendering is synchronous and may be nested, never interleaved.
 * @public
 */
export class Views {
  readonly #environment: Environment;
  readonly #messages: Messages;
  readonly #assets: Assets;
  readonly #themes = new Map<CouncilId, DressedTheme>();
  readonly #compiled = new Map<string, CompiledTemplate>();
  readonly #reloads: boolean;
  #rendering: Rendering | undefined;

  constructor(options: ViewsOptions) {
    this.#messages = options.messages;
    this.#assets = options.assets;
    this.#reloads = options.reloads ?? false;
    const components = this.#components();
    this.#environment = new Environment(new TemplateFolders(options.folders, components, this.#reloads) as never, { autoescape: true, trimBlocks: true, lstripBlocks: true });
    const globals = (this.#environment as unknown as { globals: object }).globals;
    for (const [name, value] of Object.entries({ ...components, ...this.#functions() })) Object.defineProperty(globals, name, { value, enumerable: true, configurable: true });
    for (const [name, get] of Object.entries(this.#facts())) Object.defineProperty(globals, name, { get, enumerable: true, configurable: true });
    this.#environment.addFilter('formatDate', (when: Date | string, style?: DateStyle) => formatDate(this.#language, when, style));
    this.#environment.addFilter('formatMoney', formatMoney);
    // Enough of a correlation id to find it in the log, in two groups that can be read aloud.
    this.#environment.addFilter('shortReference', (id: string) => `${id.slice(0, 4)} ${id.slice(4, 8)}`.toUpperCase());
  }

  /** Gives a council its look. @throws when the theme cannot be read by everybody */
  dress(council: CouncilId, theme: Theme): void {
    this.#themes.set(council, this.#assets.dress(theme));
  }

  /**
   * Renders a template.
   * @param request for whom: any context, with what only a page has
   * @param name `payments/receipt` or `payments/receipt.njk`
   * @param data what the page shows; `errors` among it puts "Error: " before the title
   * @throws when there is no such template, when it says what no module says, or asks for a value that is missing
   */
  render(request: ViewRequest, name: string, data: object = {}): string {
    const outer = this.#rendering;
    this.#rendering = { request, data, theme: this.#themes.get(request.council.id) };
    try {
      return this.#template(name).render(data);
    } finally {
      this.#rendering = outer;
    }
  }

  /** Whether there is a template of this name. */
  has(name: string): boolean {
    try {
      this.#template(name);
      return true;
    } catch (error) {
      if (error instanceof Error && error.message.includes('template not found')) return false;
      throw error;
    }
  }

  #template(name: string): CompiledTemplate {
    const known = this.#compiled.get(name);
    if (known) return known;
    const file = name.endsWith('.njk') ? name : `${name}.njk`;
    const template = (this.#environment as unknown as { getTemplate(name: string, compilesNow: boolean): CompiledTemplate }).getTemplate(file, true);
    if (!this.#reloads) this.#compiled.set(name, template);
    return template;
  }

  get #current(): Rendering {
    if (!this.#rendering) throw new Error('Nothing is being rendered: templates read the request only while Views.render runs.');
    return this.#rendering;
  }

  get #language(): Language {
    return this.#current.request.language;
  }

  #components(): Readonly<Record<string, unknown>> {
    const made: Record<string, unknown> = {};
    for (const [name, component] of Object.entries(COMPONENTS)) {
      made[macroName(name)] = (options?: object, keywords?: { readonly caller?: () => SafeHtmlLike }): SafeHtml => safe(component((options ?? {}) as never, COMPONENT_WORDS[this.#language], keywords?.caller));
    }
    return made;
  }

  /** Functions of every template. */
  #functions(): Readonly<Record<string, unknown>> {
    return {
      t: (key: string | Text, values?: MessageValues) => this.#messages.t(this.#current.request, key, values),
      words: (text: string | Text) => (typeof text === 'string' ? text : this.#messages.t(this.#current.request, text)),
      tHtml: (key: string, values?: MessageValues) => this.#messages.html(this.#current.request, key, values),
      asset: (name: string) => this.#assets.path(name),
      formatMoney, formatNumber, formatPhone, formatFileSize,
      formatDate: (when: Date | string, style?: DateStyle) => formatDate(this.#language, when, style),
      formatDateTime: (when: Date | string, style?: DateStyle) => formatDateTime(this.#language, when, style),
      formatTime: (when: Date | string, until?: Date | string) => formatTime(this.#language, when, until),
      errorFor: (field: string) => {
        const found = this.#errors.find((error) => error.field === field);
        return found ? { text: found.message } : undefined;
      },
      chartBars,
      isoDate: (when: Date | string) => (typeof when === 'string' ? when : when.toISOString()),
    };
  }

  get #errors(): readonly FieldError[] {
    return (this.#current.data as { readonly errors?: readonly FieldError[] }).errors ?? [];
  }

  /** What every template knows without being told. */
  #facts(): Readonly<Record<string, () => unknown>> {
    return {
      language: () => this.#language,
      languages: () => this.#current.request.council.languages,
      council: () => {
        const { council, language } = this.#current.request;
        return { slug: council.slug, name: council.name[language], origin: council.origin, ...council.contact };
      },
      path: () => this.#current.request.path ?? '/',
      csrfToken: () => this.#current.request.csrfToken,
      csrfField: () => safe(`<input type="hidden" name="_csrf" value="${escapeHtml(this.#current.request.csrfToken ?? '')}">`),
      actor: () => this.#current.request.actor,
      correlationId: () => this.#current.request.correlationId,
      frame: () => this.#current.request.frame ?? {},
      theme: () => this.#current.theme,
      languageSwitch: () => languageSwitch(this.#current.request.council.languages, this.#language, this.#current.request.path ?? '/'),
      componentWords: () => COMPONENT_WORDS[this.#language],
      inlineScript: () => safe(INLINE_SCRIPT),
    };
  }
}

/** Puts together what pages are rendered with. @public */
export function createViews(options: ViewsOptions): Views {
  return new Views(options);
}
