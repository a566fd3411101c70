import ts from 'typescript';

/**
 * Turns TypeScript types into JSON Schema: what JSON.stringify makes of a value of that type. Named object types become components.
 */
export class JsonSchemas {
  /** @type {Map<string, { symbol: ts.Symbol, schema: object }>} */
  #components = new Map();

  /** @param {ts.TypeChecker} checker */
  constructor(checker) { this.checker = checker; }

  /** The components met so far, in order of their names. */
  get components() {
    return Object.fromEntries([...this.#components].map(([name, { schema }]) => [name, schema]).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * @param {ts.Type} type
   * @returns {object}
   */
  of(type) {
    const { flags } = type;
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & ts.TypeFlags.StringLiteral) return { type: 'string', const: type.value };
    if (flags & ts.TypeFlags.NumberLiteral) return { type: 'number', const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { type: 'boolean', const: type.intrinsicName === 'true' };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.isUnion()) return this.#union(type);
    if (type.isIntersection()) return this.#intersection(type);
    if (flags & ts.TypeFlags.Object) return this.#object(type);
    return {};
  }

  #union(type) {
    const members = type.types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)));
    const schemas = distinct(members.map((member) => this.of(member)));
    if (schemas.length === 1) return schemas[0];
    // true | false
    const booleans = schemas.filter((schema) => schema.type === 'boolean' && 'const' in schema);
    const rest = booleans.length === 2 ? [...schemas.filter((schema) => !booleans.includes(schema)), { type: 'boolean' }] : schemas;
    const enumerated = ['string', 'number'].flatMap((name) => {
      const values = rest.filter((schema) => schema.type === name && 'const' in schema).map((schema) => schema.const).sort();
      return values.length > 1 ? [{ type: name, enum: values }] : [];
    });
    const others = rest.filter((schema) => !('const' in schema && enumerated.some((one) => one.type === schema.type)));
    const all = [...enumerated, ...others].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return all.length === 1 ? all[0] : { anyOf: all };
  }

  /** `string & { readonly __brand: 'PersonId' }` is a string in JSON. */
  #intersection(type) {
    const plain = type.types.find(({ flags }) => flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike));
    return plain ? this.of(plain) : this.#members(type);
  }

  #object(type) {
    const symbol = type.aliasSymbol ?? type.symbol;
    if (symbol?.name === 'Date') return { type: 'string', format: 'date-time' };
    if (this.checker.isArrayType(type) || symbol?.name === 'ReadonlyArray') return { type: 'array', items: this.of(this.checker.getTypeArguments(type)[0]) };
    if (this.checker.isTupleType(type)) return this.#tuple(type);
    const isNamed = symbol && !['__type', '__object'].includes(symbol.name) && (type.aliasTypeArguments ?? this.checker.getTypeArguments(type) ?? []).length === 0 && symbol.declarations?.some((node) => !node.getSourceFile().fileName.includes('/node_modules/'));
    return isNamed ? this.#reference(symbol, type) : this.#members(type);
  }

  #tuple(type) {
    const items = this.checker.getTypeArguments(type);
    return type.target.combinedFlags & ts.ElementFlags.Variable ? { type: 'array', items: this.of(items[items.length - 1]), minItems: type.target.minLength } : { type: 'array', prefixItems: items.map((item) => this.of(item)), items: false };
  }

  #reference(symbol, type) {
    let { name } = symbol;
    // The same name in two packages: the later one says which.
    for (let number = 2; this.#components.has(name) && this.#components.get(name).symbol !== symbol; number++) name = `${symbol.name}${number}`;
    if (!this.#components.has(name)) {
      const component = { symbol, schema: {} };
      this.#components.set(name, component);
      component.schema = { ...described(symbol), ...this.#members(type) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  #members(type) {
    const properties = {};
    const required = [];
    for (const property of type.getProperties()) {
      if (property.name.startsWith('__')) continue;
      const valueType = this.checker.getTypeOfSymbol(property);
      if (valueType.getCallSignatures().length > 0) continue;
      // A member of Record<Language, string> is declared nowhere.
      const rules = rulesOf(property.valueDeclaration);
      properties[property.name] = { ...described(property), ...withRules(this.of(valueType), rules) };
      if (!(property.flags & ts.SymbolFlags.Optional) && !rules.isOptional && !canBeMissing(valueType)) required.push(property.name);
    }
    const index = type.getStringIndexType();
    return { type: 'object', ...(Object.keys(properties).length > 0 ? { properties } : {}), ...(required.length > 0 ? { required } : {}), ...(index ? { additionalProperties: this.of(index) } : {}) };
  }
}

function canBeMissing(type) { return type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined); }

