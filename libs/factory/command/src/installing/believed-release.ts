import { downgrade, factsDigest, openNotice, proveRelease, readRelease, type Notice, type PackageFacts, type Release } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { believedPublisher, type BelievedPublisher } from './believed-publisher';
import { CatalogueClient, NotReached } from './catalogue-client';
import type { CouncilSettings } from './council-settings';
import type { Seen } from './seen';
import { whenLogged } from './logged';
import { disownedWords, removedWords, standingAssessments, type Offer } from './taken-off';

/** A release of which it is proved who made it, and what others say of it. */
export interface BelievedRelease extends BelievedPublisher {
  readonly release: Release;
  readonly facts: PackageFacts;
  /** Of what was packed, in hexadecimal. */
  readonly sha512: string;
  readonly envelope: Envelope;
  /** Names of the catalogues that list it. */
  readonly catalogues: readonly string[];
  /** Without those that one of them took off and that speak for it. */
  readonly assessments: readonly Envelope[];
  /** What was said of it and was taken off by one of them, in sentences. */
  readonly disowned: readonly string[];
  /** Signed by its publisher, and about this package. */
  readonly notices: readonly Notice[];
  readonly checkpoints: Readonly<Record<string, string>>;
  /** Of each catalogue that was asked and did not answer: what it alone knows is not in here. */
  readonly unreached: readonly string[];
}
/** What is known where it is asked. */
export interface Asking { readonly settings: CouncilSettings; readonly seen: Seen; readonly now: Date }
/** What came from the registry; as the catalogue lists it, where nothing was fetched. */
export interface Came { readonly sha512: string; readonly facts: PackageFacts }

/** What catalogues answered, and of each that did not, why. */
export interface Asked<Answer> { readonly answers: readonly { readonly client: CatalogueClient; readonly answer: Answer }[]; readonly unreached: readonly string[] }

/** Asks every catalogue that the council follows. Those that do not answer are named while one does: what only they know is hidden, and whoever acts on the rest must say so. @throws NotReached when none does */
export async function askAll<Answer>(settings: CouncilSettings, ask: (client: CatalogueClient) => Promise<Answer>): Promise<Asked<Answer>> {
  const asked = await Promise.all(settings.catalogues.map(async (catalogue) => {
    const client = new CatalogueClient(catalogue);
    return ask(client).then((answer) => ({ client, answer }), (error: unknown) => { if (error instanceof NotReached) return error; throw error; });
  }));
  const answers = asked.flatMap((one) => (one instanceof NotReached ? [] : [one]));
  const failed = asked.flatMap((one) => (one instanceof NotReached ? [one] : []));
  if (answers.length === 0 && failed[0]) throw failed[0];
  return { answers, unreached: failed.map(({ message }) => message) };
}

