import path from 'node:path';
import type { ExportSpecifier, InterfaceDeclaration, Node, ParameterDeclaration, SourceFile, StringLiteral, TypeNode } from 'typescript';
import type { PackageFiles } from '@guildhall/catalogue-contract';
import { CannotDo } from '../../command';
import type { Compiler } from './compiler';

/** What a package exports that can be written into a configuration: `parking`, as its types say. Nothing of the package is run. */
export interface Maker {
  readonly name: string;
  /** Whether it is a value as it is (a theme, an extension) and not called. */
  readonly isValue: boolean;
  /** What it must be given, in the words of its types: `ParkingOptions`; nothing where it needs nothing, or where that cannot be told. */
  readonly needs?: string;
}

/** What makes the package's module, provider or service, or is its theme: the one named like its id, or the only one. @param wanted its name, where somebody says it @throws CannotDo */
export function makerIn(ts: Compiler, files: PackageFiles, { name, id, kind }: { readonly name: string; readonly id: string; readonly kind?: string }, wanted?: string): Maker {
  const makers = makersIn(ts, files);
  const plain = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  const called = plain(id.split('.').at(-1) ?? id);
  // A theme is a value, all else is called.
  const fitting = makers.filter(({ isValue }) => isValue === (kind === 'theme'));
  const found = wanted === undefined ? makers.find((one) => [called, ...(kind === 'theme' ? [`${called}theme`] : [])].includes(plain(one.name))) ?? (fitting.length === 1 ? fitting[0] : undefined) : makers.find((one) => one.name === wanted);
  if (found) return found;
  const names = makers.map((one) => one.name).join(', ');
  throw new CannotDo(makers.length === 0 ? `${name} has no types that say what it exports. Ask its publisher for them (package.json, "types").` : `${name} exports ${names}. Say which of them goes into the configuration: --as NAME`);
}

/** Exported names that begin with a small letter, which is how what belongs into a configuration is called. */
export function makersIn(ts: Compiler, files: PackageFiles): readonly Maker[] {
  const types = new Types(ts, files);
  return types.exportsOf(types.root()).filter(({ name }) => /^[a-z]/.test(name)).map(({ name, declaration, at }) => ({ name, ...types.kindOf(declaration, at) }));
}

interface Exported { readonly name: string; readonly declaration: Node; readonly at: string }

/** The declarations of a package, read as text. */
class Types {
  readonly #read = new Map<string, SourceFile | undefined>();
  constructor(private readonly ts: Compiler, private readonly files: PackageFiles) {}

  root(): string {
    const { types, exports } = JSON.parse(this.#text('package.json') ?? '{}') as { readonly types?: string; readonly exports?: Readonly<Record<string, unknown>> };
    const root = exports?.['.'] as { readonly types?: string } | undefined;
    return path.posix.normalize(typeof root === 'object' ? root.types ?? types ?? 'index.d.ts' : types ?? 'index.d.ts');
  }

  exportsOf(at: string, seen: ReadonlySet<string> = new Set()): readonly Exported[] {
    const { ts } = this;
    const file = this.#file(at);
    if (!file || seen.has(at)) return [];
    const own = file.statements.flatMap((statement): readonly Exported[] => {
      const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      if (isExported && ts.isFunctionDeclaration(statement) && statement.name) return [{ name: statement.name.text, declaration: statement, at }];
      if (isExported && ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((declaration) => ({ name: declaration.name.getText(file), declaration, at }));
      if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || !statement.moduleSpecifier) return [];
      const from = this.exportsOf(this.#beside(at, statement.moduleSpecifier as StringLiteral), new Set([...seen, at]));
      if (!statement.exportClause) return from;
      if (!ts.isNamedExports(statement.exportClause)) return [];
      return statement.exportClause.elements.filter((one: ExportSpecifier) => !one.isTypeOnly).flatMap((one) => from.filter(({ name }) => name === (one.propertyName ?? one.name).text).map((found) => ({ ...found, name: one.name.text })));
    });
    return own;
  }

  kindOf(declaration: Node, at: string): Omit<Maker, 'name'> {
    const { ts } = this;
    if (ts.isFunctionDeclaration(declaration)) return { isValue: false, ...this.#needs(declaration.parameters) };
    if (!ts.isVariableDeclaration(declaration) || !declaration.type) return { isValue: true };
    const { type } = declaration;
    if (ts.isFunctionTypeNode(type)) return { isValue: false, ...this.#needs(type.parameters) };
    const named = ts.isImportTypeNode(type) ? type.qualifier?.getText() : ts.isTypeReferenceNode(type) ? type.typeName.getText() : undefined;
    if (named !== 'ModuleFunction') return { isValue: true };
    const [options] = (type as { readonly typeArguments?: readonly TypeNode[] }).typeArguments ?? [];
    return { isValue: false, ...(options && this.#isNeeded(options, at) && { needs: options.getText() }) };
  }

  #needs([first]: readonly ParameterDeclaration[]): { readonly needs?: string } {
    return first && !first.questionToken && !first.dotDotDotToken && !first.initializer ? { needs: first.type?.getText() ?? first.name.getText() } : {};
  }

  /** Whether an interface has something that must be said; what cannot be looked up is taken as needing nothing, and the compiler says otherwise. */
  #isNeeded(options: TypeNode, at: string): boolean {
    const { ts } = this;
    if (!ts.isTypeReferenceNode(options) || options.typeArguments?.length) return false;
    const declared = this.#interface(options.typeName.getText(), at);
    return declared?.members.some((member) => ts.isPropertySignature(member) && !member.questionToken) ?? false;
  }

  #interface(name: string, at: string): InterfaceDeclaration | undefined {
    const { ts } = this;
    const file = this.#file(at);
    if (!file) return undefined;
    const here = file.statements.filter(ts.isInterfaceDeclaration).find((one) => one.name.text === name);
    const from = file.statements.filter(ts.isImportDeclaration).find(({ importClause, moduleSpecifier }) => (moduleSpecifier as StringLiteral).text.startsWith('.') && importClause?.namedBindings && ts.isNamedImports(importClause.namedBindings) && importClause.namedBindings.elements.some((one) => one.name.text === name));
    return here ?? (from && this.#interface(name, this.#beside(at, from.moduleSpecifier as StringLiteral)));
  }

  #beside(at: string, { text }: StringLiteral): string {
    if (!text.startsWith('.')) return '';
    const beside = path.posix.join(path.posix.dirname(at), text.replace(/\.js$/, ''));
    return [`${beside}.d.ts`, `${beside}/index.d.ts`].find((one) => this.files.has(one)) ?? '';
  }

  #file(at: string): SourceFile | undefined {
    if (!this.#read.has(at)) {
      const text = this.#text(at);
      this.#read.set(at, text === undefined ? undefined : this.ts.createSourceFile(at, text, this.ts.ScriptTarget.Latest, true));
    }
    return this.#read.get(at);
  }
  #text(at: string): string | undefined {
    const bytes = this.files.get(at);
    return bytes && Buffer.from(bytes).toString('utf8');
  }
}
