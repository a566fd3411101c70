import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { keyFingerprint } from '@guildhall/sharing-contract';
import { PUBLISHER_KINDS, readPublisher, signPublisher, type Publisher, type PublisherKey } from '@guildhall/catalogue-contract';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { at, instant, keyidOf, needed, publicPart, right, written } from './documents';
import { keepPublisher, publisherHome } from './publisher-home';

const USAGE = `Usage: guildhall key FILE --keyid ID --holder WORK [options]

Makes a key (Ed25519) in FILE, which only you can read. Keep it out of every repository: who has it publishes in your name.
Where there is no publisher.json yet, it is begun with this key and signed by it:

  --keyid ID            the publisher and the key's own name: westmarch#lead-2026
  --holder WORK         in whose hands it is, by their work and not by their name: lead-developer
  --name NAME --name-cy NAME
                        what the publisher is called, in English and in Welsh
  --kind KIND           ${PUBLISHER_KINDS.join(', ')}
  --scope @SCOPE        under which it publishes at npm; as often as there are some
  --email ADDRESS       where it is reached

Where there is one, the public part of the key is said, for "guildhall publisher add" or "rotate".
`;

/** Makes a publisher's key, and begins the publisher with the first one. */
export const keyCommand: Command = { summary: 'makes a key, and begins a publisher', usage: USAGE, run };

async function run(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { keyid: { type: 'string' }, holder: { type: 'string' }, name: { type: 'string' }, 'name-cy': { type: 'string' }, kind: { type: 'string' }, scope: { type: 'string', multiple: true }, email: { type: 'string' }, web: { type: 'string' } }, USAGE);
  const [named] = positionals;
  if (named === undefined || positionals.length > 1) throw new CannotDo(`Name one file for the key.\n\n${USAGE}`);
  const { keyid, publisher: id } = keyidOf(needed(values.keyid, 'keyid', USAGE));
  const holder = needed(values.holder, 'holder', USAGE);
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = { keyid, key: privateKey };
  const key: PublisherKey = { keyid, x: publicPart(signer), from: instant(world.now), holder };
  const home = await publisherHome(world.folder);
  const file = at(world, named);
  if (existsSync(home.draft)) {
    await keepKey(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    return { code: 0, out: written(key), err: `${file} is your key. Keep it where nobody else can read it. The publisher has it when somebody with a key of the publisher's has said so: guildhall publisher add --public '${JSON.stringify(key)}' --key … --keyid …\n` };
  }
  const publisher: Publisher = right(readPublisher({
    id, name: { en: needed(values.name, 'name', USAGE), cy: values['name-cy'] ?? values.name }, kind: needed(values.kind, 'kind', USAGE), scopes: values.scope ?? [],
    contact: { email: needed(values.email, 'email', USAGE), ...(values.web !== undefined && { web: values.web }) }, keys: [key], linkedTo: [], serial: 1,
  }), 'The publisher');
  await keepKey(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  await keepPublisher(home, publisher, [signPublisher(publisher, [signer])]);
  return { code: 0, out: `${file} is your key. Keep it where nobody else can read it, and a second one elsewhere for when it is lost.\n${home.draft} is what the publisher says of itself, ${home.signed} the same signed. Commit both.\nA catalogue’s people will ask you to read this to them: ${keyFingerprint(key.x)}\n` };
}

/** Never over another key: what that one has signed could not be added to. @throws CannotDo */
async function keepKey(file: string, pem: string | Buffer): Promise<void> {
  try {
    await writeFile(file, pem, { mode: 0o600, flag: 'wx' });
    // What the umask took away comes back, and nothing more.
    await chmod(file, 0o600);
  } catch (error) {
    throw new CannotDo((error as NodeJS.ErrnoException).code === 'EEXIST' ? `${file} is there already, and a key is not written over.` : `${file} cannot be written.`);
  }
}
