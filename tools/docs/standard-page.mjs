/** @typedef {import('./standards.mjs').Standard} Standard */

const WRITTEN = '<!-- Written by tools/docs/standards.mjs from the code: change the code, then run `npm run reports`. -->';

/** The six errors that may cross any contract's border. */
const ERRORS = [['InvalidInput', 400], ['NotAuthenticated', 401], ['NotAllowed', 403], ['NotFound', 404], ['Conflict', 409], ['Unavailable', 503]];

/**
 * One contract as a supplier reads it who has never seen its source.
 *
 * @param {Standard} standard
 */
export function standardPage(standard) {
  const { capability, packageName, version, maturity, licence, description, implementedBy } = standard;
  const sections = [overview(standard), interfaces(standard), rest(standard), kits(standard), events(standard), permissions(standard), refusals(standard)].filter(Boolean);
  return `${[
    `# The standard: ${capability}`, WRITTEN, sentence(description),
    table(['', ''], [['package', code(packageName)], ['version', version], ['maturity', maturity ?? '–'], ['licence', licence], ['implemented here by', implementedBy.map(code).join(', ') || '–']]),
    ...sections, '[All standards](README.md)',
  ].join('\n\n')}\n`;
}

/** @param {readonly Standard[]} standards */
export function standardIndex(standards) {
  const rows = standards.map(({ file, capability, version, description, kits: ofThis, endpoints }) => [
    `[${capability}](${file})`, version, cell(sentence(description)), String(ofThis.reduce((sum, { cases }) => sum + cases.length, 0)), String(endpoints.length),
  ]);
  return `${[
    '# The standards', WRITTEN,
    'Each capability is a standard apart from whatever implements it: interfaces, a REST API, events, permissions, and kits of numbered rules that anybody can run. Whoever passes the kit fits, on the same terms as our own packages. These pages are made from the code on every run, so that they cannot say something else than it does.',
    table(['standard', 'version', 'what it is', 'numbered rules', 'REST endpoints'], rows),
    '## How to use them',
    '- **You offer a system behind a port** (payments, messages, addresses …): read the port of its page, then [write a provider](../guides/write-a-provider.md), and run the kit that the page names.\n- **You offer another implementation of a capability**: implement the interface, or the REST endpoints; the kit of the API is the proof.\n- **Your system calls a council**: the REST endpoints are on each page, and as [OpenAPI documents](../reports/openapi), which the app of every council gives at `/api/<capability>/v1/openapi.json` as it serves them; credentials are given by the council, with the permissions that are named.\n- **You offer a service**: [write a service](../guides/write-a-service.md); the rules are those of the kit on the page of services.',
    '## What holds in every standard',
    `- The first parameter of every method is the context: council, actor, correlation id, language, channel.\n- A refusal that is to be expected is *returned* with a reason of a closed list; over HTTP it is a 422 with the same reason. Everything else is thrown as one of six errors, over HTTP as [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem documents: ${ERRORS.map(([name, status]) => `${name} (${status})`).join(', ')}.\n- Numbers of rules are never used again: \`PAY-002\` means the same for ever.\n- Every export is listed with its exact type in the [report of the package](../reports/api); a change to one is a change that a person has read.`,
  ].join('\n\n')}\n`;
}

function overview({ provides }) {
  const rows = Object.entries(provides).sort().map(([id, version]) => [code(id), version]);
  return rows.length > 0 && `## Versions\n\nWhat a package says that it provides, or needs in a range such as \`^0.1.0\`:\n\n${table(['contract or port', 'version'], rows)}`;
}

