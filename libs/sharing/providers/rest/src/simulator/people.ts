/** Somebody in the simulated back office: whatever JSON stands there, and by what they are found. @public */
export interface SimulatedPerson {
  readonly id: string;
  /** As the API writes days. */
  readonly born?: string;
  readonly [field: string]: unknown;
}

/** People who do not exist: one of whom all is known, one without a date of birth, and one whose values do not fit. @public */
export const inventedPeople: readonly SimulatedPerson[] = [
  { id: 'TEST-1', name: 'Ann Example', born: '1951-02-28', address: { lines: ['7 High Street', 'Testham'], postcode: 'ZZ99 1AB', uprn: 990000012345 }, reduction: true, asOf: '2026-11-01T02:00:00Z' },
  { id: 'TEST-2', name: 'Bob Example', born: '', address: { lines: ['9 High Street'], postcode: 'zz991ab', uprn: null }, reduction: false, asOf: '2026-11-01T02:00:00Z' },
  { id: 'TEST-3', name: { first: 'Carol' }, born: '1980-02-30', address: 'NOT KNOWN', reduction: 'PENDING', asOf: '2026-11-01T02:00:00Z' },
];

/** The people of a back office, as its API answers. It forgives how an id is written, as old systems do. */
export class People {
  constructor(private readonly all: readonly SimulatedPerson[]) {}

  get ids(): readonly string[] { return this.all.map(({ id }) => id); }

  /** One person, or a list where the office has several by this id; nothing where it has none. */
  called(written: string): unknown {
    const found = this.all.filter(({ id }) => plain(id) === plain(written));
    return found.length > 1 ? found : found[0];
  }
  bornOn(day: string): readonly SimulatedPerson[] { return this.all.filter(({ born }) => born === day); }
  /** Somebody, and not the one who was asked for. */
  besides(written: string): SimulatedPerson | undefined { return this.all.find(({ id }) => plain(id) !== plain(written)); }
}

const plain = (id: string): string => id.trim().toLowerCase();