/** Whether a release is the one that its publisher made, by every catalogue that lists it. @throws NotReached */
export async function believedRelease(name: string, version: string, came: Came | undefined, asking: Asking): Promise<Outcome<BelievedRelease, Refusal<string>>> {
  const { settings, seen, now } = asking;
  const { answers, unreached: notReached } = await askAll(settings, (client) => client.release(name, version));
  const offers = answers.flatMap(({ client, answer }): readonly Offer[] => (answer ? [{ client, listing: answer }] : []));
  const [first] = offers;
  const { off, silent } = await takenOff(name, version, answers.flatMap(({ client, answer }) => (answer ? [] : [client])));
  if (off !== undefined) return refused('taken-off', off);
  const unreached = [...notReached, ...silent];
  if (!first) return refused('not-listed', [`No catalogue that this council follows lists ${name} ${version}.`, ...unreached].join(' '));
  const publishers = offers.map(({ listing }) => { const read = readRelease(listing.release); return read.ok ? read.value.predicate.publisher : ''; });
  const other = offers.findIndex(({ listing }, index) => listing.sha512 !== first.listing.sha512 || publishers[index] !== publishers[0]);
  if (other > 0) return refused('disagree', `${first.client.catalogue.name} and ${offers[other]?.client.catalogue.name ?? ''} list something else as ${name} ${version}. Ask its publisher which is its own.`);
  const id = publishers[0] ?? '';
  const claimed = claimant(name, id, settings);
  if (claimed) return claimed;

  const checkpoints: Record<string, string> = {};
  let loggedAt: Date | undefined;
  for (const { client, listing } of offers) {
    const logged = await whenLogged(client, name, version, listing, seen.checkpoints[client.catalogue.origin], now);
    if (!logged.ok) return logged;
    checkpoints[client.catalogue.origin] = logged.value.checkpoint;
    if (loggedAt === undefined || logged.value.at < loggedAt) loggedAt = logged.value.at;
  }
  // Who does not list the release may know more of its publisher: that a key was stolen.
  const others = await Promise.all(answers.filter(({ answer }) => !answer).map(async ({ client }) => ({ catalogue: client.catalogue.name, states: (await client.publisher(id).catch(() => undefined)) ?? [] })));
  const told = [...offers.map(({ client, listing }) => ({ catalogue: client.catalogue.name, states: listing.publisher })), ...others.filter(({ states }) => states.length > 0)];
  const believed = believedPublisher(id, told, { pinned: settings.publishers.find((one) => one.id === id), seen: seen.publishers[id] }, now);
  if (!believed.ok) return believed;
  const { sha512, facts } = came ?? first.listing;
  const known = Object.entries(seen.releases[name] ?? {}).map(([of, digest]) => ({ version: of, sha512: digest }));
  for (const { listing } of offers) {
    const proved = proveRelease(listing.release, { package: name, version, sha512, facts: factsDigest(facts), publisher: believed.value.publisher, known, ...(loggedAt && { loggedAt }), now });
    if (!proved.ok) return proved;
    if (listing !== first.listing) continue;
    // Who does not know yet that a key was stolen has not looked again at what it signed: of these, what the thief dated back is not believed.
    const notices = offers.flatMap((offer) => offer.listing.notices.flatMap((notice) => { const opened = openNotice(notice, believed.value.publisher, isBehind(offer, believed.value) ? now : undefined); return opened.ok && opened.value.package === name ? [opened.value] : []; }));
    return done({ ...believed.value, release: proved.value, facts, sha512, envelope: listing.release, catalogues: offers.map(({ client }) => client.catalogue.name), assessments: standingAssessments(offers), disowned: disownedWords(`${name} ${version}`, offers), notices: newestOf(notices), checkpoints, unreached });
  }
  return refused('not-listed', `No catalogue that this council follows lists ${name} ${version}.`);
}

/** A name belongs to whom the council knows it of: nobody else publishes under it, whatever they sign. */
function claimant(name: string, id: string, { publishers }: CouncilSettings): Outcome<never, Refusal<'not-its-name'>> | undefined {
  const owner = publishers.find(({ scopes }) => scopes.some((scope) => name.startsWith(`${scope}/`)));
  return owner && owner.id !== id ? refused('not-its-name', `${name} is a name of ${owner.id} (guildhall.json), and ${id} claims it.`) : undefined;
}

/** Who does not list a release may have taken it off: because its key was stolen, or for what was found in it. */
async function takenOff(name: string, version: string, clients: readonly CatalogueClient[]): Promise<{ readonly off?: string; /** Of each that did not say. */ readonly silent: readonly string[] }> {
  const silent: string[] = [];
  const said = await Promise.all(clients.map(async (client) => {
    try {
      return removedWords(client, await client.listing(name), (one) => one === version);
    } catch (error) {
      if (!(error instanceof NotReached)) throw error;
      silent.push(error.message);
      return [];
    }
  }));
  const [off] = said.flat();
  return { silent, ...(off !== undefined && { off }) };
}

/** Whether a catalogue shows an older state of the publisher than is known. */
function isBehind({ listing }: Offer, { newest }: BelievedPublisher): boolean { return !listing.publisher.some(({ payload }) => payload === newest.payload); }

function newestOf(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map([...notices].sort((one, other) => (one.at < other.at ? -1 : 1)).map((notice) => [notice.id, notice])).values()];
}

/** Whether a version may take the place of the one that is installed. */
export function olderThan(name: string, installed: string | undefined, version: string, isOnPurpose: boolean): Refusal<'older'> | undefined { return isOnPurpose ? undefined : downgrade(name, installed, version); }
