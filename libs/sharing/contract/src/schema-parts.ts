/** The small parts of which the JSON Schemas of this standard are made. */
export const id = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 } as const;
export const instant = { type: 'string', format: 'date-time' } as const;
/** Of one unit (ISO 8601): `P30D`, `P1Y`. */
export const period = { type: 'string', pattern: '^P[1-9]\\d{0,3}[DWMY]$' } as const;
export const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
/** Not empty. */
export const textUpTo = <Most extends number>(maxLength: Most) => ({ type: 'string', minLength: 1, maxLength }) as const;
/** The same in both languages. */
export const wordsOf = <Schema extends object>(text: Schema) => ({ type: 'object', required: ['en', 'cy'], properties: { en: text, cy: text }, additionalProperties: false }) as const;
