import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { publisherKeysAt, readRelease, signRelease, type Publisher, type Release } from '@guildhall/catalogue-contract';
import { verifyEnvelope, type Envelope, type NamedKey } from '@guildhall/sharing-contract';
import { lt, rsort, valid } from 'semver';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { billOfMaterials } from './bill-of-materials';
import { at, instant, needed, publicPart, right, signerIn } from './documents';
import { ran, versionsInRegistry } from './npm';
import { publisherHome, signedPublisher } from './publisher-home';
import { whatChanges } from './what-changes';
import { keepRelease, keptRelease, pack, releaseFiles, type Packed, type Signed } from './released';

const USAGE = `Usage: guildhall sign [FOLDER] --key PEM --keyid ID [options]

Packs the package with npm, works out what its files say, lists what it is made of (CycloneDX), and signs that this is the release.
What is signed is kept in .guildhall/releases, for "guildhall publish". Of a contract, a second person does the same at the same state of its source, with these files: the bytes must come out alike.

  --previous VERSION    the release before it: the registry is asked unless told; "none" for the first
  --changes TEXT        what changes for whoever upgrades; unless told, what CHANGELOG.md says of this version, or the version plans that name the package (.nx/version-plans)
  --changes-file FILE   the same from a file
`;

/** As a release’s schema has it. */
const MOST_CHANGES = 20_000;

/** Signs a release of a package; a second person adds their signature to the same statement. */
export const signCommand: Command = { summary: 'packs and signs a release', usage: USAGE, run };

async function run(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { key: { type: 'string' }, keyid: { type: 'string' }, previous: { type: 'string' }, changes: { type: 'string' }, 'changes-file': { type: 'string' } }, USAGE);
  const folder = at(world, positionals[0] ?? '.');
  const signer = await signerIn(at(world, needed(values.key, 'key', USAGE)), needed(values.keyid, 'keyid', USAGE));
  const { newest: publisher } = await signedPublisher(await publisherHome(folder), world.now);
  isHisKey(publisher, signer, world.now);
  world.say(`Packing ${folder}`);
  const packed = await pack(folder, world);
  const { name, version } = packed.facts;
  if (!publisher.scopes.some((scope) => name.startsWith(`${scope}/`))) throw new CannotDo(`${publisher.id} publishes under ${publisher.scopes.join(', ') || 'no name'}, and ${name} is not below it.`);
  const files = releaseFiles(folder, packed.facts);
  const kept = await keptRelease(files);
  const signed = kept ? added(kept, packed, signer, publisher) : await begun(folder, packed, signer, publisher, values, world);
  await keepRelease(files, signed);
  const people = holdersOf(signed.release, publisher, world.now);
  return { code: 0, out: `${name} ${version} is signed by ${people.join(' and ')}.\n${packed.facts.kind === 'contract' && people.length < 2 ? 'It is a contract: a second person signs it before it is published.\n' : ''}${files.release}\n` };
}

/** @throws CannotDo */
function isHisKey(publisher: Publisher, signer: NamedKey, now: Date): void {
  const known = publisher.keys.find(({ keyid }) => keyid === signer.keyid);
  if (known?.x !== publicPart(signer)) throw new CannotDo(`${signer.keyid} is not the key that ${publisher.id} has under this name.`);
  if (!publisherKeysAt(publisher, now).some(({ keyid }) => keyid === signer.keyid)) throw new CannotDo(`${signer.keyid} has ended or was revoked, and nobody would believe it.`);
}

