import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const packageFolder = path.join(__dirname, '..', '..');

/** Where this package's own templates are. @public */
export const viewsFolder = path.join(packageFolder, 'views');

/** The stylesheets and scripts that were built: name as templates say it → file. */
export interface BuiltAssets {
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
}

interface Manifest { readonly stamp: string; readonly files: Readonly<Record<string, string>> }

/**
 * Finds the built stylesheets and scripts. A published package contains them; in a clone they are built when they are missing or older than
 * what they are built from, which takes about two seconds.
 */
export function findBuiltAssets(): BuiltAssets {
  const folder = path.join(packageFolder, 'assets');
  const manifestFile = path.join(folder, 'manifest.json');
  const builder = path.join(packageFolder, 'build', 'build-assets.mjs');
  const read = (): Manifest | undefined => (fs.existsSync(manifestFile) ? (JSON.parse(fs.readFileSync(manifestFile, 'utf8')) as Manifest) : undefined);
  let manifest = read();
  const isClone = fs.existsSync(builder);
  if (isClone && !isCurrent(manifest)) {
    execFileSync(process.execPath, [builder], { cwd: packageFolder, stdio: ['ignore', 'ignore', 'inherit'] });
    manifest = read();
  }
  if (!manifest) throw new Error('The stylesheets and scripts of @guildhall/ui are missing. Install the package again, or in a clone run: node libs/ui/build/build-assets.mjs');
  return { folder, files: manifest.files };
}

function isCurrent(manifest: Manifest | undefined): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- beside the builder, which a published package does not have
  const { stampOf } = require(path.join(packageFolder, 'build', 'stamp.cjs')) as { stampOf(folder: string): string };
  return manifest?.stamp === stampOf(packageFolder);
}
