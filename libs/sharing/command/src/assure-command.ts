import { NCSC_CLOUD_PRINCIPLES, assessmentSchema, componentsDigest, hostingGaps, judgedPackage, openRunning, packageGaps, readAssessment, readPublishedAssurance, signAssessment, type Assessment, type AssurancePolicy, type Judged, type KnownSigners, type Subject } from '@guildhall/assurance-contract';
import type { Text } from '@guildhall/kernel-contract';
import { ASSURANCE_LEVELS, documentReader, readBody, type AssuranceLevel, type Envelope } from '@guildhall/sharing-contract';
import { CannotDo, chosen, files, given, languageOf, needed, said, type Said, type World } from './command';
import { bytes, envelopes, json, right, signer } from './documents';
import { packageIn } from './package-file';
import { openedList } from './trust-list-command';

const USAGE = `Usage: assure <command> …

  sign PACKAGE.tgz --findings FILE --key PEM --keyid ID
  sign --deployment URL --components FILE --findings FILE --key PEM --keyid ID
        signs what was found of a package, or of a deployment with this list of components
  check PACKAGE.tgz     whether a package is what a council demands before it is installed
  check --deployment URL
        the same of a deployment, as its node says of itself: https://share.aldermoor.example/sharing

  --assessment FILE     what an assessor has signed; as often as there are some. A deployment's node brings its own
  --policy FILE         what is demanded (JSON); or
  --require LEVEL       self, peer, third-party or accredited, with
  --principles 1,2,9    of a deployment: which principles (all 14), and
  --within P400D        how long ago at most
  --list FILE --issuer FILE
        a signed trust list and whoever issues it: those whose word counts
  --known FILE          others whose word counts: { "bodies": […], "assessors": […] }
  --supplier ID         of a deployment: who makes and runs it; as often as there are some
  --standard NAME       ${NCSC_CLOUD_PRINCIPLES} unless told
  --language en|cy      English unless told
  --json                for programs

Ends with 0 when it is what is demanded, 1 when something is missing, 2 when it cannot be looked at.
`;
const ALL = Array.from({ length: 14 }, (_one, index) => String(index + 1));

/** Looks at how much is known of a package or a deployment, and signs what was found. @public */
export function assureCommand(argv: readonly string[], world: World): Promise<Said> { return chosen(argv, { sign, check }, USAGE, world); }

const { predicate } = assessmentSchema.properties;
const readFindings = documentReader<Omit<Assessment, 'standard'> & Partial<Pick<Assessment, 'standard'>>>({ ...predicate, required: predicate.required.filter((name) => name !== 'standard') }, 'what was found');

async function sign(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { deployment: { type: 'string' }, components: { type: 'string' }, findings: { type: 'string' }, standard: { type: 'string' }, key: { type: 'string' }, keyid: { type: 'string' } }, USAGE);
  const named = needed(values.findings, 'findings', USAGE);
  const found = right(readFindings(await json(world, named)), named);
  const by = await signer(world, needed(values.key, 'key', USAGE), needed(values.keyid, 'keyid', USAGE));
  const subject = values.deployment === undefined ? await packageSubject(world, files(positionals, 1, USAGE)[0]) : { name: values.deployment, digest: { sha256: componentsDigest(await bytes(world, needed(values.components, 'components', USAGE))) } };
  return said(0, [], true, signAssessment([subject], { ...found, standard: values.standard ?? found.standard ?? NCSC_CLOUD_PRINCIPLES }, by));
}

async function packageSubject(world: World, file: string): Promise<Subject> {
  const { name, digest } = judgedPackage(packageIn(await bytes(world, file), file));
  return { name, digest };
}

