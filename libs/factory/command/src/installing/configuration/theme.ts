import type { ObjectLiteralElementLike } from 'typescript';
import { CannotDo } from '../../command';
import type { Entry } from './configure';
import { importing, importsOf, withoutImport, type Imported } from './imports';
import { councilIn, propertyOf, valueOf } from './places';
import { all, bare, edited, usesOf, type Edit, type Source } from './source';

/** What stood where a theme stands now, so that it can be put back. */
export interface StoodBefore {
  /** The council, where the configuration has several. */
  readonly council: string;
  /** `theme` or `theme: harbourTheme`, as it was written. */
  readonly property: string;
  /** What was imported for it, and for nothing else. */
  readonly imports: readonly { readonly name: string; readonly local: string; readonly from: string }[];
}

/** Puts a theme in place of the one that a configuration has; nothing changes where it stands there already. @throws CannotDo */
export function themeInto(source: Source, entry: Pick<Entry, 'package' | 'name'>, council?: string): { readonly source: Source; readonly before?: StoodBefore } {
  const { slug, property } = themeOf(source, council);
  const used = usedIn(source, property);
  if (used.some(({ from, name }) => from === entry.package && name === entry.name)) return { source };
  const before: StoodBefore = { council: slug, property: property.getText(source.file), imports: used.filter((one) => isOnlyFor(source, one, property)).map(({ name, local, from }) => ({ name, local, from })) };
  return { source: written(source, property, { ...before, property: undefined, imports: [{ name: entry.name, from: entry.package }] }), before };
}

/** Puts back what stood before a theme; nothing changes where the configuration does not have that theme any more. @throws CannotDo */
export function themeBack(source: Source, from: string, before: StoodBefore): Source {
  const { property } = themeOf(source, before.council);
  return usedIn(source, property).some((one) => one.from === from) ? written(source, property, before) : source;
}

/** What is to stand there: with the names under which it is imported, or under those that are free. */
interface ToStand { readonly property: string | undefined; readonly imports: readonly { readonly name: string; readonly local?: string; readonly from: string }[] }

function written(source: Source, property: ObjectLiteralElementLike, to: ToStand & { readonly council: string }): Source {
  const alone = importedAlone(source, property);
  const [one, ...more] = to.imports;
  if (alone && one && more.length === 0) {
    // A name that says what it is for stays, and then one line changes.
    const local = one.local ?? (alone.local === 'theme' ? 'theme' : one.name);
    const isFree = local === alone.local || !all(source, source.ts.isIdentifier).some(({ text }) => text === local);
    if (isFree) return edited(source, [...inPlace(source, alone, { ...one, local }), { at: property.getStart(source.file), until: property.getEnd(), text: to.property ?? (local === alone.local ? property.getText(source.file) : `theme: ${local}`) }]);
  }
  const gone = usedIn(source, property).filter((each) => isOnlyFor(source, each, property));
  let now = source;
  let local = '';
  for (const each of to.imports) ({ source: now, local } = importing(now, each.from, each.name, each.local));
  const there = themeOf(now, to.council).property;
  now = edited(now, [{ at: there.getStart(now.file), until: there.getEnd(), text: to.property ?? `theme: ${local}` }]);
  for (const each of gone) if (usesOf(now, each.local).length === 0) now = withoutImport(now, each.from, each.local);
  return now;
}

/** @throws CannotDo */
function themeOf(source: Source, council: string | undefined): { readonly slug: string; readonly property: ObjectLiteralElementLike } {
  const { slug, config } = councilIn(source, council);
  const property = propertyOf(source, config, 'theme');
  if (!property || !valueOf(source, property)) throw new CannotDo(`${source.name} does not write out the theme of “${slug}”. Write it as theme: …, or put it in yourself and take --no-configure.`);
  return { slug, property };
}

/** What is imported and named there. */
function usedIn(source: Source, property: ObjectLiteralElementLike): readonly Imported[] {
  return importsOf(source).filter(({ local }) => usesOf(source, local).some((use) => use.pos >= property.pos && use.end <= property.end));
}
function isOnlyFor(source: Source, { local }: Imported, property: ObjectLiteralElementLike): boolean {
  return usesOf(source, local).every((use) => use.pos >= property.pos && use.end <= property.end);
}

/** The import of a theme that is nothing but a name, where it imports nothing else and is used for nothing else. */
function importedAlone(source: Source, property: ObjectLiteralElementLike): Imported | undefined {
  const value = valueOf(source, property);
  const plain = value && bare(source, value);
  if (!plain || !source.ts.isIdentifier(plain)) return undefined;
  return usedIn(source, property).find((one) => one.local === plain.text && one.specifier.parent.elements.length === 1 && !one.declaration.importClause?.name && isOnlyFor(source, one, property));
}

function inPlace({ file }: Source, { specifier, declaration }: Imported, { name, local, from }: { readonly name: string; readonly local: string; readonly from: string }): readonly Edit[] {
  const quote = declaration.moduleSpecifier.getText(file)[0] ?? '\'';
  return [
    { at: specifier.getStart(file), until: specifier.getEnd(), text: name === local ? name : `${name} as ${local}` },
    { at: declaration.moduleSpecifier.getStart(file), until: declaration.moduleSpecifier.getEnd(), text: `${quote}${from}${quote}` },
  ];
}
