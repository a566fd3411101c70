import fs from 'node:fs';
import path from 'node:path';
import { Loader } from 'nunjucks';
import { COMPONENTS, macroName } from '../components/catalogue';

/** A template that was compiled by hand: Nunjucks takes an object with a root function in place of a source. */
interface CodeTemplate {
  readonly type: 'code';
  readonly obj: { readonly root: (env: unknown, context: MacroContext, frame: unknown, runtime: unknown, done: (error: unknown, html?: string) => void) => void };
}
interface MacroContext { setVariable(name: string, value: unknown): void; addExport(name: string): void }

const MACRO = /^govuk\/components\/([a-z-]+)\/macro\.njk$/;

const GOVUK = path.join(path.dirname(require.resolve('govuk-frontend/package.json')), 'dist');
const MOJ = path.dirname(require.resolve('@ministryofjustice/frontend/package.json'));

/**
 * Finds templates by name in folders, the first that has it wins: a council's own, its modules', this package's, then GOV.UK's and MOJ's.
 * `govuk/components/<name>/macro.njk` gives our own function where there is one.
 */
export class TemplateFolders extends Loader {
  readonly #folders: readonly string[];
  readonly #components: Readonly<Record<string, unknown>>;
  readonly #reloads: boolean;

  constructor(folders: readonly string[], components: Readonly<Record<string, unknown>>, reloads: boolean) {
    super();
    this.#folders = [...folders, GOVUK, MOJ];
    this.#components = components;
    this.#reloads = reloads;
  }

  getSource(name: string): { readonly src: string | CodeTemplate; readonly path: string; readonly noCache: boolean } | null {
    const component = MACRO.exec(name)?.[1];
    if (component && component in COMPONENTS) return { src: this.#macro(macroName(component)), path: name, noCache: false };
    if (name.split('/').includes('..')) return null;
    for (const folder of this.#folders) {
      const file = path.join(folder, name);
      // The name stands for the file, so that an error names what a developer wrote and relative imports stay within the folders.
      if (fs.existsSync(file)) return { src: fs.readFileSync(file, 'utf8'), path: name, noCache: this.#reloads };
    }
    return null;
  }

  override resolve(from: string, to: string): string {
    return path.posix.join(path.posix.dirname(from), to);
  }

  #macro(name: string): CodeTemplate {
    const macro = this.#components[name];
    return {
      type: 'code',
      obj: { root: (_env, context, _frame, _runtime, done) => { context.setVariable(name, macro); context.addExport(name); done(null, ''); } },
    };
  }
}
