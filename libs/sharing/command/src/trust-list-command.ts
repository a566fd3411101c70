import { generateKeyPairSync } from 'node:crypto';
import { keysAt, openPublications, openTrustList, readEnvelope, readPublications, readTrustList, signPublications, signTrustList, standingOf, type Body, type Envelope, type NamedKey, type Publications, type TrustList } from '@guildhall/sharing-contract';
import { CannotDo, chosen, files, given, needed, said, type Said, type World } from './command';
import { bodies, json, publicPart, right, signer } from './documents';

const USAGE = `Usage: trust-list <command> …

  key --keyid ID                    makes a key: the private part for a file that nobody else can read, the public part for those who follow
  new --id ID --by BODY             the text of a list, with --body FILE for each member (what its node says at /sharing/body)
  sign FILE --key PEM --keyid ID    signs a list, so that it can be served as a file from any web server; or what is published
                                    beside it: guidelines, attributes, purposes, models of agreements
  show FILE --issuer FILE           what a signed list or publication says, and whether its issuer has signed it

  --previous FILE       sign: the list that it follows on: its number is one more
  --days N              new, sign with --previous: how long it is good for (30)
  --json                for programs

Ends with 0 when nothing is wrong, 1 when something is, 2 when it cannot be looked at.
`;
const DAY_IN_MS = 24 * 60 * 60 * 1000;

/** What a regional body does to publish whom it knows. @public */
export function trustListCommand(argv: readonly string[], world: World): Promise<Said> { return chosen(argv, { key, new: begun, sign, show }, USAGE, world); }

function key(argv: readonly string[], world: World): Promise<Said> {
  const keyid = needed(given(argv, { keyid: { type: 'string' } }, USAGE).values.keyid, 'keyid', USAGE);
  if (!/^[a-z0-9-]+#[A-Za-z0-9._-]+$/.test(keyid)) throw new CannotDo('--keyid is a body and the name of its key: north-region#2026-1');
  const { privateKey } = generateKeyPairSync('ed25519');
  return Promise.resolve({ code: 0, out: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), err: `${JSON.stringify({ keyid, x: publicPart({ keyid, key: privateKey }), from: instant(world.now) })}\n` });
}

async function begun(argv: readonly string[], world: World): Promise<Said> {
  const { values } = given(argv, { id: { type: 'string' }, by: { type: 'string' }, body: { type: 'string', multiple: true }, days: { type: 'string' } }, USAGE);
  const list = { id: needed(values.id, 'id', USAGE), by: needed(values.by, 'by', USAGE), serial: 1, ...term(world.now, values.days), members: await bodies(world, values.body), assessors: [] };
  return said(0, [], true, sound(right(readTrustList(list), 'The list')));
}

async function sign(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { key: { type: 'string' }, keyid: { type: 'string' }, previous: { type: 'string' }, days: { type: 'string' } }, USAGE);
  const [file] = files(positionals, 1, USAGE);
  const by = await signer(world, needed(values.key, 'key', USAGE), needed(values.keyid, 'keyid', USAGE));
  const document = await json(world, file);
  return typeof document === 'object' && document !== null && 'models' in document ? signed(world, values, by, own(right(readPublications(document), file)), PUBLICATIONS) : signed(world, values, by, sound(right(readTrustList(document), file)), LIST);
}

/** What is signed, and how it is opened again. */
interface Kind<Document> { readonly sign: (document: Document, by: NamedKey) => Envelope; readonly open: (envelope: Envelope, issuer: readonly NamedKey[]) => ReturnType<typeof openTrustList> | ReturnType<typeof openPublications> }
const LIST: Kind<TrustList> = { sign: signTrustList, open: openTrustList };
const PUBLICATIONS: Kind<Publications> = { sign: signPublications, open: openPublications };

async function signed<Document extends TrustList | Publications>(world: World, values: { readonly previous?: string; readonly days?: string }, by: NamedKey, written: Document, kind: Kind<Document>): Promise<Said> {
  const list = values.previous === undefined ? written : { ...written, serial: (await following(world, values.previous, written, by, kind)).serial + 1, ...term(world.now, values.days) };
  if (by.keyid.split('#')[0] !== list.by) throw new CannotDo(`${by.keyid} is no key of ${list.by}, who issues the list.`);
  if (Date.parse(list.expires) <= world.now.getTime() || list.expires <= list.issued) throw new CannotDo(`The list ends at ${list.expires}, so nobody would take it.`);
  return said(0, [], true, kind.sign(list, by));
}

/** The list before, by the same key: a list that does not follow on is refused by all who have the one before. @throws CannotDo */
async function following<Document extends TrustList | Publications>(world: World, file: string, list: Document, by: NamedKey, kind: Kind<Document>): Promise<TrustList | Publications> {
  const previous = right<TrustList | Publications>(kind.open(right(readEnvelope(await json(world, file)), file), [{ keyid: by.keyid, key: publicKeyOf(by, world.now) }]), file);
  if (previous.id !== list.id || previous.by !== list.by) throw new CannotDo(`${file} is the list ${previous.id} of ${previous.by}.`);
  return previous;
}

