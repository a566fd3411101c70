import ts from 'typescript';

/** @typedef {{ name: string, text: string, doc: string }} Member a method or property as it is declared, and what its comment says */

/**
 * What a contract's own declarations say in words: its tokens, ports and extension points with the interface behind each, and the reasons of its refusals.
 *
 * @param {ts.Program} program of built declarations
 * @param {string} file the contract's entry point
 */
export function wordsOf(program, file) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  if (!module) throw new Error(`${file} is missing: build first (npx tsc -b).`);
  const exported = checker.getExportsOfModule(module).map((symbol) => ({ name: symbol.name, symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const bySymbol = new Map(exported.map((each) => [each.name, each.symbol]));
  return {
    docOf: (name) => docOf(checker, bySymbol.get(name)),
    contracts: exported.flatMap((each) => carried(checker, each, 'Contract')),
    ports: exported.flatMap((each) => carried(checker, each, 'Port')),
    points: exported.flatMap((each) => carried(checker, each, 'ExtensionPoint')),
    refusals: exported.filter(({ name, symbol }) => name.endsWith('Refusal') && symbol.flags & ts.SymbolFlags.TypeAlias).map(({ name, symbol }) => ({ name, reasons: reasonsIn(symbol) })),
  };
}

/** A constant whose type is `Contract<X>`, `Port<X>` or `ExtensionPoint<X>`: its name, and X with its members. */
function carried(checker, { name, symbol }, kind) {
  if (!(symbol.flags & ts.SymbolFlags.Variable)) return [];
  const type = checker.getTypeOfSymbol(symbol);
  if (type.symbol?.name !== kind) return [];
  const [carries] = type.typeArguments ?? checker.getTypeArguments(type);
  const declaration = (carries?.aliasSymbol ?? carries?.symbol)?.declarations?.find((node) => ts.isInterfaceDeclaration(node));
  return [{ name, doc: docOf(checker, symbol), type: carries ? checker.typeToString(carries) : '', typeDoc: docOf(checker, carries?.symbol), members: declaration ? membersOf(checker, declaration) : [] }];
}

/** @returns {Member[]} */
function membersOf(checker, declaration) {
  return declaration.members.filter((member) => member.name).map((member) => ({
    name: member.name.getText(),
    text: member.getText().replace(/^\/\*\*[\s\S]*?\*\/\s*/, '').replaceAll(/\/\*\*[\s\S]*?\*\/\s*/g, '').replaceAll(/\s+/g, ' ').replace(/;$/, ''),
    doc: docOf(checker, checker.getSymbolAtLocation(member.name)),
  }));
}

/** The words of a comment with its errors, on one line; examples and stabilities are left out. */
function docOf(checker, symbol) {
  if (!symbol) return '';
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const thrown = symbol.getJsDocTags(checker).filter(({ name }) => name === 'throws').map(({ text }) => `Throws ${ts.displayPartsToString(text)}.`);
  return [words, ...thrown].filter(Boolean).join(' ').replaceAll(/\{@link ([^}]+)\}/g, '$1').replaceAll(/\s+/g, ' ').trim();
}

/** Each literal reason of a refusal with the comment above it. */
function reasonsIn(symbol) {
  const found = [];
  const visit = (node) => {
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) {
      const source = node.getSourceFile().text;
      const comments = (ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []).map(({ pos, end }) => source.slice(pos, end).replaceAll(/^\/\*\*|\*\/$|^\s*\*/gm, ' ').replaceAll(/\s+/g, ' ').trim());
      found.push({ reason: node.literal.text, doc: comments.join(' ') });
    }
    ts.forEachChild(node, visit);
  };
  for (const declaration of symbol.declarations ?? []) visit(declaration);
  return found;
}
