import type { ArrayLiteralExpression, CallExpression, Expression, ObjectLiteralExpression, ObjectLiteralElementLike } from 'typescript';
import { CannotDo } from '../../command';
import { importsOf } from './imports';
import { all, bare, calls, lineOf, type Source } from './source';

/** A council's configuration: `defineCouncil('riverbourne', …)`. */
export interface CouncilPlace { readonly slug: string; readonly config: ObjectLiteralExpression }

/** @throws CannotDo where there is none, or more than one and none is named */
export function councilIn(source: Source, slug?: string): CouncilPlace {
  const { ts } = source;
  const made = importsOf(source).find(({ name, from }) => name === 'defineCouncil' && from === '@guildhall/kernel-contract')?.local ?? 'defineCouncil';
  const found = calls(source, made).flatMap(({ arguments: [name, second] }) => {
    const config = second && objectOf(source, second);
    return name && ts.isStringLiteralLike(name) && config ? [{ slug: name.text, config }] : [];
  });
  const fitting = slug === undefined ? found : found.filter((one) => one.slug === slug);
  const [first] = fitting;
  if (!first) throw new CannotDo(slug === undefined ? `${source.name} has no defineCouncil('…', …) with the council’s modules written out.` : `${source.name} has no council “${slug}”.`);
  if (fitting.length > 1) throw new CannotDo(`${source.name} has several councils: ${found.map((one) => one.slug).join(', ')}. Say which with --council.`);
  return first;
}

/** The list in which the council's modules are written. @throws CannotDo where it is not written out */
export function modulesOf(source: Source, { config, slug }: CouncilPlace): ArrayLiteralExpression {
  const list = arrayOf(source, partOf(source, config, 'modules'));
  if (!list) throw new CannotDo(`${source.name} does not write the modules of “${slug}” as a list. Write them as modules: [ … ], or put the line in yourself and take --no-configure.`);
  return list;
}

/** What is called by a name that is imported from this package, wherever in the file. */
export function callsFrom(source: Source, from: string): readonly CallExpression[] {
  return importsOf(source).filter((one) => one.from === from).flatMap(({ local }) => calls(source, local));
}

/** Where a module's providers are written. */
export interface ProvidersPlace { readonly call: CallExpression; /** The object that it is given; nothing where it is given none. */ readonly options?: ObjectLiteralExpression; /** Nothing where the part is not there yet. */ readonly list?: ArrayLiteralExpression }

/** @param from the module's package @param part `providers` @throws CannotDo */
export function providersOf(source: Source, from: string, part: string): ProvidersPlace {
  const [call, ...more] = callsFrom(source, from);
  if (!call) throw new CannotDo(`${source.name} has no module of ${from}. Add it first: npx guildhall add ${from}`);
  if (more.length) throw new CannotDo(`${source.name} has ${from} in lines ${[call, ...more].map((one) => lineOf(source, one)).join(' and ')}. Put the provider in yourself, and take --no-configure.`);
  const [given] = call.arguments;
  if (!given) return { call };
  const options = objectOf(source, given);
  if (!options) throw new CannotDo(`${source.name}, line ${lineOf(source, call)}, does not write out what ${from} is given. Put the provider in yourself, and take --no-configure.`);
  const property = propertyOf(source, options, part);
  if (!property) {
    const others = options.properties.flatMap((one) => (source.ts.isPropertyAssignment(one) && arrayOf(source, one.initializer) ? [one.name.getText(source.file)] : []));
    if (others.length) throw new CannotDo(`${from} has no “${part}” in line ${lineOf(source, call)}. Say where the provider goes: ${others.map((one) => `--into ${one}`).join(' or ')}.`);
    return { call, options };
  }
  const list = arrayOf(source, valueOf(source, property));
  if (!list) throw new CannotDo(`${source.name}, line ${lineOf(source, property)}, does not write “${part}” as a list. Put the provider in yourself, and take --no-configure.`);
  return { call, options, list };
}

/** What a function is given or gives back as an object that is written out. */
function objectOf(source: Source, expression: Expression): ObjectLiteralExpression | undefined {
  const { ts } = source;
  const plain = bare(source, expression);
  if (ts.isObjectLiteralExpression(plain)) return plain;
  if (ts.isIdentifier(plain)) return named(source, plain.text, (value) => objectOf(source, value));
  if (!ts.isArrowFunction(plain) && !ts.isFunctionExpression(plain)) return undefined;
  if (!ts.isBlock(plain.body)) return objectOf(source, plain.body);
  const [returned] = plain.body.statements.filter(ts.isReturnStatement);
  return returned?.expression && objectOf(source, returned.expression);
}

function arrayOf(source: Source, expression: Expression | undefined): ArrayLiteralExpression | undefined {
  const plain = expression && bare(source, expression);
  if (!plain) return undefined;
  if (source.ts.isArrayLiteralExpression(plain)) return plain;
  return source.ts.isIdentifier(plain) ? named(source, plain.text, (value) => arrayOf(source, value)) : undefined;
}

/** What a constant of the file is, where it is the only one of its name. */
function named<Value>(source: Source, name: string, read: (value: Expression) => Value | undefined): Value | undefined {
  const [found, ...more] = all(source, source.ts.isVariableDeclaration).filter((one) => source.ts.isIdentifier(one.name) && one.name.text === name);
  return found?.initializer && more.length === 0 ? read(found.initializer) : undefined;
}

/** A part of an object that is written out, with its name. */
export function propertyOf({ ts }: Source, object: ObjectLiteralExpression, name: string): ObjectLiteralElementLike | undefined {
  return object.properties.find((one) => one.name !== undefined && (ts.isIdentifier(one.name) || ts.isStringLiteral(one.name)) && one.name.text === name);
}
/** What it is; nothing for what is neither written out nor a name. */
export function valueOf({ ts }: Source, property: ObjectLiteralElementLike): Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** A part of an object that is written out: `council`, and of that `languages`. */
export function partOf(source: Source, object: ObjectLiteralExpression, name: string): Expression | undefined {
  const property = propertyOf(source, object, name);
  return property && valueOf(source, property);
}
/** Texts that are written out, of a text or a list of them. */
export function textsOf(source: Source, expression: Expression | undefined): readonly string[] {
  const plain = expression && bare(source, expression);
  if (!plain) return [];
  if (source.ts.isStringLiteralLike(plain)) return [plain.text];
  return source.ts.isArrayLiteralExpression(plain) ? plain.elements.flatMap((one) => textsOf(source, one)) : [];
}
/** The object that is a part of another. */
export function innerOf(source: Source, object: ObjectLiteralExpression, name: string): ObjectLiteralExpression | undefined {
  const part = partOf(source, object, name);
  return part && objectOf(source, part);
}
