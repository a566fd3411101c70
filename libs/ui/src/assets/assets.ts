import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import type { Theme } from '@guildhall/kernel-contract';
import { findBuiltAssets } from './built-assets';
import type { BuiltAssets } from './built-assets';
import { problemsOfTheme, themeStylesheet } from './theme-stylesheet';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml; charset=utf-8', '.json': 'application/json; charset=utf-8', '.png': 'image/png', '.webp': 'image/webp', '.woff2': 'font/woff2',
};
const INCOMPRESSIBLE = new Set(['.png', '.webp', '.woff2']);

/** A file that never changes: its name is made from its content. @public */
export class AssetFile {
  readonly contentType: string;
  readonly #extension: string;
  #brotli: Buffer | undefined;
  #gzip: Buffer | undefined;

  constructor(
    /** `site-0a1b2c3d4e.css`: the part of the URL after `/assets/`. */
    readonly name: string,
    readonly bytes: Buffer,
    built?: { readonly brotli: Buffer; readonly gzip: Buffer },
  ) {
    this.#extension = path.extname(name);
    this.contentType = TYPES[this.#extension] ?? 'application/octet-stream';
    this.#brotli = built?.brotli;
    this.#gzip = built?.gzip;
  }

  /**
   * The bytes to send, in the best coding that the browser takes (RFC 9110, 12.5.3). What was not compressed when built is compressed when first asked for.
   * @param acceptEncoding the request's header
   */
  encoded(acceptEncoding: string | undefined): { readonly bytes: Buffer; readonly encoding?: 'br' | 'gzip' } {
    if (INCOMPRESSIBLE.has(this.#extension)) return { bytes: this.bytes };
    const accepted = acceptEncoding ?? '';
    if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return { bytes: (this.#brotli ??= zlib.brotliCompressSync(this.bytes)), encoding: 'br' };
    if (/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return { bytes: (this.#gzip ??= zlib.gzipSync(this.bytes, { level: 9 })), encoding: 'gzip' };
    return { bytes: this.bytes };
  }
}

/** A council's look, ready to be linked from its pages. */
export interface DressedTheme {
  readonly stylesheet: string;
  readonly emblem: string;
  readonly favicon: string;
  readonly colour: string;
}

/** Says in a Cache-Control header what is true of every file here: it never changes. @public */
export const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable';

/**
 * Stylesheets, scripts and pictures of a process, by names that change with their content: small enough to be kept in memory, so that any
 * server can send them.
 * @public
 */
export class Assets {
  readonly #files = new Map<string, AssetFile>();
  readonly #paths = new Map<string, string>();
  readonly #themes = new Map<Theme, DressedTheme>();

  constructor(built: BuiltAssets = findBuiltAssets()) {
    for (const [name, file] of Object.entries(built.files)) {
      const read = (suffix = ''): Buffer => fs.readFileSync(path.join(built.folder, `${file}${suffix}`));
      this.#keep(name, new AssetFile(file, read(), { brotli: read('.br'), gzip: read('.gz') }));
    }
  }

  /**
   * Adds a module's own files: `asset('services/map.js')` for `map.js` in its folder.
   * @param prefix the module's id
   * @param folder every file in it, however deep, is served
   */
  addFolder(prefix: string, folder: string): void {
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      this.#add(`${prefix}/${path.relative(folder, file).split(path.sep).join('/')}`, fs.readFileSync(file));
    }
  }

  /**
   * Makes a theme's stylesheet, emblem and favicon, once.
   * @throws when the theme cannot be read by everybody, with every reason
   */
  dress(theme: Theme): DressedTheme {
    const known = this.#themes.get(theme);
    if (known) return known;
    const problems = problemsOfTheme(theme);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    const dressed: DressedTheme = {
      stylesheet: this.#add(`theme-${theme.id}.css`, Buffer.from(themeStylesheet(theme))),
      emblem: this.#add(`emblem-${theme.id}.svg`, Buffer.from(theme.emblemSvg)),
      favicon: this.#add(`favicon-${theme.id}.svg`, Buffer.from(theme.faviconSvg)),
      colour: theme.brand,
    };
    this.#themes.set(theme, dressed);
    return dressed;
  }

  /** Where a browser finds a file: `/assets/site-0a1b2c3d4e.css` for `site.css`. @throws for a file that nobody added */
  path(name: string): string {
    const found = this.#paths.get(name);
    if (!found) throw new Error(`There is no asset "${name}". Known: ${[...this.#paths.keys()].join(', ')}.`);
    return found;
  }

  /** The file behind the part of a URL that follows `/assets/`. */
  find(name: string): AssetFile | undefined {
    return this.#files.get(name);
  }

  #add(name: string, bytes: Buffer): string {
    const { dir, name: stem, ext } = path.posix.parse(name);
    return this.#keep(name, new AssetFile(`${dir ? `${dir}/` : ''}${stem}-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}${ext}`, bytes));
  }

  #keep(name: string, file: AssetFile): string {
    this.#files.set(file.name, file);
    this.#paths.set(name, `/assets/${file.name}`);
    return `/assets/${file.name}`;
  }
}
