import type { ImportDeclaration, ImportSpecifier, StringLiteral } from 'typescript';
import { inserting, listed, removing } from './lists';
import { afterComments, all, edited, lineStart, newlineOf, type Edit, type Source } from './source';

/** A name that is imported for its value. */
export interface Imported { readonly name: string; readonly local: string; readonly from: string; readonly specifier: ImportSpecifier; readonly declaration: ImportDeclaration }

export function importsOf({ ts, file }: Source): readonly Imported[] {
  return file.statements.filter(ts.isImportDeclaration).flatMap((declaration) => {
    const named = declaration.importClause?.namedBindings;
    if (!named || !ts.isNamedImports(named)) return [];
    return named.elements.map((specifier) => ({ name: (specifier.propertyName ?? specifier.name).text, local: specifier.name.text, from: (declaration.moduleSpecifier as StringLiteral).text, specifier, declaration }));
  });
}

/** Imports a name, under itself or, where that stands for something else already, under one that is free. @param as under this, whatever stands for it @returns what it is called here */
export function importing(source: Source, from: string, name: string, as?: string): { readonly source: Source; readonly local: string } {
  const { ts, file } = source;
  const known = importsOf(source).find((one) => one.from === from && one.name === name && (as === undefined || one.local === as) && !isForTypes(source, one));
  if (known) return { source, local: known.local };
  const local = as ?? freeName(source, from, name);
  const text = local === name ? name : `${name} as ${local}`;
  const declarations = file.statements.filter(ts.isImportDeclaration);
  const same = declarations.find(({ importClause, moduleSpecifier }) => (moduleSpecifier as StringLiteral).text === from && importClause?.namedBindings && ts.isNamedImports(importClause.namedBindings) && importClause.phaseModifier === undefined);
  const named = same?.importClause?.namedBindings;
  if (named && ts.isNamedImports(named)) {
    const at = named.elements.findIndex((one) => compare((one.propertyName ?? one.name).text, name) > 0);
    return { source: edited(source, inserting(source, listed(source, named), at < 0 ? named.elements.length : at, text)), local };
  }
  return { source: edited(source, [newImport(source, declarations, from, text)]), local };
}

function newImport(source: Source, declarations: readonly ImportDeclaration[], from: string, text: string): Edit {
  const [first] = declarations;
  const newline = newlineOf(source);
  const quote = first ? first.moduleSpecifier.getText(source.file)[0] ?? '\'' : '\'';
  const end = !first || first.getText(source.file).endsWith(';') ? ';' : '';
  const line = `import { ${text} } from ${quote}${from}${quote}${end}`;
  const before = declarations.filter(({ moduleSpecifier }) => { const name = (moduleSpecifier as StringLiteral).text; return !name.startsWith('.') && compare(name, from) < 0; }).at(-1);
  if (!before) {
    const at = first ? first.getStart(source.file) : 0;
    return { at, until: at, text: line + newline };
  }
  const at = afterComments(source, before.getEnd());
  return { at, until: at, text: newline + line };
}

/** Takes away an import that nothing needs any more. */
export function withoutImport(source: Source, from: string, local: string): Source {
  const found = importsOf(source).find((one) => one.from === from && one.local === local);
  if (!found) return source;
  const { declaration, specifier } = found;
  const named = specifier.parent;
  if (named.elements.length > 1) return edited(source, removing(source, listed(source, named), named.elements.indexOf(specifier)));
  const after = afterComments(source, declaration.getEnd());
  const isWholeLine = /^[ \t]*\r?\n/.exec(source.text.slice(after));
  return edited(source, [{ at: lineStart(source, declaration.getStart(source.file)), until: after + (isWholeLine?.[0].length ?? 0), text: '' }]);
}

/** Names a package and what is taken from it anew, in the same line and under the same name. */
export function reimporting(source: Source, { declaration, specifier, local }: Imported, from: string, name: string): Source {
  const quote = declaration.moduleSpecifier.getText(source.file)[0] ?? '\'';
  return edited(source, [
    { at: specifier.getStart(source.file), until: specifier.getEnd(), text: name === local ? name : `${name} as ${local}` },
    { at: declaration.moduleSpecifier.getStart(source.file), until: declaration.moduleSpecifier.getEnd(), text: `${quote}${from}${quote}` },
  ]);
}

function isForTypes({ ts }: Source, { specifier, declaration }: Imported): boolean { return specifier.isTypeOnly || declaration.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword; }

function freeName(source: Source, from: string, name: string): string {
  const taken = new Set(all(source, source.ts.isIdentifier).map(({ text }) => text));
  const scope = /^@?([^/]+)/.exec(from)?.[1] ?? '';
  const long = `${scope.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : number === 2 ? long : `${long}${number - 1}`;
    if (!taken.has(tried)) return tried;
  }
}

function compare(one: string, other: string): number { return one < other ? -1 : one > other ? 1 : 0; }
