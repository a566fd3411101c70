import { Unavailable, isGuildhallError, type ConnectionCheck, type ProviderDependencies, type RequestContext } from '@guildhall/kernel-contract';
import { RegisterRows, STARTER_ATTRIBUTES, addressIn, isNamedSo, livesThere, ukDay, type AttributeId, type Evidence, type EvidenceSource, type PersonFound, type PersonKeys, type QualityReport, type RowsPreviewed, type Vocabulary } from '@guildhall/sharing-contract';
import { findColumns, mayWrite, type FoundColumn } from './find-columns';
import { bornOn } from './born-on';
import { columnNamed, quoted, tableNamed, type TableName } from './identifiers';
import { previewOf, reportOn } from './look-at-rows';
import { ReadingConnections, type Queryable } from './reading-connections';
import type { SqlRegisterOptions, SqlTable } from './sql-register.options';

/** No register has a longer one. */
const LONGEST_LOCAL_ID = 200;
/** A letter that the database's encoding does not have: nobody in it is called so. */
const NO_SUCH_LETTER = '22P05';
/** More people than any register has with one date of birth: beyond them it would not be known that a name is there once. */
const MOST_OF_ONE_BIRTHDAY = 5000;

/** A table as it is set, and as the database has it once that was looked up. */
export interface Register {
  readonly table: string;
  readonly name: TableName;
  readonly rows: RegisterRows;
  columns: ReadonlyMap<string, FoundColumn> | undefined;
}

/** Reads what a database that is not ours knows of one person. Every name in a statement is the configuration's, and is in the database; what is asked is only ever a parameter. */
export class SqlRegister implements EvidenceSource {
  readonly attributes: readonly AttributeId[];
  readonly sourceTitles: EvidenceSource['sourceTitles'];
  readonly find: EvidenceSource['find'];
  readonly #registers: readonly Register[];
  readonly #connections: ReadingConnections;
  readonly #misfits = new Map<string, number>();