async function show(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { issuer: { type: 'string' }, json: { type: 'boolean' } }, USAGE);
  const [file] = files(positionals, 1, USAGE);
  const published = openPublications(right(readEnvelope(await json(world, file)), file), await keysOf(world, needed(values.issuer, 'issuer', USAGE)));
  if (published.ok) return shownPublications(world, published.value, values.json);
  const list = await openedList(world, file, needed(values.issuer, 'issuer', USAGE));
  const standing = standingOf(list, world.now);
  return said(standing === 'expired' || standing === 'void' ? 1 : 0, [
    `The list ${list.id} of ${list.by}, number ${list.serial}, issued ${list.issued}. ${{ current: 'It is in force', ending: 'It ends within a week', expired: 'It has ended', void: 'It has ended, and so have the days of grace' }[standing]}: until ${list.expires}.`,
    ...list.members.map(({ id, name, endpoint, keys }) => `member    ${id}  ${name.en}  ${endpoint}${stolen(keys)}`),
    ...list.assessors.map(({ id, name, accreditations, linkedTo, keys }) => `assessor  ${id}  ${name.en}${accreditations.length ? `  accredited: ${accreditations.join(', ')}` : ''}${linkedTo.length ? `  belongs with: ${linkedTo.join(', ')}` : ''}${stolen(keys)}`),
  ], values.json, { standing, list });
}

function shownPublications(world: World, publications: Publications, asJson: boolean | undefined): Said {
  const standing = standingOf(publications, world.now);
  const { id, by, serial, issued, expires, guidelines, attributes, purposes, models } = publications;
  return said(standing === 'expired' || standing === 'void' ? 1 : 0, [
    `What ${by} publishes beside the list ${id}, number ${serial}, issued ${issued}, good until ${expires}.`, ...guidelines.map((one) => `guideline ${one.id}  version ${one.version}  ${one.title.en}`), ...attributes.map((one) => `attribute ${one.id}  ${one.title.en}`),
    ...purposes.map((one) => `purpose   ${one.id}  ${one.to.en}`), ...models.map((one) => `model     ${one.id}  version ${one.version}  ${one.name.en}`),
  ], asJson, { standing, publications });
}

/** Nobody publishes what somebody else holds to be right. @throws CannotDo */
function own(publications: Publications): Publications {
  const other = publications.guidelines.find(({ by }) => by !== publications.by);
  if (other) throw new CannotDo(`The guideline ${other.id} is by ${other.by}, not by ${publications.by}.`);
  return publications;
}

/** A list that its issuer has signed. @param issuer a file with the issuer's id, name and keys @throws CannotDo */
export async function openedList(world: World, file: string, issuer: string): Promise<TrustList> {
  return right(openTrustList(right(readEnvelope(await json(world, file)), file), await keysOf(world, issuer)), file);
}

async function keysOf(world: World, issuer: string): Promise<ReturnType<typeof keysAt>> {
  const { keys } = (await json(world, issuer)) as Partial<Pick<Body, 'keys'>>;
  if (!Array.isArray(keys)) throw new CannotDo(`${issuer} has no keys. It is like what a node says of itself: { "id", "name", "keys" }.`);
  return keysAt({ keys }, world.now);
}

/** What a list must be beside what its schema says. @throws CannotDo */
function sound(list: TrustList): TrustList {
  const ids = [...list.members, ...list.assessors].map(({ id }) => id);
  const [twice] = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new CannotDo(`${twice} is on the list twice.`);
  const keys = [...list.members, ...list.assessors].flatMap((one) => one.keys.filter(({ keyid }) => keyid.split('#')[0] !== one.id).map(({ keyid }) => `${keyid} is no key of ${one.id}.`));
  if (keys.length > 0) throw new CannotDo(keys.join(' '));
  return list;
}

function term(now: Date, days = '30'): Pick<TrustList, 'issued' | 'expires'> {
  if (!/^[1-9]\d{0,3}$/.test(days)) throw new CannotDo('--days is a whole number.');
  return { issued: instant(now), expires: instant(new Date(now.getTime() + Number(days) * DAY_IN_MS)) };
}
function instant(at: Date): string { return `${at.toISOString().slice(0, 19)}Z`; }
function stolen(keys: Body['keys']): string { return keys.flatMap(({ keyid, compromisedSince: since }) => (since === undefined ? [] : [`  ${keyid} is void since ${since}`])).join(''); }
function publicKeyOf(by: NamedKey, now: Date) {
  const [{ key }] = keysAt({ keys: [{ keyid: by.keyid, x: publicPart(by), from: new Date(0).toISOString() }] }, now) as [ReturnType<typeof keysAt>[number]];
  return key;
}