function described(symbol) {
  const text = symbol.declarations?.flatMap((node) => ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)).map((doc) => ts.getTextOfJSDocComment(doc.comment)).find(Boolean);
  return text ? { description: text.replaceAll(/\s+/g, ' ') } : {};
}

/** What class-validator's decorators say of a property, in JSON Schema's words. */
const RULES = {
  IsUUID: () => ({ format: 'uuid' }), IsEmail: () => ({ format: 'email' }), IsUrl: () => ({ format: 'uri' }), IsISO8601: () => ({ format: 'date-time' }), IsDateString: () => ({ format: 'date-time' }),
  IsInt: () => ({ type: 'integer' }), IsPositive: () => ({ exclusiveMinimum: 0 }), IsNotEmpty: () => ({ minLength: 1 }),
  IsLatitude: () => ({ minimum: -90, maximum: 90 }), IsLongitude: () => ({ minimum: -180, maximum: 180 }),
  MinLength: ([least]) => ({ minLength: least }), MaxLength: ([most]) => ({ maxLength: most }), Length: ([least, most]) => ({ minLength: least, maxLength: most }),
  Min: ([least]) => ({ minimum: least }), Max: ([most]) => ({ maximum: most }), Matches: ([pattern]) => ({ pattern }),
};
const RULES_OF_LISTS = { ArrayMinSize: ([least]) => ({ minItems: least }), ArrayMaxSize: ([most]) => ({ maxItems: most }), ArrayNotEmpty: () => ({ minItems: 1 }), ArrayUnique: () => ({ uniqueItems: true }) };

function rulesOf(declaration) {
  const rules = { isOptional: false, own: {}, each: {}, list: {} };
  for (const decorator of declaration && ts.canHaveDecorators(declaration) ? (ts.getDecorators(declaration) ?? []) : []) {
    if (!ts.isCallExpression(decorator.expression)) continue;
    const { expression, arguments: given } = decorator.expression;
    const name = expression.getText();
    const values = given.map(valueOf);
    if (name === 'IsOptional') rules.isOptional = true;
    else if (RULES[name]) Object.assign(given.some((node) => /each:\s*true/.test(node.getText())) ? rules.each : rules.own, known(RULES[name](values)));
    else if (RULES_OF_LISTS[name]) Object.assign(rules.list, known(RULES_OF_LISTS[name](values)));
  }
  return rules;
}

/** Without the rules whose bounds only running the code could tell. */
function known(rule) { return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)); }

/** A literal, or a constant that is one; undefined when only running the code could tell. */
function valueOf(node) {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isRegularExpressionLiteral(node)) return node.text.slice(1, node.text.lastIndexOf('/'));
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return -valueOf(node.operand);
  if (!ts.isIdentifier(node)) return undefined;
  const declared = node.getSourceFile().statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]).find(({ name }) => name.getText() === node.text);
  return declared?.initializer ? valueOf(declared.initializer) : undefined;
}

function withRules(schema, { own, each, list }) {
  const ruled = { ...schema, ...own, ...list };
  return Object.keys(each).length > 0 && ruled.items ? { ...ruled, items: { ...ruled.items, ...each } } : ruled;
}

function distinct(schemas) { return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]; }