  /** @throws Error when the options cannot work */
  constructor(readonly id: string, options: SqlRegisterOptions, private readonly dependencies: Pick<ProviderDependencies, 'clock' | 'log'>) {
    this.#registers = registersOf(options);
    this.attributes = this.#registers.flatMap(({ rows }) => rows.attributes);
    this.sourceTitles = Object.assign({}, ...this.#registers.map(({ rows }) => rows.sourceTitles)) as EvidenceSource['sourceTitles'];
    this.#connections = new ReadingConnections(options, id, dependencies.log);
    const people = this.#registers.find(({ rows }) => (['person.name', 'person.date-of-birth'] as const).every((key) => rows.attributes.includes(key)));
    if (people && this.attributes.includes('address.current')) this.find = (ctx, keys) => this.#find(ctx, people, keys);
  }

  async read(_ctx: RequestContext, localId: string, attributes: readonly AttributeId[]): Promise<readonly Evidence[]> {
    const asked = this.#registers.map((register) => ({ register, of: register.rows.attributes.filter((id) => attributes.includes(id)) })).filter(({ of }) => of.length > 0);
    if (asked.length === 0 || localId === '' || localId.length > LONGEST_LOCAL_ID || localId.includes('\0')) return [];
    return this.#looking(() => this.#connections.reading(async (connection) => {
      const evidence: Evidence[] = [];
      for (const { register, of } of asked) evidence.push(...await this.#readOne(connection, register, localId, of));
      return evidence;
    }, { [NO_SUCH_LETTER]: [] }));
  }

  /** What is missing, in words; and how many values did not fit since the start. */
  async check(): Promise<ConnectionCheck> {
    try {
      return await this.#connections.reading(async (connection) => {
        const faults: string[] = [];
        const advice: string[] = [];
        for (const register of this.#registers) {
          const columns = await columnsIn(connection, register.name);
          faults.push(...faultsOf(register, columns));
          if (columns.get(register.rows.mapping.localId)?.isIndexed === false) advice.push(`No index begins with ${register.table}.${register.rows.mapping.localId}: each question reads the whole table. Make one.`);
        }
        if (await mayWrite(connection)) advice.push('The login may write there. Nothing here does, but give it one that may only read.');
        for (const [what, count] of this.#misfits) advice.push(`${count} times since the start ${what} did not fit and was not told.`);
        if (faults.length > 0) return { ok: false, message: `${this.id}: ${faults.join(' ')}` };
        return { ok: true, message: [`${this.id}: ${this.#registers.map(({ table }) => table).join(', ')} can be read.`, ...advice].join(' ') };
      });
    } catch (error) {
      if (!isGuildhallError(error)) throw error;
      return { ok: false, message: error.message };
    }
  }

  /** Of each table what its first five thousand rows are like. */
  report(): Promise<readonly QualityReport[]> {
    const now = this.dependencies.clock.now();
    return this.#ofEach((connection, register) => reportOn(connection, register, ukDay(now), now));
  }

  preview(_ctx: RequestContext, count: number): Promise<readonly RowsPreviewed[]> {
    return this.#ofEach(async (connection, register) => ({ name: register.table, attributes: register.rows.attributes, rows: await previewOf(connection, register, ukDay(this.dependencies.clock.now()), count) }));
  }

  async close(): Promise<void> { await this.#connections.close(); }

  /** One column alone is looked by, with a parameter: names are compared here, by the same rules for every source. */
  async #find(ctx: RequestContext, register: Register, keys: PersonKeys): Promise<PersonFound> {
    const { rows, name } = register;
    const born = bornOn(rows.mapping, keys.dateOfBirth);
    if (!born) return { match: 'none' };
    const ids = await this.#looking(() => this.#connections.reading(async (connection) => {
      register.columns ??= await usableColumns(connection, register);
      const names = rows.columnsFor(['person.name', 'person.date-of-birth']);
      const text = `select ${names.map((column) => `${quoted(column)}::text`).join(', ')} from ${quoted(name.schema)}.${quoted(name.name)} where ${born.condition} limit ${MOST_OF_ONE_BIRTHDAY + 1}`;
      const { rows: there } = await connection.query<(string | null)[]>({ text, values: [...born.values], rowMode: 'array' });
      if (there.length > MOST_OF_ONE_BIRTHDAY) throw new Unavailable(`Too many people in ${register.table} have one date of birth: nobody can be found there.`);
      return there.filter((row) => isNamedSo(keys, rows.namesIn((column) => row[names.indexOf(column)]))).map((row) => row[names.indexOf(rows.mapping.localId)] ?? '');
    }, {}));
    const [localId, ...others] = ids;
    if (others.length > 0) return { match: 'several' };
    const address = localId === undefined ? undefined : addressIn(await this.read(ctx, localId, ['address.current']));
    return localId !== undefined && address && livesThere(keys, address) ? { match: 'one', localId } : { match: 'none' };
  }

  /** Each table in a transaction of its own: one after the other, on one connection at a time. */
  #ofEach<Result>(look: (connection: Queryable, register: Register) => Promise<Result>): Promise<readonly Result[]> {
    return this.#looking(async () => {
      const found: Result[] = [];
      for (const register of this.#registers) {
        found.push(await this.#connections.reading(async (connection) => {
          register.columns ??= await usableColumns(connection, register);
          return look(connection, register);
        }));
      }
      return found;
    });
  }

  /** What the database has may have changed: when it fails, it is looked up anew. */
  async #looking<Result>(look: () => Promise<Result>): Promise<Result> {
    try {
      return await look();
    } catch (error) {
      for (const register of this.#registers) register.columns = undefined;
      throw error;
    }
  }

  async #readOne(connection: Queryable, register: Register, localId: string, asked: readonly AttributeId[]): Promise<readonly Evidence[]> {
    const { rows, name } = register;
    const columns = (register.columns ??= await usableColumns(connection, register));
    if (!canBe(columns.get(rows.mapping.localId), localId)) return [];
    const names = rows.columnsFor(asked);
    const text = `select ${names.map((column) => `${quoted(column)}::text`).join(', ')} from ${quoted(name.schema)}.${quoted(name.name)} where ${quoted(rows.mapping.localId)} = $1 limit 2`;
    const { rows: [found, ...others] } = await connection.query<(string | null)[]>({ text, values: [localId], rowMode: 'array' });
    if (!found) return [];
    if (others.length > 0) {
      this.#count('somebody who is there twice', `${register.table}.${rows.mapping.localId}`);
      return [];
    }
    // To a database "1" may be "01", and "Ann" "ann": to a link they are not.
    if (found[names.indexOf(rows.mapping.localId)] !== localId) return [];
    const { evidence, misfits } = rows.read((column) => found[names.indexOf(column)], asked, ukDay(this.dependencies.clock.now()));
    for (const misfit of misfits) this.#count(misfit, register.table);
    return evidence;
  }

  #count(what: string, where: string): void {
    const key = `${what} (${where})`;
    this.#misfits.set(key, (this.#misfits.get(key) ?? 0) + 1);
    this.dependencies.log.warn('sharing-sql.not-told', { source: this.id, what, where });
  }
}

