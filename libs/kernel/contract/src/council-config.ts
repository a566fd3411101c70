import type { Nation } from './context';
import type { Language, Text, Texts } from './language';
import type { OfficerRole } from './context';
import type { Registration, Contract } from './standard';
import type { ProviderInstallation } from './provider';
import type { Secret } from './secret';

/** Reads settings, notes every missing or malformed one, and fails once with all of them. @public */
export interface Env {
  string(name: string, fallback?: string): string;
  url(name: string, fallback?: string): string;
  /** This council's public origin: PUBLIC_ORIGIN, or while developing the address at which it is served. */
  origin(): string;
  integer(name: string, fallback?: number): number;
  boolean(name: string, fallback?: boolean): boolean;
  /** Read only as `<COUNCIL>_<NAME>` when several councils share a process. Never has a fallback. */
  secret(name: string): Secret;
}

/** Anything that can be put into `modules: [...]` of a council's configuration. @public */
export interface Installation<Options = unknown> {
  readonly kind: 'module' | 'service-pack';
  readonly id: string;
  readonly version: string;
  readonly options: Options;
  /** Contracts without which it cannot work, with the range that it understands. */
  readonly requires: readonly { readonly contract: Contract<unknown>; readonly range: string }[];
  readonly registers: readonly Registration[];
  readonly providers: readonly ProviderInstallation[];
  readonly texts?: Texts;
  /** The package's folder, whose package.json holds the manifest that the kernel compares. */
  readonly packageFolder?: string;
}

/** A council's look: custom properties over one shared stylesheet, an emblem and a favicon. @public */
export interface Theme {
  readonly id: string;
  /** Hex colours. Text on `brand` is white: contrast is checked at start (WCAG 2.2, 1.4.3: at least 4.5:1). */
  readonly brand: string;
  readonly brandDark: string;
  /** Quiet background for panels. */
  readonly ground: string;
  readonly link: string;
  /** CSS font stack. */
  readonly fontStack: string;
  /** CSS font stack of headings and of the council's name, when it is another one. */
  readonly headingFontStack?: string;
  /** The header's ground: the brand colour with white words (unless told), or paper with words in `brandDark` above a rule in the brand colour. */
  readonly header?: 'brand' | 'paper';
  /** SVG, shown in the header beside the name, on the header's ground; decorative. */
  readonly emblemSvg: string;
  readonly faviconSvg: string;
}

/** A council's app: "what is in our app". @public */
export interface CouncilConfig {
  readonly council: {
    readonly id: string;
    readonly gssCode: string;
    readonly name: string | Text;
    readonly languages: readonly [Language, ...Language[]];
    readonly nation: Nation;
    readonly origin: string;
    readonly referencePrefix: string;
    /** `emergencyTelephone`: for dangers, at any hour; the telephone number unless told. */
    readonly contact: { readonly telephone: string; readonly emergencyTelephone?: string; readonly email: string; readonly address: string };
    /** Other host names that are this council's. */
    readonly alsoAt?: readonly string[];
  };
  readonly modules: readonly Installation[];
  readonly theme: Theme;
  /** Sandbox providers that this council accepts in production, by id. */
  readonly acceptedSandboxes?: readonly string[];
  /** Changes to which roles hold which permission. */
  readonly grants?: Readonly<Partial<Record<OfficerRole | (string & {}), readonly string[]>>>;
  /** Other origins that pages may show images from, such as a tile server. */
  readonly contentOrigins?: { readonly images?: readonly string[] };
  /** Words of the council's own in place of a module's: `{ en: { 'portal.home.title': '…' } }`. */
  readonly wording?: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;
}

/** A slug and what makes the configuration; a pure function of its settings. @public */
export interface CouncilDefinition {
  readonly slug: string;
  readonly configure: (given: { readonly env: Env }) => CouncilConfig;
}

/** Declares a council's app. @public @example export default defineCouncil('riverbourne', ({ env }) => ({ council: {…}, modules: [payments(), cases()] })) */
export function defineCouncil(slug: string, configure: (given: { readonly env: Env }) => CouncilConfig): CouncilDefinition {
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(slug)) throw new Error(`The slug "${slug}" must be lower-case letters, digits and hyphens, like "riverbourne".`);
  return Object.freeze({ slug, configure });
}

/** Declares a service pack or another package of registrations only. @public */
export function defineServicePack<Options>(pack: Omit<Installation<Options>, 'kind' | 'providers'> & { readonly providers?: readonly ProviderInstallation[] }): Installation<Options> {
  return Object.freeze({ kind: 'service-pack' as const, providers: [], ...pack });
}
