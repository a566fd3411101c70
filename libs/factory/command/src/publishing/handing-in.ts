import { readPublisher } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { CannotDo, type Said, type World } from '../command';
import { CatalogueClient, type HandedIn } from './catalogue-client';
import { originOf, type PublisherHome, type SignedStates } from './publisher-home';

/** Options of every command that hands something in. */
export const TO_CATALOGUES = { catalogue: { type: 'string', multiple: true }, wait: { type: 'string' } } as const;
/** How these are told. */
export const TO_CATALOGUES_USAGE = `  --catalogue URL       where it is handed in, as often as there are some; those of guildhall.json unless told
  --wait SECONDS        how long each catalogue is waited for (60)`;

/** The catalogues that are told, or those of `guildhall.json`. @throws CannotDo */
export function catalogues(told: { readonly catalogue?: readonly string[] }, { catalogues: own }: Pick<PublisherHome, 'catalogues'>): readonly CatalogueClient[] {
  return (told.catalogue?.map(originOf) ?? own).map((origin) => new CatalogueClient(origin));
}

/** @throws CannotDo */
export function seconds(value = '60'): number {
  if (!/^\d{1,4}$/.test(value)) throw new CannotDo('--wait is a whole number of seconds.');
  return Number(value);
}

/** What came of handing in, catalogue by catalogue: each is tried, and what went wrong with one does not keep it from the next. */
export async function handIn<Kind extends keyof HandedIn>(kind: Kind, what: HandedIn[Kind], named: string, { to, waitInSeconds, first = () => Promise.resolve() }: { readonly to: readonly CatalogueClient[]; readonly waitInSeconds: number; readonly first?: (client: CatalogueClient) => Promise<void> }): Promise<Said> {
  const lines: string[] = [];
  let code: Said['code'] = 0;
  for (const client of to) {
    try {
      await first(client);
      const { state, reasons, id } = await client.outcome(await client.handIn(kind, what), waitInSeconds);
      lines.push({ listed: `${client.origin} lists ${named}.`, refused: [`${client.origin} has refused ${named}:`, ...reasons.map((reason) => `  ${reason}`)].join('\n'), waiting: `${client.origin} has ${named} and has not decided yet (${id}). Run this again to see what came of it.` }[state]);
      if (state === 'refused') code = 1;
    } catch (error) {
      if (!(error instanceof CannotDo)) throw error;
      lines.push(error.message);
      code = code === 1 ? 1 : 2;
    }
  }
  return { code, out: lines.map((line) => `${line}\n`).join('') };
}

/** Brings a catalogue each state of the publisher's that it lacks, the oldest first: it believes each by the one before. @throws CannotDo where one was not let in yet, or was refused */
export async function bringPublisher(client: CatalogueClient, { envelopes, newest }: Required<SignedStates>, waitInSeconds: number, world: World): Promise<void> {
  const last = (await client.publisher(newest.id)).at(-1);
  const has = last ? serialOf(last) : 0;
  for (const envelope of envelopes.filter((one) => serialOf(one) > has)) {
    world.say(`Telling ${client.origin} who ${newest.id} is (state ${serialOf(envelope)})`);
    const { state, reasons, id } = await client.outcome(await client.handIn('publishers', envelope), waitInSeconds);
    if (state === 'refused') throw new CannotDo([`${client.origin} has refused what ${newest.id} says of itself:`, ...reasons.map((reason) => `  ${reason}`)].join('\n'));
    if (state === 'waiting') throw new CannotDo(`${client.origin} is making sure who ${newest.id} is (${id}). Run this again when it knows: a person looks at each new publisher, and at each new holder of a key, name and scope.`);
  }
}

function serialOf({ payload }: Envelope): number {
  const read = readPublisher(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown);
  return read.ok ? read.value.serial : 0;
}
