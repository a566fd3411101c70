import type { ToldValue } from '@guildhall/services-contract';

/** Something that somebody has given or let be told. */
export interface Given { readonly person: string; readonly attribute: string; readonly value: ToldValue; readonly purposes: readonly string[]; readonly until: number; readonly agreement?: string }
/** What is asked of somebody, or shown to them. */
export type AskedFor = Pick<Given, 'person' | 'attribute' | 'purposes'>;

/** What people have given or let be told, as they would say themselves; how often they were asked for it all the same, and how often it was used for what they did not give it for. */
export class Remembers {
  #given: readonly Given[] = [];
  askedTwice = 0;
  misused = 0;
  gives(one: Given): void { this.#given = [...this.#given, one]; }
  forgets(which: (one: Given) => boolean): void { this.#given = this.#given.filter((one) => !which(one)); }
  /** @param isSilent whether the body that told something by this agreement does not say whether it was stopped: then it is not used, and they are asked */
  isAsked(asked: AskedFor, now: number, isSilent: (agreement: string) => boolean): void {
    const given = this.#given.filter(({ agreement }) => agreement === undefined || !isSilent(agreement));
    if (given.some(({ value }) => this.#isGiven(given, asked, value, now))) this.askedTwice++;
  }
  isShown(asked: AskedFor, value: ToldValue, now: number): void { if (!this.#isGiven(this.#given, asked, value, now)) this.misused++; }

  /** The same was given for every purpose. */
  #isGiven(given: readonly Given[], { person, attribute, purposes }: AskedFor, value: ToldValue, now: number): boolean {
    const same = given.filter((one) => one.person === person && one.attribute === attribute && one.until > now && JSON.stringify(one.value) === JSON.stringify(value));
    return purposes.every((purpose) => same.some((one) => one.purposes.includes(purpose)));
  }
}
