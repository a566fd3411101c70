import path from 'node:path';
import ts from 'typescript';
import { root } from '../workspace/build.mjs';
import { publishedPackages } from './packages.mjs';

const printer = ts.createPrinter({ removeComments: true });

/**
 * What each package offers to others: every exported name with its declaration, from the built declarations. A change to a standard is a change to these files.
 *
 * @returns {Map<string, string>} by path below docs/reports
 */
export function apiReports() {
  const found = publishedPackages().map((one) => ({ ...one, entries: entriesOf(one) })).filter(({ entries }) => entries.length > 0);
  const program = declarations(found.flatMap(({ entries }) => entries.map(({ file }) => file)));
  return new Map(found.map(({ name, folder, manifest, entries }) => [
    `api/${name}.md`,
    `# ${manifest.name}\n\n${entries.map(({ subpath, file }) => reportOf(program, path.join(root, folder), path.posix.join(manifest.name, subpath), file)).join('\n')}`,
  ]));
}

/**
 * Exported names whose comment does not say whether others may rely on them.
 *
 * @param {Map<string, string>} reports
 * @returns {string[]} sentences
 */
export function apiProblems(reports) {
  return [...reports].flatMap(([file, text]) => {
    const exported = text.replaceAll(/^Not exported here[\s\S]*?^```ts\n[\s\S]*?^```$/gm, '');
    return [...exported.matchAll(/^\/\/ undocumented\n(.*)$/gm)].map(([, declaration]) => `${path.basename(file, '.md')}: "${declaration}" needs a comment with @public, @beta or @internal: others will build on it.`);
  });
}

/** A program of built declarations. */
export function declarations(files) {
  return ts.createProgram(files, { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2023, types: ['node'], skipLibCheck: true, experimentalDecorators: true });
}

/** The package's entry points that have declarations. */
function entriesOf({ folder, manifest }) {
  return Object.entries(manifest.exports ?? {}).filter(([, target]) => target.types).map(([subpath, { types }]) => ({ subpath, file: path.join(root, folder, types) }));
}

/**
 * @param {ts.Program} program
 * @param {string} packageFolder what lies elsewhere is named, and not described
 * @param {string} title
 * @param {string} file the entry point
 */
export function reportOf(program, packageFolder, title, file) {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!source) throw new Error(`${file} is missing: build first (npm run build).`);
  const exported = module ? checker.getExportsOfModule(module).map((symbol) => ({ name: symbol.name, symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol })).sort((a, b) => (a.name < b.name ? -1 : 1)) : [];
  const own = new Set(exported.map(({ symbol }) => symbol));
  const named = namedByThese(checker, packageFolder, own);
  const lines = [`## ${title}\n`, '```ts', exported.map(({ name, symbol }) => declarationsOf(packageFolder, name, symbol)).join('\n\n') || '// nothing', '```', ''];
  if (named.length > 0) lines.push('Not exported here, but named by what is:\n', '```ts', named.map((symbol) => declarationsOf(packageFolder, symbol.name, symbol)).join('\n\n'), '```', '');
  return lines.join('\n');
}

function declarationsOf(packageFolder, name, symbol) {
  const declarations = (symbol.declarations ?? []).map(statementOf);
  const own = declarations.filter((node) => isBelow(packageFolder, node));
  if (own.length === 0) return `export { ${name} }; // of ${packageOf(declarations[0])}`;
  return `// ${stabilityOf(own)}\n${own.map((node) => inOrder(printer.printNode(ts.EmitHint.Unspecified, withoutPrivateMembers(node), node.getSourceFile()))).join('\n')}`;
}

/** A choice of words that the compiler found by itself, in their order: its own depends on what it has read before. */
function inOrder(text) {
  return text.replaceAll(/"[^"\n]*"(?: \| "[^"\n]*")+/g, (choice) => choice.split(' | ').sort().join(' | '));
}

/** `const` declarations carry their keyword and their comment on the statement around them. */
function statementOf(declaration) {
  return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
}

/** @public, @beta or @internal, as the comment says. */
function stabilityOf(nodes) {
  const tags = nodes.flatMap((node) => ts.getJSDocTags(node).map((tag) => tag.tagName.text));
  return ['internal', 'beta', 'public'].find((tag) => tags.includes(tag)) ?? 'undocumented';
}

function withoutPrivateMembers(node) {
  if (!ts.isClassDeclaration(node)) return node;
  const members = node.members.filter((member) => !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) && !(member.name && ts.isPrivateIdentifier(member.name)));
  return ts.factory.updateClassDeclaration(node, node.modifiers, node.name, node.typeParameters, node.heritageClauses, members);
}

/** What the declarations name and the package does not export: whoever builds on the package meets it all the same. */
function namedByThese(checker, packageFolder, own) {
  const found = new Set();
  const visit = (node) => {
    if (ts.isClassElement(node) && ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) return;
    if (ts.isIdentifier(node)) {
      let symbol = checker.getSymbolAtLocation(node);
      if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      const isNew = symbol && !own.has(symbol) && !found.has(symbol) && symbol.declarations?.some((declaration) => isTopLevel(declaration) && isBelow(packageFolder, declaration));
      if (isNew) {
        found.add(symbol);
        symbol.declarations.forEach((declaration) => visit(statementOf(declaration)));
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const symbol of own) for (const declaration of symbol.declarations ?? []) if (isBelow(packageFolder, declaration)) visit(statementOf(declaration));
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isTopLevel(declaration) {
  const { parent } = statementOf(declaration);
  return parent !== undefined && ts.isSourceFile(parent);
}

function isBelow(folder, node) {
  const file = node.getSourceFile().fileName;
  return file.startsWith(`${folder.replaceAll('\\', '/')}/`) && !file.includes('/node_modules/', folder.length);
}

function packageOf(node) {
  const file = node?.getSourceFile().fileName ?? '';
  const inModules = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  return inModules ?? publishedPackages().find(({ folder }) => file.startsWith(`${path.join(root, folder)}/`))?.manifest.name ?? 'elsewhere';
}
