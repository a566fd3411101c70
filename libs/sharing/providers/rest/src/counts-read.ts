import type { AttributeId, QualityReport, RowRead, RowsCounted } from '@guildhall/sharing-contract';

/** As the check and the log name it. */
export const TWICE = 'somebody who is there twice';

/** Counts what an API told of people since the start, and what did not fit: never whom it was about. */
export class CountsRead {
  /** What did not fit, and how often. */
  readonly misfits = new Map<string, number>();
  readonly #known = new Map<AttributeId, number>();
  #rows = 0;
  #people = 0;
  constructor(private readonly since: Date) {}

  add({ evidence, misfits }: RowRead): void {
    this.#rows++;
    if (evidence.length > 0) this.#people++;
    for (const { attribute } of evidence) this.#known.set(attribute, (this.#known.get(attribute) ?? 0) + 1);
    for (const what of misfits) this.#count(what);
  }

  /** Nothing is told of them. */
  addDouble(): void {
    this.#rows++;
    this.#count(TWICE);
  }

  report(name: string, attributes: readonly AttributeId[], now: Date): QualityReport {
    return {
      name, takenAt: now.toISOString(), since: this.since.toISOString(), rows: this.#rows, people: this.#people, withoutLocalId: counted(0), withoutDay: this.#counted('as-of'), doubles: this.#counted(TWICE),
      attributes: Object.fromEntries(attributes.map((id) => [id, { known: this.#known.get(id) ?? 0, misfits: this.#counted(id) }])),
    };
  }

  #counted(what: string): RowsCounted { return counted(this.misfits.get(what) ?? 0); }
  #count(what: string): void { this.misfits.set(what, (this.misfits.get(what) ?? 0) + 1); }
}

/** An API has no lines. */
function counted(count: number): RowsCounted { return { count, lines: [] }; }
