import { keyFingerprint } from '@guildhall/sharing-contract';
import { openPublisher, publisherKeysAt, readPublisher, signPublisher, type Publisher, type PublisherKey } from '@guildhall/catalogue-contract';
import type { NamedKey } from '@guildhall/sharing-contract';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import { at, instant, keyidOf, needed, right, signerIn } from './documents';
import { TO_CATALOGUES, TO_CATALOGUES_USAGE, bringPublisher, catalogues, seconds } from './handing-in';
import { draftPublisher, keepPublisher, publisherHome, signedPublisher, signedStates } from './publisher-home';

const USAGE = `Usage: guildhall publisher <command> … --key PEM --keyid ID

  show                  what the publisher has signed of itself
  sign                  signs publisher.json as its newest state, after you have changed it
  add --public JSON     lets a key in which "guildhall key" has made: a second person's, or one for when yours is lost
  rotate --public JSON  the same, and your own key ends with it
  revoke KEYID --since INSTANT
                        a key that somebody else may have had since then (2026-11-30T09:00:00Z): what it signed since is void

  submit                brings each catalogue what it lacks; "guildhall publish" does so, too

  --key PEM --keyid ID  by which key it is signed: one that the state before has
${TO_CATALOGUES_USAGE}
`;
const BY = { key: { type: 'string' }, keyid: { type: 'string' } } as const;

/** What a publisher says of itself: states that follow on each other, each signed by a key of the one before. */
export const publisherCommand: Command = {
  summary: 'signs who publishes; changes and revokes keys', usage: USAGE,
  run: ([name = '', ...rest], world) => {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new CannotDo(USAGE);
    return command(rest, world);
  },
};
const COMMANDS: Readonly<Record<string, (argv: readonly string[], world: World) => Promise<Said>>> = { show, sign, add, rotate, revoke, submit };

async function show(argv: readonly string[], world: World): Promise<Said> {
  const { values } = given(argv, { json: { type: 'boolean' } }, USAGE);
  const { newest } = await signedPublisher(await publisherHome(world.folder), world.now);
  if (values.json) return { code: 0, out: `${JSON.stringify(newest, undefined, 2)}\n` };
  const good = new Set(publisherKeysAt(newest, world.now).map(({ keyid }) => keyid));
  return { code: 0, out: [
    `${newest.id}, ${newest.name.en}, ${newest.kind === 'assessor' ? 'an' : 'a'} ${newest.kind.replace('-', ' ')}, state ${newest.serial}. It publishes under ${newest.scopes.join(', ') || 'no name'}.`,
    ...newest.keys.map(({ keyid, x, holder, from, until, compromisedSince }) => `${good.has(keyid) ? 'good ' : 'ended'}  ${keyid}  ${holder}  from ${from}${until === undefined ? '' : ` until ${until}`}${compromisedSince === undefined ? '' : `, void since ${compromisedSince}`}\n       ${keyFingerprint(x)}`),
  ].map((line) => `${line}\n`).join('') };
}

async function sign(argv: readonly string[], world: World): Promise<Said> {
  const { values } = given(argv, BY, USAGE);
  const home = await publisherHome(world.folder);
  return signed(await draftPublisher(home), await by(values, world), world);
}

async function add(argv: readonly string[], world: World): Promise<Said> {
  const { values } = given(argv, { ...BY, public: { type: 'string' } }, USAGE);
  const { newest } = await signedPublisher(await publisherHome(world.folder), world.now);
  return signed({ ...newest, keys: [...newest.keys, newKey(values.public, newest)] }, await by(values, world), world);
}

async function rotate(argv: readonly string[], world: World): Promise<Said> {
  const { values } = given(argv, { ...BY, public: { type: 'string' } }, USAGE);
  const { newest } = await signedPublisher(await publisherHome(world.folder), world.now);
  const signer = await by(values, world);
  return signed({ ...newest, keys: [...newest.keys.map((key) => (key.keyid === signer.keyid ? { ...key, until: instant(world.now) } : key)), newKey(values.public, newest)] }, signer, world);
}

async function revoke(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { ...BY, since: { type: 'string' } }, USAGE);
  const { newest } = await signedPublisher(await publisherHome(world.folder), world.now);
  const [stolen] = positionals;
  const since = needed(values.since, 'since', USAGE);
  if (!newest.keys.some(({ keyid }) => keyid === stolen)) throw new CannotDo(`${stolen ?? 'Nothing'} is no key of ${newest.id}. Its keys are ${newest.keys.map(({ keyid }) => keyid).join(', ')}.`);
  const signer = await by(values, world);
  const said = await signed({ ...newest, keys: newest.keys.map((key) => (key.keyid === stolen ? { ...key, compromisedSince: since } : key)) }, signer, world);
  return signer.keyid === stolen ? { ...said, err: `${stolen} has revoked itself, which whoever has stolen it could have done, too: make sure that each catalogue has this state first, and tell it by another way.\n` } : said;
}

async function submit(argv: readonly string[], world: World): Promise<Said> {
  const { values } = given(argv, TO_CATALOGUES, USAGE);
  const home = await publisherHome(world.folder);
  const states = await signedPublisher(home, world.now);
  const to = catalogues(values, home);
  if (to.length === 0) throw new CannotDo('There is no catalogue to tell: name some in guildhall.json, or with --catalogue.');
  for (const client of to) await bringPublisher(client, states, seconds(values.wait), world);
  return { code: 0, out: to.map(({ origin }) => `${origin} knows state ${states.newest.serial} of ${states.newest.id}.\n`).join('') };
}

function newKey(given: string | undefined, { keys }: Publisher): PublisherKey {
  let key: PublisherKey;
  try {
    key = JSON.parse(needed(given, 'public', USAGE)) as PublisherKey;
  } catch (error) {
    if (error instanceof CannotDo) throw error;
    throw new CannotDo('--public is what "guildhall key" has said: { "keyid", "x", "from", "holder" }.');
  }
  if (keys.some(({ keyid, x }) => keyid === key.keyid || x === key.x)) throw new CannotDo(`${key.keyid} is a key of the publisher's already.`);
  return key;
}

async function by(values: { readonly key?: string; readonly keyid?: string }, world: World): Promise<NamedKey> { return signerIn(at(world, needed(values.key, 'key', USAGE)), needed(values.keyid, 'keyid', USAGE)); }

/** Signs a state as the one that follows on what was signed last; a first one by a key of its own. @throws CannotDo where others would refuse it */
async function signed(state: Publisher, signer: NamedKey, world: World): Promise<Said> {
  const home = await publisherHome(world.folder);
  const { envelopes, newest } = await signedStates(home, world.now);
  const publisher = right(readPublisher({ ...state, serial: (newest?.serial ?? 0) + 1 }), home.draft);
  for (const { keyid } of publisher.keys) if (keyidOf(keyid).publisher !== publisher.id) throw new CannotDo(`${keyid} is no key of ${publisher.id}.`);
  if (publisherKeysAt(publisher, world.now).length === 0) throw new CannotDo(`No key of ${publisher.id} would be good any more, and nothing could be published. Add another first.`);
  const envelope = signPublisher(publisher, [signer]);
  right(openPublisher(envelope, newest, world.now), home.draft);
  await keepPublisher(home, publisher, [...envelopes, envelope]);
  return { code: 0, out: `State ${publisher.serial} of ${publisher.id} is signed by ${signer.keyid}. Commit ${home.signed}.\n` };
}
