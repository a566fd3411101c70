import type { Evidence } from '../asking/exchange';
import { dateAfter } from './periods';
import type { AttributeDefinition, AttributeId } from './vocabulary';

/**
 * Whether what was known on a day may still be believed: always, where its attribute does not say for how long.
 * @public
 * @param today in the United Kingdom: `2026-11-22`
 */
export function isFresh({ freshFor }: Pick<AttributeDefinition, 'freshFor'>, asOf: string, today: string): boolean { return freshFor === undefined || today <= dateAfter(asOf, freshFor); }

/** What must be read to tell of these: they themselves, and what they can be worked out from. @public */
export function basesFor(asked: readonly AttributeId[], definitions: readonly AttributeDefinition[]): readonly AttributeId[] {
  return [...new Set(asked.flatMap((id) => [id, ...basesOf(id, definitions)]))];
}

/**
 * What of these may be told: what is known and not too old, and what is worked out from something that is neither told itself nor too old, where nothing that is fresh says it.
 * @public
 */
export function toldFrom(known: readonly Evidence[], asked: readonly AttributeId[], { definitions, today }: { readonly definitions: readonly AttributeDefinition[]; readonly today: string }): readonly Evidence[] {
  const fresh = known.filter(({ attribute, asOf }) => isFresh(definitions.find(({ id }) => id === attribute) ?? {}, asOf, today));
  return asked.flatMap((id) => {
    const said = fresh.filter(({ attribute }) => attribute === id);
    return said.length > 0 ? said : definitions.filter((one) => one.id === id).flatMap((one) => workedOut(one, fresh, today) ?? []);
  });
}

/** Of what was asked and is not told: of which something is known that is too old. @public */
export function tooOldFrom(known: readonly Evidence[], asked: readonly AttributeId[], { definitions, today }: { readonly definitions: readonly AttributeDefinition[]; readonly today: string }): readonly AttributeId[] {
  const told = toldFrom(known, asked, { definitions, today });
  const old = known.filter(({ attribute, asOf }) => !isFresh(definitions.find(({ id }) => id === attribute) ?? {}, asOf, today));
  return asked.filter((id) => !told.some(({ attribute }) => attribute === id) && old.some(({ attribute }) => basesFor([id], definitions).includes(attribute)));
}

/** Of several bases that do not say the same nothing is worked out: nobody knows which is right. */
function workedOut({ id, derivedFrom = [], derivation }: AttributeDefinition, known: readonly Evidence[], today: string): Evidence | undefined {
  const bases = known.filter(({ attribute }) => derivedFrom.includes(attribute));
  const [basis] = bases;
  if (!derivation || !basis || typeof basis.value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(basis.value) || bases.some(({ value }) => value !== basis.value)) return undefined;
  // As text, so that whoever was born on 29 February is a year older on 1 March where there is none.
  const birthday = `${Number(basis.value.slice(0, 4)) + derivation.years}${basis.value.slice(4)}`;
  return { attribute: id, value: birthday <= today, asOf: today, source: basis.source, verified: basis.verified };
}

function basesOf(id: AttributeId, definitions: readonly AttributeDefinition[]): readonly AttributeId[] {
  const found = definitions.find((one) => one.id === id);
  return found?.derivation ? found.derivedFrom ?? [] : [];
}
