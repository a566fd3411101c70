import { NCSC_CLOUD_PRINCIPLES, assessmentSchema, componentsDigest, computeAssurance, hostingEnds, hostingGaps, judgedPackage, openEvidencePack, openRunning, packageEnds, packageGaps, policyWords, readAssessment, readPolicy, readPublishedAssurance, signAssessment, tellAssurance, type Assessment, type AssurancePolicy, type Judged, type JudgedPackage, type KnownSigners, type Subject } from '@guildhall/assurance-contract';
import type { Text } from '@guildhall/kernel-contract';
import { ASSURANCE_LEVELS, documentReader, readBody, ukDay, type AssuranceLevel, type Envelope } from '@guildhall/sharing-contract';
import { CannotDo, chosen, files, given, languageOf, needed, said, type Said, type World } from './command';
import { bytes, envelopes, json, right, signer } from './documents';
import { packageIn } from './package-file';
import { openedList } from './trust-list-command';

const USAGE = `Usage: assure <command> …

  sign PACKAGE.tgz --findings FILE --key PEM --keyid ID
  sign --deployment URL --components FILE --findings FILE --key PEM --keyid ID
        signs what was found of a package, or of a deployment with this list of components
        --evidence FILE   what "node main.js evidence --json" wrote: findings name it by its digest
  check PACKAGE.tgz     whether a package is what a council demands before it is installed
  check --deployment URL
        the same of a deployment, as its node says of itself: https://share.aldermoor.example/sharing

  --valid-until DAY     sign: until when it holds, where the findings do not say it: 2027-11-30
  --counter-claim N=TEXT
                        sign: what whoever was assessed says against what was found of principle N; shown beside it, and changes nothing

  --assessment FILE     what an assessor has signed; as often as there are some. A deployment's node brings its own
  --policy FILE         what is demanded, as JSON or in words; or
  --require LEVEL       self, peer, third-party or accredited, with
  --principles 1,2,9    of a deployment: which principles (all 14), and
  --within P400D        how long ago at most
  --list FILE --issuer FILE
        a signed trust list and whoever issues it: those whose word counts
  --known FILE          others whose word counts: { "bodies": […], "assessors": […] }
  --supplier ID         who makes and runs a deployment, or publishes a package; as often as there are some
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
  const { values, positionals } = given(argv, { deployment: { type: 'string' }, components: { type: 'string' }, findings: { type: 'string' }, standard: { type: 'string' }, key: { type: 'string' }, keyid: { type: 'string' }, evidence: { type: 'string' }, 'valid-until': { type: 'string' }, 'counter-claim': { type: 'string', multiple: true } }, USAGE);
  const named = needed(values.findings, 'findings', USAGE);
  const found = right(readFindings(added(await json(world, named), values)), named);
  if (found.validUntil < ukDay(world.now)) throw new CannotDo(`It would have ended on ${found.validUntil}, and nobody would count it. Say until when it holds with --valid-until.`);
  const by = await signer(world, needed(values.key, 'key', USAGE), needed(values.keyid, 'keyid', USAGE));
  const subject = values.deployment === undefined ? await packageSubject(world, files(positionals, 1, USAGE)[0]) : { name: values.deployment, digest: { sha256: componentsDigest(await bytes(world, needed(values.components, 'components', USAGE))) } };
  return said(0, [], true, signAssessment([subject], { ...found, findings: await withEvidence(world, found.findings, values.evidence), standard: values.standard ?? found.standard ?? NCSC_CLOUD_PRINCIPLES }, by));
}

/** Findings that name no evidence name the pack, where it shows something of their principle. */
async function withEvidence(world: World, findings: Assessment['findings'], file: string | undefined): Promise<Assessment['findings']> {
  if (file === undefined) return findings;
  const { pack, digest } = right(openEvidencePack(await json(world, file)), file);
  return findings.map((finding) => (finding.evidence === undefined && pack.evidence.some(({ principles }) => principles.includes(finding.principle)) ? { ...finding, evidence: `evidence pack of ${pack.at}, ${digest}` } : finding));
}

/** What was found, with what was said on the command line beside it. @throws CannotDo */
function added(found: unknown, { 'valid-until': validUntil, 'counter-claim': claims = [] }: { readonly 'valid-until'?: string; readonly 'counter-claim'?: readonly string[] }): unknown {
  if (typeof found !== 'object' || found === null) return found;
  const counterClaims = claims.map((claim) => {
    const [, principle, text] = /^([1-9]\d?)=(.+)$/s.exec(claim) ?? [];
    if (principle === undefined) throw new CannotDo('--counter-claim is the number of a principle and a text: 10="Keys were changed since."');
    return { principle, text };
  });
  const { counterClaims: before = [] } = found as { readonly counterClaims?: readonly unknown[] };
  return { ...found, ...(validUntil !== undefined && { validUntil }), ...(counterClaims.length > 0 && { counterClaims: [...before, ...counterClaims] }) };
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
  const policy = values.policy === undefined ? demanded(values) : await policyOf(world, values.policy);
  const known = await knownSigners(world, values);
  const brought = await envelopes(world, values.assessment);
  for (const [index, envelope] of brought.entries()) right(readAssessment(envelope), values.assessment?.[index] ?? '');
  const { gaps, ends, found } = values.deployment === undefined ? judgePackage({ ...packageIn(await bytes(world, files(positionals, 1, USAGE)[0]), files(positionals, 1, USAGE)[0]), owners: values.supplier ?? [] }, policy, brought, known, world.now) : await judgeDeployment(world, values.deployment, policy, brought, known, values.supplier ?? []);
  const sentences = [...(gaps.length ? gaps : [ENOUGH]), ...ends].map((sentence) => sentence[language]);
  return said(gaps.length ? 1 : 0, [...sentences, '', `${DEMANDED[language]}:`, ...policyWords(policy).split('\n').map(indented), `${FOUND[language]}:`, ...(found.length ? found : [NOTHING]).map((sentence) => indented(sentence[language]))], values.json, { ok: gaps.length === 0, missing: gaps, ends, policy, found });
}
const DEMANDED: Text = { en: 'What is demanded', cy: 'Yr hyn a fynnir' };
const FOUND: Text = { en: 'What was found, by whom', cy: 'Yr hyn a ganfuwyd, gan bwy' };
const NOTHING: Text = { en: 'Nothing by anybody whose word counts here.', cy: 'Dim byd gan neb y mae ei air yn cyfrif yma.' };
function indented(line: string): string { return `  ${line}`; }
const ENOUGH: Text = { en: 'It is what is demanded.', cy: 'Mae’n bodloni’r hyn a fynnir.' };

interface Judgement { readonly gaps: readonly Text[]; readonly ends: readonly Text[]; readonly found: readonly Text[] }

function judgePackage(judged: JudgedPackage, policy: AssurancePolicy, envelopes: readonly Envelope[], known: KnownSigners, now: Date): Judgement {
  return { gaps: packageGaps(policy, judged, envelopes, known, now), ends: packageEnds(policy, judged, envelopes, known, now), found: tellAssurance(computeAssurance(judgedPackage(judged), envelopes, known, now)) };
}

/** What a deployment's node says of itself is believed by the key that is known here, or, of a body that is not, by the one that it shows. */
async function judgeDeployment(world: World, url: string, policy: AssurancePolicy, brought: readonly Envelope[], known: KnownSigners, suppliers: readonly string[]): Promise<Judgement> {
  const shown = right(readBody(await world.fetch(`${url}/body`)), `${url}/body`);
  if (shown.endpoint !== url) throw new CannotDo(`${url}/body says that it is at ${shown.endpoint}. Name that address.`);
  const body = known.bodies.find(({ id }) => id === shown.id) ?? shown;
  const published = right(readPublishedAssurance(await world.fetch(`${url}/assurance`)), `${url}/assurance`);
  const { running } = right(openRunning(published.running, body, world.now), `${url}/assurance`);
  const judged: Judged = { name: body.endpoint, digest: { sha256: running }, owners: [body.id, ...(shown.suppliers ?? []), ...(body.suppliers ?? []), ...suppliers] };
  const all = [...published.assessments, ...brought];
  return { gaps: hostingGaps(policy, judged, all, known, world.now), ends: hostingEnds(policy, judged, all, known, world.now), found: tellAssurance(computeAssurance(judged, all, known, world.now)) };
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

/** A file of JSON, or one in which the policy stands in words. */
async function policyOf(world: World, file: string): Promise<AssurancePolicy> {
  const words = Buffer.from(await bytes(world, file)).toString('utf8');
  return right(readPolicy(words.trimStart().startsWith('{') ? await json(world, file) : words), file);
}
