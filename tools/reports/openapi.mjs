import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../workspace/build.mjs';
import { JsonSchemas } from './json-schema-of.mjs';
import { packages } from './packages.mjs';

const VERBS = { Get: 'get', Post: 'post', Put: 'put', Patch: 'patch', Delete: 'delete' };
const PROBLEM = {
  description: 'An error (RFC 9457).', type: 'object', required: ['type', 'title', 'status'],
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, code: { type: 'string' }, correlationId: { type: 'string' }, errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } } } },
};

/**
 * The REST interface of every module, as OpenAPI 3.1, read from its controllers: paths, who may call, bodies and answers by their types and class-validator's rules.
 *
 * @returns {Map<string, string>} by path below docs/reports
 */
export function openApiReports() {
  return new Map(documents().map(({ name, document }) => [`openapi/${name}.json`, `${JSON.stringify(document, null, 2)}\n`]));
}

/**
 * The same for the packages that serve them: each brings its own, and a council's app gives it to whoever asks at `/api/<capability>/v1/openapi.json`.
 *
 * @returns {Map<string, string>} by path below the root
 */
export function openApiOfPackages() {
  return new Map(documents().map(({ folder, document }) => [`${folder}/openapi.json`, `${JSON.stringify(document)}\n`]));
}

let made;
function documents() {
  const modules = packages().filter(({ manifest }) => manifest.nx?.tags?.includes('layer:module'));
  const program = made ? undefined : sources();
  return (made ??= modules.map(({ name, folder, manifest }) => ({ name, folder, document: describeModule(program, path.join(root, folder, 'src'), { title: name, version: manifest.version, licence: manifest.license }) }))
    .filter(({ document }) => Object.keys(document.paths).length > 0));
}

function sources() {
  const file = path.join(root, 'tsconfig.all.json');
  const { config } = ts.readConfigFile(file, (name) => readFileSync(name, 'utf8'));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames.filter((name) => name.includes('/libs/') && !name.endsWith('.spec.ts')), options);
}

/**
 * @param {ts.Program} program
 * @param {string} folder the module's sources
 * @param {{ title: string, version: string, licence: string }} info
 */
