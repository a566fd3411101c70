import { readAssessment } from '@guildhall/assurance-contract';
import type { PackageListing, ReleaseListing } from '@guildhall/catalogue-contract';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import type { CatalogueClient } from './catalogue-client';

/** Of what a catalogue says of why, in characters. */
const MOST_BECAUSE = 500;

/** What a catalogue lists of a release. */
export interface Offer { readonly client: CatalogueClient; readonly listing: ReleaseListing }

/** In sentences: what a catalogue took off of a package, and why. */
export function removedWords({ catalogue }: CatalogueClient, listing: PackageListing | undefined, isMeant: (version: string) => boolean): readonly string[] {
  return (listing?.removed ?? []).filter((one) => isMeant(one.version)).map(({ version, because, at }) => `${listing?.name ?? ''} ${version} was taken off by ${catalogue.name} on ${at.slice(0, 10)}: ${inALine(because)}`);
}

/** In sentences: what was said of a release and was taken off by a catalogue. */
export function disownedWords(named: string, offers: readonly Offer[]): readonly string[] {
  return offers.flatMap(({ client: { catalogue }, listing: { removed = [] } }) => removed.map(({ kind, by, because, at }) => `${kind === 'notice' ? 'A notice about' : 'An assessment of'} ${named} by ${inALine(by)} was taken off by ${catalogue.name} on ${at.slice(0, 10)}: ${inALine(because)}`));
}

/** What others found of a release. Whatever a catalogue that is followed took off speaks for it no more, whoever lists it still; what speaks against it stays. */
export function standingAssessments(offers: readonly Offer[]): readonly Envelope[] {
  const off = new Set(offers.flatMap(({ listing: { removed = [] } }) => removed.map(({ digest }) => digest)));
  return offers.flatMap(({ listing: { assessments } }) => assessments).filter((envelope) => {
    if (!off.has(documentDigest(envelope))) return true;
    const read = readAssessment(envelope);
    return read.ok && read.value.predicate.findings.some(({ result }) => result === 'not-met');
  });
}

function inALine(text: string): string { return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, MOST_BECAUSE); }
