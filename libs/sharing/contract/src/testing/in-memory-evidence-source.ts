import { Unavailable, type RequestContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';
import type { EvidenceSource } from '../asking/evidence-source';
import type { Evidence } from '../asking/exchange';
import { addressIn, isNamedSo, livesThere, namesIn, type PersonFound, type PersonKeys } from '../linking/person-keys';
import type { KnownPerson } from './known-people';

/** Knows people in memory; it can be told to be out of reach. @public @example new InMemoryEvidenceSource(['person.name'], [{ localId: 'one', evidence: [] }]) */
export class InMemoryEvidenceSource implements EvidenceSource {
  readonly id = 'in-memory';
  /** Set: every question throws Unavailable. */
  isDown = false;
  readonly #people: Map<string, readonly Evidence[]>;
  constructor(readonly attributes: readonly AttributeId[], people: readonly KnownPerson[] = []) { this.#people = new Map(people.map(({ localId, evidence }) => [localId, evidence])); }

  /** From now on this is what is known of somebody. */
  set({ localId, evidence }: KnownPerson): void { this.#people.set(localId, evidence); }

  async read(_ctx: RequestContext, localId: string, attributes: readonly AttributeId[]): Promise<readonly Evidence[]> {
    if (this.isDown) throw new Unavailable('What is known of people cannot be read.');
    return structuredClone((this.#people.get(localId) ?? []).filter(({ attribute }) => attributes.includes(attribute) && this.attributes.includes(attribute)));
  }

  async find(_ctx: RequestContext, keys: PersonKeys): Promise<PersonFound> {
    if (this.isDown) throw new Unavailable('What is known of people cannot be read.');
    const [first, ...others] = [...this.#people].filter(([, evidence]) => isNamedSo(keys, namesIn(evidence)));
    if (others.length > 0) return { match: 'several' };
    const address = first && addressIn(first[1]);
    return address && livesThere(keys, address) ? { match: 'one', localId: first[0] } : { match: 'none' };
  }
}
