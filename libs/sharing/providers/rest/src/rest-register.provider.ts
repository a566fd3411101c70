import { isGuildhallError, type ConnectionCheck, type ProviderDependencies, type RequestContext } from '@guildhall/kernel-contract';
import { addressIn, dayAsWritten, isNamedSo, livesThere, ukDay, type AttributeId, type CellOf, type Evidence, type EvidenceSource, type PersonFound, type PersonKeys, type QualityReport, type RowsPreviewed } from '@guildhall/sharing-contract';
import type { AddressTemplate } from './address-template';
import { BackOfficeCalls } from './back-office-calls';
import { UNFIT, cellsOf } from './cells-of';
import { valueAt } from './json-pointer';
import type { ReadOptions } from './read-options';
import { CountsRead, TWICE } from './counts-read';
import type { RestFind, RestRegisterOptions } from './rest-register.options';

/** More people than any register has with one date of birth. */
const MOST_OF_ONE_BIRTHDAY = 5000;
/** For the check, where no test person is set. */
const NOBODY = 'guildhall-check';
const NOBODYS_BIRTHDAY = '1850-01-01';

/** Reads what an API that is not ours knows of one person. It is asked for one, and what it answers is believed only of the one who is named in it. */
export class RestRegister implements EvidenceSource {
  readonly attributes: readonly AttributeId[];
  readonly sourceTitles: EvidenceSource['sourceTitles'];
  readonly find: EvidenceSource['find'];
  readonly #calls: BackOfficeCalls;
  readonly preview: EvidenceSource['preview'];
  readonly #counted: CountsRead;

  constructor(readonly id: string, private readonly options: RestRegisterOptions, private readonly made: ReadOptions, private readonly dependencies: Pick<ProviderDependencies, 'outbound' | 'clock' | 'log'>) {
    this.attributes = made.rows.attributes;
    this.sourceTitles = made.rows.sourceTitles;
    this.#calls = new BackOfficeCalls(options, id, dependencies);
    this.#counted = new CountsRead(dependencies.clock.now());
    const { find, testPerson } = options;
    const { search } = made;
    if (testPerson !== undefined) this.preview = (_ctx, count) => this.#preview(testPerson, count);
    if (find && search) this.find = (ctx, keys) => this.#find(ctx, search, find, keys);
  }

