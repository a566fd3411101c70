import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openPublisher, readPublisher, type Publisher } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { CannotDo } from '../command';
import { jsonIn, right, written } from './documents';

/**
 * Where a publisher keeps what it says of itself: `guildhall.json` in its repository.
 * @example { "publisher": "publisher.json", "catalogues": ["https://catalogue.westmarch.example"] }
 */
export interface PublisherHome {
  /** `publisher.json`, written by people: the next state, or the one that was signed last. */
  readonly draft: string;
  /** `publisher.signed.json`, written by commands: every state that was signed, the newest last. */
  readonly signed: string;
  /** Origins of the catalogues in which it lists what it publishes. */
  readonly catalogues: readonly string[];
}

const FILE = 'guildhall.json';

/** What the nearest `guildhall.json` says, upwards from a folder; without one, the files are in that folder. @throws CannotDo */
export async function publisherHome(folder: string): Promise<PublisherHome> {
  const home = homeOf(folder);
  const told = home === undefined ? {} : ((await jsonIn(path.join(home, FILE))) as { readonly publisher?: unknown; readonly catalogues?: unknown });
  const { publisher = 'publisher.json', catalogues = [] } = told;
  if (typeof publisher !== 'string' || !Array.isArray(catalogues)) throw new CannotDo(`${path.join(home ?? folder, FILE)} names "publisher", a file, and "catalogues", a list of addresses.`);
  const draft = path.resolve(home ?? folder, publisher);
  return { draft, signed: draft.replace(/(\.json)?$/, '.signed.json'), catalogues: (catalogues as readonly (string | { readonly origin?: string })[]).map((one) => originOf(typeof one === 'string' ? one : (one.origin ?? ''))) };
}

function homeOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, FILE))) return folder;
  const above = path.dirname(folder);
  return above === folder ? undefined : homeOf(above);
}

/** The address of a catalogue without what is below it. @throws CannotDo */
export function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new CannotDo(`${address} is no address of a catalogue. It looks like https://catalogue.westmarch.example.`);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** A publisher's states as they were signed, each proved by the one before. */
export interface SignedStates { readonly envelopes: readonly Envelope[]; readonly newest?: Publisher }

/** @throws CannotDo when one of them does not follow on the one before */
export async function signedStates({ signed }: Pick<PublisherHome, 'signed'>, now: Date): Promise<SignedStates> {
  if (!existsSync(signed)) return { envelopes: [] };
  const envelopes = await jsonIn(signed);
  if (!Array.isArray(envelopes)) throw new CannotDo(`${signed} is no list of signed states. "guildhall publisher sign" writes it.`);
  let newest: Publisher | undefined;
  for (const envelope of envelopes as readonly Envelope[]) newest = openedThen(envelope, newest, signed, now);
  return { envelopes: envelopes as readonly Envelope[], ...(newest && { newest }) };
}

/** A state that has been believed before stays so: it is looked at as at the moment when the keys of the one before were good, not today. */
function openedThen(envelope: Envelope, before: Publisher | undefined, file: string, now: Date): Publisher {
  const moments = [now, ...(before?.keys ?? []).flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [until])]).map((moment) => new Date(moment))];
  const tried = moments.map((moment) => openPublisher(envelope, before, moment));
  return right(tried.find(({ ok }) => ok) ?? (tried[0] as (typeof tried)[number]), file);
}

/** The state that has been signed last. @throws CannotDo when there is none */
export async function signedPublisher(home: PublisherHome, now: Date): Promise<SignedStates & { readonly newest: Publisher }> {
  const { envelopes, newest } = await signedStates(home, now);
  if (!newest) throw new CannotDo(`${home.signed} is not there. "guildhall key" begins a publisher, and "guildhall publisher sign" signs it.`);
  return { envelopes, newest };
}

/** What people have written of the publisher. @throws CannotDo */
export async function draftPublisher({ draft }: Pick<PublisherHome, 'draft'>): Promise<Publisher> { return right(readPublisher(await jsonIn(draft)), draft); }

/** Writes a new state both for people and for everybody else. */
export async function keepPublisher({ draft, signed }: PublisherHome, publisher: Publisher, envelopes: readonly Envelope[]): Promise<void> {
  await writeFile(draft, written(publisher));
  await writeFile(signed, written(envelopes));
}
