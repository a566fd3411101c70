/** A short text: a name, a subject. */
const line = { type: 'string', minLength: 1, maxLength: 500 } as const;
const words = { type: 'string', minLength: 1, maxLength: 20_000 } as const;
const text = (of: object): object => ({ type: 'object', additionalProperties: false, required: ['en', 'cy'], properties: { en: of, cy: of } });
const id = { type: 'string', pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*$', maxLength: 100 } as const;
const workingDays = { type: 'integer', minimum: 1, maximum: 3650 } as const;
const named = (of: object): object => ({ type: 'object', minProperties: 1, maxProperties: 200, propertyNames: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9-]*$', maxLength: 100 }, additionalProperties: of });
const part = (properties: Readonly<Record<string, object>>, required: readonly string[] = Object.keys(properties)): object => ({ type: 'object', additionalProperties: false, required, properties });

const serviceSettings = part({ settings: named({ anyOf: [{ type: 'integer' }, { type: 'boolean' }, text(words)] }) });
const templates = part({
  templates: named(part({
    title: text(line),
    channels: part({ email: part({ subject: text(line), body: text(words) }), sms: part({ body: text({ ...words, maxLength: 918 }) }), letter: part({ heading: text(line), body: text(words) }) }, []),
  })),
});
const caseType = part({
  title: text(line), deadlineInWorkingDays: workingDays, openedText: text(words),
  states: named(part({
    title: text(line), deskTitle: text(line), publicText: text(words), nextText: text(words), deadlineInWorkingDays: workingDays,
    retention: part({ months: { type: 'integer', minimum: 1, maximum: 1200 }, because: text(words) }),
  }, ['title', 'publicText', 'retention'])),
  transitions: named(part({ title: text(line), publicText: text(words), question: text(line), hint: text(words), decision: part({ title: text(line), heading: text(line), body: text(words) }, ['title']) }, ['title'])),
}, ['title', 'states', 'transitions']);

const of = (kind: string, content: object): object => ({ if: { properties: { kind: { const: kind } }, required: ['kind'] }, then: { properties: { content } } });

/** The name of the format and its version: what a file says under `$schema`. @public */
export const CONFIGURATION_SCHEMA_ID = 'https://guildhall.example/schemas/configuration-1.json';

/** The JSON Schema (draft 2020-12) of a file of configuration. @public */
export const configurationSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: CONFIGURATION_SCHEMA_ID,
  title: 'A council’s configuration of one thing, as another council can bring it in',
  type: 'object', additionalProperties: false,
  required: ['$schema', 'kind', 'id', 'title', 'package', 'definition', 'from', 'exportedAt', 'content', 'digest'],
  properties: {
    $schema: { const: CONFIGURATION_SCHEMA_ID },
    kind: { enum: ['case-type', 'service-settings', 'templates'] },
    id, title: text(line),
    package: part({ id, version: { type: 'string', pattern: '^\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}$' } }),
    definition: { type: 'integer', minimum: 1, maximum: 100_000 },
    from: part({ council: line, gssCode: { type: 'string', pattern: '^[A-Z]\\d{8}$' } }),
    exportedAt: { type: 'string', format: 'date-time' },
    content: { type: 'object' },
    digest: { type: 'string', pattern: '^sha-256:[0-9a-f]{64}$' },
  },
  allOf: [of('case-type', caseType), of('service-settings', serviceSettings), of('templates', templates)],
} as const;