async function check(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, {
    deployment: { type: 'string' }, assessment: { type: 'string', multiple: true }, policy: { type: 'string' }, require: { type: 'string' }, principles: { type: 'string' }, within: { type: 'string' }, standard: { type: 'string' },
    list: { type: 'string' }, issuer: { type: 'string' }, known: { type: 'string' }, supplier: { type: 'string', multiple: true }, language: { type: 'string' }, json: { type: 'boolean' },
  }, USAGE);
  const language = languageOf(values.language);
  const policy = values.policy === undefined ? demanded(values) : right(readPolicy(await json(world, values.policy)), values.policy);
  const known = await knownSigners(world, values);
  const brought = await envelopes(world, values.assessment);
  for (const [index, envelope] of brought.entries()) right(readAssessment(envelope), values.assessment?.[index] ?? '');
  const gaps = values.deployment === undefined ? packageGaps(policy, packageIn(await bytes(world, files(positionals, 1, USAGE)[0]), files(positionals, 1, USAGE)[0]), brought, known, world.now) : await deploymentGaps(world, values.deployment, policy, brought, known, values.supplier ?? []);
  return said(gaps.length ? 1 : 0, gaps.length ? gaps.map((gap) => gap[language]) : [ENOUGH[language]], values.json, { ok: gaps.length === 0, missing: gaps });
}
const ENOUGH: Text = { en: 'It is what is demanded.', cy: 'Mae’n bodloni’r hyn a fynnir.' };

/** What a deployment's node says of itself is believed by the key that is known here, or, of a body that is not, by the one that it shows. */
async function deploymentGaps(world: World, url: string, policy: AssurancePolicy, brought: readonly Envelope[], known: KnownSigners, suppliers: readonly string[]): Promise<readonly Text[]> {
  const shown = right(readBody(await world.fetch(`${url}/body`)), `${url}/body`);
  if (shown.endpoint !== url) throw new CannotDo(`${url}/body says that it is at ${shown.endpoint}. Name that address.`);
  const body = known.bodies.find(({ id }) => id === shown.id) ?? shown;
  const published = right(readPublishedAssurance(await world.fetch(`${url}/assurance`)), `${url}/assurance`);
  const { running } = right(openRunning(published.running, body, world.now), `${url}/assurance`);
  const judged: Judged = { name: body.endpoint, digest: { sha256: running }, owners: [body.id, ...(shown.suppliers ?? []), ...(body.suppliers ?? []), ...suppliers] };
  return hostingGaps(policy, judged, [...published.assessments, ...brought], known, world.now);
}

async function knownSigners(world: World, { list, issuer, known }: { readonly list?: string; readonly issuer?: string; readonly known?: string }): Promise<KnownSigners> {
  const own = known === undefined ? {} : ((await json(world, known)) as Partial<KnownSigners>);
  const listed = list === undefined ? undefined : await openedList(world, list, needed(issuer, 'issuer', USAGE));
  return { bodies: [...(own.bodies ?? []), ...(listed?.members ?? [])], assessors: [...(own.assessors ?? []), ...(listed?.assessors ?? [])] };
}

function demanded({ require: level = 'third-party', principles = ALL.join(','), within = 'P400D', standard }: { readonly require?: string; readonly principles?: string; readonly within?: string; readonly standard?: string }): AssurancePolicy {
  if (!isLevel(level)) throw new CannotDo(`--require is one of ${ASSURANCE_LEVELS.join(', ')}.`);
  if (!/^\d{1,2}(,\d{1,2})*$/.test(principles)) throw new CannotDo('--principles are numbers, like 1,2,9,10.');
  if (!/^P[1-9]\d{0,3}[DWMY]$/.test(within)) throw new CannotDo('--within is a period like P400D.');
  return { hosting: { by: level, principles: principles.split(','), within, ...(standard !== undefined && { standard }) }, modules: { kit: 'passed', reviewedBy: level }, whenMissing: 'refuse' };
}
function isLevel(level: string): level is AssuranceLevel { return ASSURANCE_LEVELS.some((one) => one === level); }

const levels = { enum: ASSURANCE_LEVELS } as const;
const readPolicy = documentReader<AssurancePolicy>({
  type: 'object', required: ['whenMissing'], additionalProperties: false,
  properties: {
    hosting: { type: 'object', required: ['by', 'principles', 'within'], additionalProperties: false, properties: { by: levels, principles: { type: 'array', minItems: 1, items: { type: 'string' } }, within: { type: 'string', pattern: '^P[1-9]\\d{0,3}[DWMY]$' }, standard: { type: 'string' } } },
    modules: { type: 'object', additionalProperties: false, properties: { kit: { const: 'passed' }, reviewedBy: levels, except: { type: 'array', items: { type: 'string' } } } },
    whenMissing: { enum: ['refuse', 'warn'] },
  },
}, 'a policy');
