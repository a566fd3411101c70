import type { ArrayLiteralExpression, CallExpression, Expression } from 'typescript';
import { CannotDo } from '../../command';
import { importing, importsOf, reimporting, withoutImport, type Imported } from './imports';
import { inserting, listed, removing } from './lists';
import { councilIn, modulesOf, providersOf } from './places';
import { all, bare, edited, lineOf, sourceOf, usesOf, type Source } from './source';

/** What is written into a configuration: `parking({ zones })` of a package. */
export interface Entry {
  readonly package: string;
  /** What makes it: `parking`. */
  readonly name: string;
  /** What it is given, as TypeScript: `{ zones: 3 }`. */
  readonly given?: string;
}
/** Among the council's modules, or among the providers of a module. */
export type Place = { readonly council?: string } | { readonly module: string; readonly part: string };

/** Writes an entry into a configuration; where it is there already nothing changes. @throws CannotDo */
export function addTo(source: Source, entry: Entry, place: Place): Source {
  const target = 'module' in place ? providersOf(source, place.module, place.part) : { list: modulesOf(source, councilIn(source, place.council)) };
  if (target.list && entryIn(source, target.list, entry)) return source;
  if (!('module' in place) && isCalledAnywhere(source, entry)) return source;
  const { source: imported, local } = importing(source, entry.package, entry.name);
  const text = `${local}(${expressionOf(source, entry.given)})`;
  if (!('module' in place)) {
    const list = modulesOf(imported, councilIn(imported, place.council));
    return edited(imported, inserting(imported, listed(imported, list), list.elements.length, text));
  }
  const { call, options, list } = providersOf(imported, place.module, place.part);
  if (list) return edited(imported, inserting(imported, listed(imported, list), list.elements.length, text));
  if (options) return edited(imported, inserting(imported, listed(imported, options), options.properties.length, `${place.part}: [${text}]`));
  return edited(imported, inserting(imported, listed(imported, call), 0, `{ ${place.part}: [${text}] }`));
}

/** Takes everything of a package out of a configuration. @throws CannotDo where it is used otherwise than as an entry of a list */
export function removeFrom(source: Source, name: string): Source {
  let without = source;
  for (;;) {
    const imported = importsOf(without).filter(({ from }) => from === name);
    const entry = imported.flatMap(({ local }) => entriesOf(without, local)).at(0);
    if (!entry) break;
    const list = entry.parent as ArrayLiteralExpression;
    without = edited(without, removing(without, listed(without, list), list.elements.indexOf(entry)));
  }
  for (const { local } of importsOf(without).filter(({ from }) => from === name)) {
    const used = usesOf(without, local);
    if (used.length) throw new CannotDo(`${source.name} uses ${local} of ${name} in line${used.length > 1 ? 's' : ''} ${used.map((use) => lineOf(without, use)).join(', ')}. Take it out there first.`);
    without = withoutImport(without, name, local);
  }
  return without;
}

/** Puts a provider in place of another; a name that says what it is for, and not which one it is, stays, and then one line changes. @param keepsOld the other stays after it @throws CannotDo */
export function swapIn(source: Source, old: string, entry: Entry, place: { readonly module: string; readonly part: string }, keepsOld: boolean): Source {
  const { list } = providersOf(source, place.module, place.part);
  if (list && entryIn(source, list, entry)) throw new CannotDo(`${entry.package} is there already.`);
  const imported = importsOf(source).find(({ from, local }) => from === old && list && entriesOf(source, local, list).length > 0);
  const [standing] = imported && list ? entriesOf(source, imported.local, list) : [];
  if (!imported || !standing || !list) throw new CannotDo(`${source.name} does not have ${old} among the “${place.part}” of ${place.module}.`);
  if (keepsOld) {
    const { source: with_, local } = importing(source, entry.package, entry.name);
    const now = providersOf(with_, place.module, place.part).list ?? list;
    const at = now.elements.findIndex((one) => isCallOf(with_, one, imported.local));
    return edited(with_, inserting(with_, listed(with_, now), at, `${local}(${expressionOf(source, entry.given)})`));
  }
  const given = expressionOf(source, entry.given);
  if (staysNamed(source, imported, standing, given)) return reimporting(source, imported, entry.package, entry.name);
  const { source: with_, local } = importing(source, entry.package, entry.name);
  const now = providersOf(with_, place.module, place.part).list ?? list;
  const there = now.elements.find((one) => isCallOf(with_, one, imported.local)) as Expression;
  const swapped = edited(with_, [{ at: there.getStart(with_.file), until: there.getEnd(), text: `${local}(${given})` }]);
  return usesOf(swapped, imported.local).length ? swapped : withoutImport(swapped, old, imported.local);
}

/** Whether it is imported under a name of the council's own, used once, and given the same. */
function staysNamed(source: Source, { name, local }: Imported, standing: Expression, given: string): boolean {
  const call = bare(source, standing) as CallExpression;
  return name !== local && usesOf(source, local).length === 1 && call.arguments.map((one) => one.getText(source.file)).join(', ') === given;
}

function isCallOf(source: Source, expression: Expression, local: string): boolean {
  const plain = bare(source, expression);
  const called = source.ts.isCallExpression(plain) ? plain.expression : plain;
  return source.ts.isIdentifier(called) && called.text === local;
}
/** Entries of lists that are this, called or not. */
function entriesOf(source: Source, local: string, within?: ArrayLiteralExpression): readonly Expression[] {
  const lists = within ? [within] : all(source, source.ts.isArrayLiteralExpression);
  return lists.flatMap(({ elements }) => elements.filter((one) => isCallOf(source, one, local)));
}
function entryIn(source: Source, list: ArrayLiteralExpression, { package: from, name }: Entry): boolean {
  return importsOf(source).some((one) => one.from === from && one.name === name && entriesOf(source, one.local, list).length > 0);
}
/** A module that is called somewhere else in the file is part of the council by a way of its own. */
function isCalledAnywhere(source: Source, { package: from, name }: Entry): boolean {
  return importsOf(source).some((one) => one.from === from && one.name === name && usesOf(source, one.local).some(({ parent }) => source.ts.isCallExpression(parent)));
}

/** @throws CannotDo when it is no expression of TypeScript */
function expressionOf({ ts }: Source, given: string | undefined): string {
  if (given === undefined || given.trim() === '') return '';
  sourceOf(ts, `(${given}\n);`, '--with');
  return given.trim();
}
