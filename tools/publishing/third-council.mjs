import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmrc, npmrcForEverything } from './registry.mjs';

/** A council that is made by the published `create-guildhall`, as its own developers would make it. */
export const BRACKENFIELD = { slug: 'brackenfield', name: 'Brackenfield District Council', gss: 'E07000997', languages: 'en,cy', brand: '#5b2c6f' };

/**
 * A council's app in a folder of its own, made by `npm create guildhall@latest` and by nothing else.
 *
 * @param {string} folder where it is written
 * @param {string} registry the registry's address
 * @param {(program: string, args: string[], cwd: string) => string} run runs a program, and throws when it fails
 */
export function writeThirdCouncil(folder, registry, run) {
  const settings = path.join(path.dirname(folder), 'npmrc-to-create');
  writeFileSync(settings, npmrcForEverything(registry));
  // npm keeps what it ran once by its name and version, and another run of this may have published other code under both.
  run('npm', ['create', 'guildhall@latest', path.basename(folder), '--yes', '--userconfig', settings, '--cache', path.join(path.dirname(folder), 'npm-to-create'), '--', ...Object.entries(BRACKENFIELD).flatMap(([option, value]) => [`--${option}`, value]), '--no-install'], path.dirname(folder));
  // Its developers have this registry in their settings.
  writeFileSync(path.join(folder, '.npmrc'), npmrc(registry));
}

/** By whom residents pay, and who may stand in its place. */
const REDIRECT = { noun: 'sandboxRedirect', from: '@guildhall/payments-provider-sandbox-redirect' };
const SESSION = { noun: 'sandboxSession', from: '@guildhall/payments-provider-sandbox-session' };
export const OTHER_PAYMENTS = SESSION.from;

/** Lets another provider take its payments. */
export function swapPaymentProvider(folder) {
  const file = path.join(folder, 'src/council.config.ts');
  const before = readFileSync(file, 'utf8');
  if (!before.includes(REDIRECT.from)) throw new Error(`${file} does not pay by redirect.`);
  writeFileSync(file, before.replaceAll(REDIRECT.noun, SESSION.noun).replace(REDIRECT.from, SESSION.from));
}