  async read(_ctx: RequestContext, localId: string, attributes: readonly AttributeId[]): Promise<readonly Evidence[]> {
    const asked = this.attributes.filter((id) => attributes.includes(id));
    if (asked.length === 0) return [];
    const person = await this.#person(localId);
    if (!person) return [];
    const read = this.made.rows.read(person, asked, this.#today());
    this.#counted.add(read);
    for (const misfit of read.misfits) this.#warn(misfit);
    return read.evidence;
  }

  /** What was read since the start: it is asked for one person at a time, and cannot look at everybody. */
  report(): Promise<readonly QualityReport[]> {
    return Promise.resolve([this.#counted.report(this.made.address.origin, this.attributes, this.dependencies.clock.now())]);
  }

  /** The test person as they would be told. */
  async #preview(localId: string, count: number): Promise<readonly RowsPreviewed[]> {
    const person = await this.#person(localId);
    const rows = person && count > 0 ? [{ localId, ...this.made.rows.read(person, this.attributes, this.#today()) }] : [];
    return [{ name: this.made.address.origin, attributes: this.attributes, rows }];
  }

  /** Whether it answers and lets us in, what of the test person is there, and how many values did not fit since the start. */
  async check(): Promise<ConnectionCheck> {
    try {
      const { testPerson, find } = this.options;
      const person = await this.#person(testPerson ?? NOBODY);
      if (testPerson !== undefined && !person) return { ok: false, message: `${this.id}: ${this.made.address.origin} answers, and does not know the test person. Look at the path of the address, at "person" and "localId" of the mapping, and whether the record is still there.` };
      if (find && this.made.search) await this.#bornOn(this.made.search, find, NOBODYS_BIRTHDAY);
      const advice = person ? this.#missingIn(person) : ['No test person is set: a wrong path would look like nobody. Set testPerson to the id of a test record.'];
      for (const [what, count] of this.#counted.misfits) advice.push(`${count} times since the start ${what} did not fit and was not told.`);
      return { ok: true, message: [`${this.id}: ${this.made.address.origin} answers${person ? ', and knows the test person' : ''}.`, ...advice].join(' ') };
    } catch (error) {
      if (!isGuildhallError(error)) throw error;
      return { ok: false, message: error.message };
    }
  }

  #missingIn(person: CellOf): string[] {
    const { rows } = this.made;
    const empty = rows.columnsFor().filter((pointer) => (person(pointer) ?? '') === '');
    const { misfits } = rows.read(person, this.attributes, this.#today());
    return [...(empty.length > 0 ? [`The test person has nothing at ${empty.join(', ')}.`] : []), ...(misfits.length > 0 ? [`Of the test person this does not fit: ${misfits.join(', ')}.`] : [])];
  }

  /** The one who is called so: some APIs take "ct-1" for "CT-1", or answer with all that begin so. */
  async #person(localId: string): Promise<CellOf | undefined> {
    const answer = await this.#calls.get(this.made.address, localId);
    if (!answer) return undefined;
    const there = valueAt(answer.document, this.options.person ?? '');
    if (there === null) return undefined;
    if (Array.isArray(there) && answer.isPart) throw this.#calls.unavailable('its answer is not everybody with that id', 'not-all');
    const [found, ...others] = (Array.isArray(there) ? there as readonly unknown[] : [there]).map((each) => this.#cells(each)).filter((person) => this.#localId(person) === localId);
    if (others.length === 0) return found;
    this.#counted.addDouble();
    this.#warn(TWICE);
    return undefined;
  }

  /** An answer that names nobody is no answer of this API: a fault, or a mapping that does not fit it any more. */
  #localId(person: CellOf): string {
    const localId = this.made.rows.localIdIn(person);
    if (localId === '' || localId === UNFIT) throw this.#calls.unavailable(`what it answers names nobody at ${this.made.rows.mapping.localId}`, 'no-id');
    return localId;
  }

  async #find(ctx: RequestContext, search: AddressTemplate, find: RestFind, keys: PersonKeys): Promise<PersonFound> {
    const named = (await this.#bornOn(search, find, keys.dateOfBirth)).filter((person) => isNamedSo(keys, this.made.rows.namesIn(person)));
    const [localId, ...others] = named.map((person) => this.#localId(person));
    if (others.length > 0) return { match: 'several' };
    const address = localId === undefined ? undefined : addressIn(await this.read(ctx, localId, ['address.current']));
    return localId !== undefined && address && livesThere(keys, address) ? { match: 'one', localId } : { match: 'none' };
  }

  /** @throws Unavailable when it is not everybody */
  async #bornOn(search: AddressTemplate, { people = '', total }: RestFind, day: string): Promise<readonly CellOf[]> {
    const [written] = dayAsWritten(day, this.made.rows.mapping.dates);
    const answer = written === undefined ? undefined : await this.#calls.get(search, written);
    if (!answer) return [];
    const listed = valueAt(answer.document, people);
    if (!Array.isArray(listed)) throw this.#calls.unavailable(`its answer to a search has no list at "${people}"`, 'no-list');
    if (answer.isPart || listed.length > MOST_OF_ONE_BIRTHDAY || (total !== undefined && valueAt(answer.document, total) !== listed.length)) throw this.#calls.unavailable('its answer to a search is not everybody with one date of birth', 'not-all');
    return listed.map((each) => this.#cells(each));
  }

  #cells(person: unknown): CellOf { return cellsOf(person, this.made.yesOrNo); }
  #today(): string { return ukDay(this.dependencies.clock.now()); }

  #warn(what: string): void { this.dependencies.log.warn('sharing-rest.not-told', { source: this.id, what }); }
}
