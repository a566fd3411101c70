import type { PackageListing } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { maxSatisfying, satisfies, valid, validRange } from 'semver';
import { CannotDo } from '../command';
import { askAll } from './believed-release';
import { removedWords } from './taken-off';
import type { CouncilSettings } from './council-settings';
import { alike } from './look-alike';

/** A package and which of its versions is wanted: `@westmarch/parking@^1.2.0`. */
export interface Wanted { readonly name: string; readonly range?: string }

/** @throws CannotDo */
export function wantedIn(text: string): Wanted {
  const [, name = '', range] = /^((?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*)(?:@(.+))?$/.exec(text) ?? [];
  if (name === '' || (range !== undefined && range !== 'latest' && validRange(range) === null)) throw new CannotDo(`“${text}” is no package of npm’s. Write @westmarch/parking, @westmarch/parking@1.2.0 or @westmarch/parking@^1.2.0.`);
  return { name, ...(range !== undefined && range !== 'latest' && { range }) };
}

/** The newest version that fits, of those that a catalogue lists and nobody withdrew; one that is named whole is that one. @param installed names, for whoever has mistyped @throws NotReached */
export async function chosenVersion({ name, range }: Wanted, settings: CouncilSettings, installed: readonly string[]): Promise<Outcome<{ readonly version: string; readonly versions: readonly string[]; /** Of each catalogue that did not answer. */ readonly unreached: readonly string[] }, Refusal<'not-listed' | 'taken-off'>>> {
  if (settings.catalogues.length === 0) throw new CannotDo('guildhall.json names no catalogue, and a package is taken by what a catalogue lists. Name one: { "catalogues": [{ "name": …, "origin": …, "key": … }] }');
  const { answers, unreached } = await askAll(settings, (client) => client.listing(name));
  const listings = answers.flatMap(({ answer }): readonly PackageListing[] => (answer ? [answer] : []));
  const off = new Set(listings.flatMap((one) => one.removed?.map(({ version }) => version) ?? []));
  const why = (isMeant: (version: string) => boolean): readonly string[] => answers.flatMap(({ client, answer }) => removedWords(client, answer, isMeant));
  if (listings.length > 0 && listings.every(({ versions }) => versions.length === 0)) return refused('taken-off', [`Nothing of ${name} is listed any more.`, ...why(() => true).slice(0, 3), ...unreached].join(' '));
  if (listings.length === 0) {
    const { answers: found } = await askAll(settings, (client) => client.names(name.split('/').at(-1) ?? name));
    const meant = alike(name, [...installed, ...found.flatMap(({ answer }) => answer)]);
    return refused('not-listed', `${[`No catalogue that this council follows lists ${name}.`, ...unreached].join(' ')}${meant ? ` Did you mean ${meant}?` : ''} A package of that name in a registry may be anybody’s.`);
  }
  const versions = [...new Set(listings.flatMap((one) => one.versions.map(({ version }) => version)))];
  const withdrawn = new Set(listings.flatMap((one) => one.versions.filter(({ noticed }) => noticed.includes('withdrawal')).map(({ version }) => version)));
  const exact = valid(range ?? '');
  const version = exact !== null && versions.includes(exact) ? exact : maxSatisfying(versions.filter((one) => !withdrawn.has(one) && !off.has(one)), range ?? '*');
  return version === null ? refused('not-listed', `Of ${name} no version is listed that fits ${range ?? 'any'}; there ${versions.length === 1 ? 'is' : 'are'} ${[`${versions.join(', ')}.`, ...why((one) => satisfies(one, range ?? '*')), ...unreached].join(' ')}`) : done({ version, versions: versions.filter((one) => one === version || (!withdrawn.has(one) && !off.has(one))), unreached });
}