/** The same statement with one signature more. @throws CannotDo when it is about other bytes */
function added({ packed: before, release, components }: Signed, packed: Packed, signer: NamedKey, publisher: Publisher): Signed {
  const { subject: [subject], predicate } = right(readRelease(release), 'The statement');
  const named = `${packed.facts.name} ${packed.facts.version}`;
  if (predicate.publisher !== publisher.id || predicate.package !== packed.facts.name || predicate.version !== packed.facts.version) throw new CannotDo(`The statement that is kept for ${named} is for ${predicate.package} ${predicate.version} by ${predicate.publisher}.`);
  if (subject.digest.sha512 !== packed.sha512 || before.sha512 !== packed.sha512) throw new CannotDo(`${named} was signed with other bytes than come out here. Look at what differs: raise the version for what has changed, or delete what is kept in .guildhall/releases where it was never published.`);
  if (predicate.components !== digestOf(components)) throw new CannotDo(`What is kept of ${named} has another bill of materials than was signed.`);
  if (release.signatures.some(({ keyid }) => keyid === signer.keyid)) return { packed, release, components };
  const [signature] = signRelease(predicate, packed.sha512, [signer]).signatures;
  return { packed, components, release: { ...release, signatures: [...release.signatures, ...(signature ? [signature] : [])] } };
}

async function begun(folder: string, packed: Packed, signer: NamedKey, publisher: Publisher, told: { readonly previous?: string; readonly changes?: string; readonly 'changes-file'?: string }, world: World): Promise<Signed> {
  const { name, version, kind } = packed.facts;
  const previous = told.previous === 'none' ? null : (told.previous ?? before(version, await versionsInRegistry(name, folder, world)));
  if (previous !== null && valid(previous) === null) throw new CannotDo('--previous is a version, or none.');
  const components = await billOfMaterials(packed.facts, folder, new Date(instant(world.now)), world);
  const changes = told['changes-file'] === undefined ? (told.changes ?? (await whatChanges(folder, name, version))) : await readFile(at(world, told['changes-file']), 'utf8');
  if (changes === undefined && previous !== null) world.say('Neither CHANGELOG.md nor a version plan says what changes for whoever upgrades, and the release will not either: --changes does.');
  if (changes !== undefined && (changes === '' || changes.length > MOST_CHANGES)) throw new CannotDo(`What changes has ${changes.length.toLocaleString('en')} characters, and a release says from 1 to ${MOST_CHANGES.toLocaleString('en')}. Say it shorter: --changes-file`);
  const source = await sourceOf(packed, folder, world);
  const release: Release = { publisher: publisher.id, package: name, version, kind, facts: packed.factsDigest, components: digestOf(components), publishedAt: instant(world.now), previous, ...(source && { source }), ...(changes !== undefined && { changes }) };
  return { packed, components, release: signRelease(release, packed.sha512, [signer]) };
}

/** The newest of those that are older. */
function before(version: string, all: readonly string[]): string | null { return rsort(all.filter((one) => valid(one) !== null && lt(one, version)))[0] ?? null; }

/** Which state of the source it was made from; nothing where that cannot be said, as when something is changed and not committed. */
async function sourceOf({ facts: { repository } }: Packed, folder: string, world: World): Promise<Release['source']> {
  if (repository === undefined) return undefined;
  const [status, head] = await Promise.all([git(['status', '--porcelain', '--', '.'], folder, world), git(['rev-parse', 'HEAD'], folder, world)]);
  if (status === undefined || head === undefined) return undefined;
  if (status !== '') {
    world.say('Something here is not committed, so the release does not say from which state of its source it was made.');
    return undefined;
  }
  return { repository, commit: head };
}

async function git(args: readonly string[], folder: string, { env }: World): Promise<string | undefined> {
  try {
    const { code, out } = await ran('git', args, folder, env);
    return code === 0 ? out.trim() : undefined;
  } catch {
    return undefined;
  }
}

function holdersOf(release: Envelope, publisher: Publisher, now: Date): readonly string[] {
  const opened = verifyEnvelope(release, publisherKeysAt(publisher, now), 1);
  return [...new Set(opened.ok ? publisher.keys.filter(({ keyid }) => opened.value.keyids.includes(keyid)).map(({ holder }) => holder) : [])];
}

function digestOf(components: string): string { return createHash('sha256').update(components).digest('hex'); }