export function describeModule(program, folder, { title, version, licence }) {
  const schemas = new JsonSchemas(program.getTypeChecker());
  const routes = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${folder}/`)).flatMap((source) => routesIn(source, schemas));
  const paths = {};
  for (const { at, verb, operation } of routes.sort((a, b) => (`${a.at} ${a.verb}` < `${b.at} ${b.verb}` ? -1 : 1))) (paths[at] ??= {})[verb] = operation;
  return {
    openapi: '3.1.0',
    info: { title: `Guildhall ${title}`, version, license: { name: licence, identifier: licence } },
    paths,
    components: {
      securitySchemes: {
        machine: { type: 'http', scheme: 'bearer', description: 'A machine credential: "<client id>.<secret>".' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session', description: 'The session of somebody who has signed in.' },
      },
      schemas: { Problem: PROBLEM, ...schemas.components },
    },
  };
}

function routesIn(source, schemas) {
  return source.statements.filter(ts.isClassDeclaration).flatMap((controller) => {
    const prefix = argumentOf(decoratorsOf(controller).get('Controller')?.[0]);
    return prefix === undefined ? [] : controller.members.filter(ts.isMethodDeclaration).flatMap((method) => routesOf(prefix, method, schemas));
  }).filter(({ at }) => at.startsWith('/api/'));
}

function routesOf(prefix, method, schemas) {
  const decorators = decoratorsOf(method);
  return Object.entries(VERBS).filter(([name]) => decorators.has(name)).map(([name, verb]) => {
    const at = `/${[prefix, argumentOf(decorators.get(name)[0]) ?? ''].filter(Boolean).join('/')}`.replaceAll(/:(\w+)/g, '{$1}');
    const access = accessOf(decorators, schemas.checker);
    const { comment } = ts.getJSDocCommentsAndTags(method).find(ts.isJSDoc) ?? {};
    const operation = {
      operationId: `${at.split('/')[2]}.${method.name.getText()}`,
      ...(comment ? { summary: ts.getTextOfJSDocComment(comment) } : {}),
      ...access,
      ...parametersOf(method, at),
      ...bodyOf(method, schemas),
      responses: { ...answersOf(method, verb, decorators, schemas), default: { description: 'What went wrong.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
    };
    return { at, verb, operation };
  });
}

/** Who may call: the permission by its id. */
function accessOf(decorators, checker) {
  if (decorators.has('Requires')) {
    const permission = permissionOf(decorators.get('Requires')[0], checker);
    return { description: `Needs the permission ${permission}.`, security: [{ machine: [permission] }, { session: [permission] }] };
  }
  if (decorators.has('ForResidents')) return { description: 'For signed-in residents.', security: [{ session: [] }] };
  if (decorators.has('ForOfficers')) return { description: 'For signed-in officers.', security: [{ session: [] }] };
  if (decorators.has('Webhook')) return { description: 'For another system, which proves itself by what it sends.', security: [] };
  return { security: [] };
}

/** The first argument of definePermission('payments.refund', …), wherever the constant is declared. */
function permissionOf(node, checker) {
  let symbol = checker.getSymbolAtLocation(node);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const declared = symbol?.valueDeclaration;
  const call = declared && ts.isVariableDeclaration(declared) && declared.initializer && ts.isCallExpression(declared.initializer) ? declared.initializer : undefined;
  const id = argumentOf(call?.arguments[0]);
  if (id === undefined) throw new Error(`${node.getSourceFile().fileName}: ${node.getText()} is not a constant made by definePermission('…').`);
  return id;
}

function parametersOf(method, at) {
  const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const inQuery = method.parameters.map((parameter) => argumentOf(decoratorsOf(parameter).get('Query')?.[0])).filter((name) => name !== undefined).map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } }));
  const parameters = [...inPath, ...inQuery];
  return parameters.length > 0 ? { parameters } : {};
}

function bodyOf(method, schemas) {
  const body = method.parameters.find((parameter) => decoratorsOf(parameter).has('Body'));
  if (!body) return {};
  const schema = schemas.of(schemas.checker.getTypeAtLocation(body));
  return { requestBody: { required: true, content: { [/\bform\(\)/.test(body.getText()) ? 'application/x-www-form-urlencoded' : 'application/json']: { schema } } } };
}

/** What comes back, by status. An Outcome is split: what was done comes with success, a refusal with 422. */
function answersOf(method, verb, decorators, schemas) {
  const { checker } = schemas;
  const usual = Number(argumentOf(decorators.get('HttpCode')?.[0]) ?? (verb === 'post' ? 201 : 200));
  const signature = checker.getSignatureFromDeclaration(method);
  const declared = checker.getAwaitedType(checker.getReturnTypeOfSignature(signature));
  const found = declared.symbol?.name === 'JsonResult' ? answersSent(method, checker) : [{ type: declared, status: usual }];
  const answers = {};
  for (const { type, status } of found.flatMap(({ type, status }) => outcomeParts(type, status ?? usual, checker))) {
    const isEmpty = type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined);
    answers[status] = { description: status >= 400 ? 'Refused, with the reason.' : isEmpty ? 'Done.' : 'The answer.', ...(isEmpty ? {} : { content: { 'application/json': { schema: schemas.of(type) } } }) };
  }
  return answers;
}

/** The values given to `json(value, status)`, or to a function of the controller's own that calls it. */
function answersSent(method, checker) {
  const sent = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.arguments.length > 0 && checker.getTypeAtLocation(node).symbol?.name === 'JsonResult') {
      const [value, status] = node.arguments;
      const number = argumentOf(status);
      sent.push({ type: checker.getAwaitedType(checker.getTypeAtLocation(value)), status: number === undefined ? undefined : Number(number) });
      return;
    }
    ts.forEachChild(node, visit);
  };
  if (method.body) visit(method.body);
  return sent;
}

function outcomeParts(type, status, checker) {
  const isWith = (member, value) => {
    const ok = member.getProperty('ok');
    return ok && checker.typeToString(checker.getTypeOfSymbol(ok)) === value;
  };
  if (!type.isUnion() || !type.types.every((member) => member.getProperty('ok'))) return [{ type, status }];
  return type.types.map((member) => ({ type: member, status: isWith(member, 'true') ? status : 422 }));
}

/** Decorators by name, with their arguments. */
function decoratorsOf(node) {
  const found = (ts.canHaveDecorators(node) ? ts.getDecorators(node) : undefined) ?? [];
  return new Map(found.map(({ expression }) => (ts.isCallExpression(expression) ? [expression.expression.getText(), expression.arguments] : [expression.getText(), []])));
}

/** A string or number that stands there; the empty string for a decorator without arguments is the caller's affair. */
function argumentOf(node) {
  return node && (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) ? node.text : undefined;
}
