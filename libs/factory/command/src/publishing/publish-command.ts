import { createHash } from 'node:crypto';
import { proveRelease } from '@guildhall/catalogue-contract';
import { sha512Of } from '@guildhall/assurance-contract';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { at } from './documents';
import { TO_CATALOGUES, TO_CATALOGUES_USAGE, bringPublisher, catalogues, handIn, seconds } from './handing-in';
import { integrityInRegistry, npm, reasonOf } from './npm';
import { publisherHome, signedPublisher } from './publisher-home';
import { keptRelease, packageIn, releaseFiles, type Signed } from './released';

const USAGE = `Usage: guildhall publish [FOLDER] [options]

Publishes what "guildhall sign" has signed: the package to the registry that npm is configured with, and the statement to each catalogue.
Stopped at any point, it can be run again and ends the same.

${TO_CATALOGUES_USAGE}
  --tag TAG             npm's tag: "next" for a pre-release ("latest" unless told)
`;

/** Publishes a signed release to the registry and to catalogues. */
export const publishCommand: Command = { summary: 'publishes what was signed', usage: USAGE, run };

async function run(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { ...TO_CATALOGUES, tag: { type: 'string' } }, USAGE);
  const folder = at(world, positionals[0] ?? '.');
  const home = await publisherHome(folder);
  const states = await signedPublisher(home, world.now);
  const { name, version } = await packageIn(folder);
  const files = releaseFiles(folder, { name, version });
  const signed = await keptRelease(files);
  if (!signed) throw new CannotDo(`${name} ${version} is not signed yet: guildhall sign ${positionals[0] ?? ''}`.trimEnd());
  const refusal = wrongWith(signed, name, version, states.newest, world.now);
  if (refusal !== undefined) return { code: 1, out: `${refusal}\nNothing was published.\n` };
  const inRegistry = await toRegistry(folder, files.packed, signed, values.tag, world);
  if (inRegistry.code !== 0) return inRegistry;
  const to = catalogues(values, home);
  const waitInSeconds = seconds(values.wait);
  const listed = await handIn('releases', { release: signed.release, components: signed.components }, `${name} ${version}`, { to, waitInSeconds, first: (client) => bringPublisher(client, states, waitInSeconds, world) });
  return { code: listed.code, out: `${inRegistry.out}${listed.out}${to.length === 0 ? 'It is in no catalogue: name some in guildhall.json, or with --catalogue.\n' : ''}` };
}

/** What everybody else would refuse; nothing when it would be believed. */
function wrongWith({ packed, release, components }: Signed, name: string, version: string, publisher: Parameters<typeof proveRelease>[1]['publisher'], now: Date): string | undefined {
  const proved = proveRelease(release, { package: name, version, sha512: packed.sha512, facts: packed.factsDigest, publisher, known: [], now });
  if (!proved.ok) return proved.refusal.message;
  return createHash('sha256').update(components).digest('hex') === proved.value.components ? undefined : `${name} ${version} has another bill of materials than was signed.`;
}

/** The bytes that were signed, and once: what the registry has already is compared. @throws CannotDo when it cannot be asked */
async function toRegistry(folder: string, file: string, { packed: { facts: { name, version }, sha512 } }: Signed, tag: string | undefined, world: World): Promise<Said> {
  const had = await integrityInRegistry(name, version, folder, world);
  if (had === undefined) {
    world.say(`Publishing ${name} ${version}`);
    const { code, out, err } = await npm(['publish', file, '--ignore-scripts', ...(tag === undefined ? [] : ['--tag', tag])], folder, world);
    // Somebody may have been quicker, or the answer was lost: what counts is what is there now.
    const has = code === 0 ? undefined : await integrityInRegistry(name, version, folder, world);
    if (code !== 0 && has === undefined) throw new CannotDo(`npm has not published ${name} ${version}: ${reasonOf({ out, err })}`);
    if (has === undefined || sha512Of(has) === sha512) return { code: 0, out: `${name} ${version} is published.\n` };
  } else if (sha512Of(had) === sha512) return { code: 0, out: `${name} ${version} is in the registry already.\n` };
  return { code: 1, out: `The registry has ${name} ${version} with other bytes than were signed. A version is published once: raise the version, sign and publish that. If nobody of yours has published it, somebody else has your registry account: see to that first.\n` };
}
