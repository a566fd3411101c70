import { Secret } from '@guildhall/kernel-contract';
import type { Env } from '@guildhall/kernel-contract';

/** Where settings come from: the process's environment, or a test's. */
export type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Reads one council's settings. With several councils in a process a secret is read only as `RIVERBOURNE_X`, any other setting as
 * `RIVERBOURNE_X`, then `X`. Every missing or malformed one is noted; `failIfWrong` then fails once with all of them.
 */
export class CouncilEnv implements Env {
  readonly problems: string[] = [];
  constructor(
    private readonly slug: string,
    private readonly settings: Settings,
    private readonly sharesProcess: boolean,
    private readonly defaultOrigin: string | undefined,
  ) {}

  string(name: string, fallback?: string): string {
    return this.read(name, fallback, (value) => value, 'text') ?? '';
  }
  url(name: string, fallback?: string): string {
    return this.read(name, fallback, (value) => (URL.canParse(value) ? value.replace(/\/$/, '') : undefined), 'a web address, like https://apps.council.example') ?? 'http://missing.invalid';
  }
  origin(): string {
    return this.url('PUBLIC_ORIGIN', this.defaultOrigin);
  }
  integer(name: string, fallback?: number): number {
    return Number(this.read(name, fallback?.toString(), (value) => (/^-?\d+$/.test(value) ? value : undefined), 'a whole number') ?? 0);
  }
  boolean(name: string, fallback?: boolean): boolean {
    return this.read(name, fallback?.toString(), (value) => (/^(true|false)$/.test(value) ? value : undefined), 'true or false') === 'true';
  }
  secret(name: string): Secret {
    const own = ownName(this.slug, name);
    const value = this.settings[own] ?? (this.sharesProcess ? undefined : this.settings[name]);
    if (!value) this.problems.push(`${this.sharesProcess ? own : name} is missing: it is a secret and has no default.`);
    return new Secret(value ?? '');
  }

  /** @throws Error that names every missing or malformed setting at once */
  failIfWrong(): void {
    if (this.problems.length === 0) return;
    throw new Error(`The configuration of ${this.slug} cannot be read:\n${this.problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }

  private read(name: string, fallback: string | undefined, parse: (value: string) => string | undefined, form: string): string | undefined {
    const given = this.settings[ownName(this.slug, name)] ?? this.settings[name];
    const value = given === undefined || given === '' ? fallback : given;
    if (value === undefined) {
      this.problems.push(`${name} is missing: it must be ${form}.`);
      return undefined;
    }
    const parsed = parse(value);
    if (parsed === undefined) this.problems.push(`${name} is "${value}": it must be ${form}.`);
    return parsed;
  }
}

/** A council's own name of a setting, where several share a process: `RIVERBOURNE_X`. */
export function ownName(slug: string, name: string): string {
  return `${slug.toUpperCase().replaceAll('-', '_')}_${name}`;
}