/** @throws Error when one cannot be read, whatever the database has */
export function registersOf({ tables, vocabulary }: Pick<SqlRegisterOptions, 'tables' | 'vocabulary'>): readonly Register[] {
  if (tables.length === 0) throw new Error('There are no tables to read.');
  const registers = tables.map((table) => registerOf(table, vocabulary?.attributes ?? STARTER_ATTRIBUTES));
  const all = registers.flatMap(({ rows }) => rows.attributes);
  const twice = all.find((attribute, at) => all.indexOf(attribute) !== at);
  if (twice) throw new Error(`${twice} is in two tables: it is not known which of them is right. Leave it in one.`);
  return registers;
}

function registerOf({ table, ...mapping }: SqlTable, attributes: Vocabulary['attributes']): Register {
  const rows = new RegisterRows(mapping, attributes);
  rows.columnsFor().forEach(columnNamed);
  return { table, name: tableNamed(table), rows, columns: undefined };
}

async function columnsIn(connection: Queryable, name: TableName): Promise<ReadonlyMap<string, FoundColumn>> { return new Map((await findColumns(connection, name)).map((column) => [column.name, column])); }

async function usableColumns(connection: Queryable, register: Register): Promise<ReadonlyMap<string, FoundColumn>> {
  const columns = await columnsIn(connection, register.name);
  const [fault] = faultsOf(register, columns);
  if (fault !== undefined) throw new Unavailable(fault);
  return columns;
}

function faultsOf({ table, rows }: Register, columns: ReadonlyMap<string, FoundColumn>): readonly string[] {
  if (columns.size === 0) return [`There is no table or view ${table}.`];
  const names = rows.columnsFor();
  const missing = names.filter((name) => !columns.has(name)).map((name) => {
    const other = [...columns.keys()].find((each) => each.toLowerCase() === name.toLowerCase());
    return `${table} has no column ${name}${other === undefined ? '' : `; it has ${other}`}.`;
  });
  const unreadable = names.filter((name) => columns.get(name)?.isReadable === false);
  const localId = columns.get(rows.mapping.localId);
  return [
    ...missing, ...(unreadable.length > 0 ? [`The login may not read ${unreadable.join(', ')} of ${table}. Grant it select on ${unreadable.length === 1 ? 'that column' : 'those columns'}, and usage on the schema.`] : []),
    ...(localId && kindOf(localId) === undefined ? [`Nobody can be found by ${table}.${localId.name}, which is of type ${localId.type}: it must be text, a whole number or a UUID. Make a view where it is.`] : []),
  ];
}

const WHOLE_NUMBERS: Readonly<Record<string, bigint>> = { int2: 2n ** 15n, int4: 2n ** 31n, int8: 2n ** 63n, numeric: 10n ** 30n };
function kindOf({ type, isText }: FoundColumn): 'text' | 'number' | 'uuid' | undefined { return isText ? 'text' : type in WHOLE_NUMBERS ? 'number' : type === 'uuid' ? 'uuid' : undefined; }

/** Whether somebody can be called so in a column of this type. What cannot is not asked: PostgreSQL would fail. */
function canBe(column: FoundColumn | undefined, localId: string): boolean {
  switch (column && kindOf(column)) {
    case 'text': return true;
    case 'number': return /^(0|-?[1-9]\d{0,29})$/.test(localId) && (localId.startsWith('-') ? -BigInt(localId) : BigInt(localId)) < (WHOLE_NUMBERS[column?.type ?? ''] ?? 0n);
    case 'uuid': return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(localId);
    case undefined: return false;
  }
}