function interfaces({ words: { contracts, ports, points }, name }) {
  const of = (heading, why, list) => list.map((each) => [`### ${heading} \`${each.name}\``, [each.doc, each.typeDoc].filter(Boolean).map(cell).join('\n\n'), each.type && `${why} \`${each.type}\`.`, members(each)].filter(Boolean).join('\n\n'));
  const parts = [...of('Contract', 'What modules inject, and what an implementation is: a', contracts), ...of('Port', 'What somebody else’s provider is: a', ports), ...of('Extension point', 'Others register here: a', points)];
  return parts.length > 0 && ['## Interfaces', `Exact types: [the report of the package](../reports/api/${name}.md).`, ...parts].join('\n\n');
}

function members({ members: all }) {
  return all.length > 0 && table(['member', 'what it does'], all.map(({ text, doc }) => [code(text), cell(doc) || '–']));
}

function rest({ endpoints }) {
  if (endpoints.length === 0) return '';
  const documents = [...new Set(endpoints.map(({ document }) => document))].map((document) => `[${document}](../reports/openapi/${document})`).join(', ');
  return `## REST endpoints\n\nBodies and answers are in ${documents} (OpenAPI 3.1); a council's app gives what it serves itself at ${[...new Set(endpoints.map(({ path }) => /^\/api\/[a-z-]+\/v1/.exec(path)?.[0]).filter(Boolean))].map((path) => code(`${path}/openapi.json`)).join(', ')}.\n\n${table(['call', 'what it does', 'permission'], endpoints.map(({ method, path, summary, needs }) => [code(`${method} ${path}`), cell(summary) || '–', needs ? needs.split(', ').map(code).join(', ') : 'none'])) }`;
}

function kits({ kits: all, packageName }) {
  if (all.length === 0) return '';
  return ['## Rules', `Kits are exported by \`${packageName}/testing\` and need no test framework: \`reportConformance(kit, name, source)\` runs one and makes a \`conformance.json\`.`, ...all.flatMap((kit) => [
    `### \`${kit.id}\` (\`${kit.exported}\`)`,
    table(['rule', 'what holds', 'only for those that can'], kit.cases.map(({ id, title, needs, since }) => [`**${id}**${since ? ` since ${since}` : ''}`, cell(title), needs ? code(needs) : ''])),
    kit.reports.length > 0
      ? `Who passes, by the report in the package:\n\n${table(['implementation', 'passed', 'does not apply', 'failed'], kit.reports.map(({ implementation, passed, notApplicable, failed }) => [code(implementation), String(passed), notApplicable.join(', ') || '–', failed.join(', ') || '–']))}`
      : 'No package ships a report of this kit yet: our own implementation runs it in its tests.',
  ])].join('\n\n');
}

function events({ events: all }) {
  return all.length > 0 && `## Events\n\nOther systems can be told of those that say what goes out.\n\n${table(['event', 'version', 'what has happened', 'goes out with'], all.map(({ type, version, describes, isOutward, fields }) => [code(type), String(version), cell(describes) || '–', isOutward ? fields.map(code).join(', ') : 'stays inside'])) }`;
}

function permissions({ permissions: all }) {
  return all.length > 0 && `## Permissions\n\n${table(['permission', 'what it allows', 'roles that have it unless the council says otherwise'], all.map(({ id, title, roles }) => [code(id), cell(title), roles.join(', ') || 'none'])) }`;
}

function refusals({ words: { refusals: all } }) {
  const rows = all.flatMap(({ name, reasons }) => reasons.map(({ reason, doc }) => [code(name), code(reason), cell(doc) || '–']));
  return rows.length > 0 && `## Refusals\n\nReturned, not thrown. What is thrown is one of [six errors](README.md#what-holds-in-every-standard).\n\n${table(['refusal', 'reason', 'when'], rows)}`;
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
/** Words of a comment in a cell: nothing in them is markup but what is marked as code. */
function cell(text) { return text.replaceAll('|', '\\|').replaceAll(/<(?=[A-Za-z/])/g, '&lt;').replaceAll(/\s+/g, ' ').trim(); }
function code(text) { return `\`${text.replaceAll('|', '\\|')}\``; }
function sentence(text) { return /[.!?]$/.test(text) ? text : `${text}.`; }
