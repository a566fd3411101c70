import { Unavailable, type RequestContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';
import type { EvidenceSource } from '../asking/evidence-source';
import type { Evidence } from '../asking/exchange';
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
}
