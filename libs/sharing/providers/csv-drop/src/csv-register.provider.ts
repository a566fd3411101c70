import { createHash } from 'node:crypto';
import path from 'node:path';
import { Unavailable, type ConnectionCheck, type ProviderDependencies, type RequestContext } from '@guildhall/kernel-contract';
import { KEY_ATTRIBUTES, RegisterRows, STARTER_ATTRIBUTES, addressIn, canonicalize, livesThere, type AttributeId, type Evidence, type EvidenceSource, type PersonFound, type PersonKeys, type QualityReport, type RowPreviewed, type RowsCounted, type RowsPreviewed } from '@guildhall/sharing-contract';
import { BadFile } from './bad-file';
import type { CsvRegisterOptions } from './csv-register.options';
import { DropFolder, isSameFile, type DroppedFile } from './drop-folder';
import { findEncoding } from './find-encoding';
import { KeptFiles, codeOf, type Kept } from './kept-file';
import type { FileReport } from './file-report';
import { readRows } from './read-rows';
import { dayOf, takeFile } from './take-file';

const LOOKS_EVERY_MS = 30_000;
const DAY_MS = 86_400_000;
/** Those that say that a disk or a folder is not there just now. */
const AT_DISK = /^E[A-Z]+$/;

/**
 * Tells from the newest file that was complete. When it is taken, what the mapping names of each person is kept sealed in the data folder, and the file is not needed any more: so it may be overwritten,
 * half written or removed at any time, and what is told is always from one whole file.
 * @public
 */
export class CsvRegister implements EvidenceSource {
  readonly attributes: readonly AttributeId[];
  readonly sourceTitles: EvidenceSource['sourceTitles'];
  readonly find: EvidenceSource['find'];
  readonly #rows: RegisterRows;
  readonly #folder: DropFolder;
  readonly #kept: KeptFiles;
  /** Changes when the mapping does: then the file is read again. */
  readonly #mapping: string;
  #current: Kept | undefined;
  #lookedAtMs = 0;
  #looking: Promise<void> | undefined;
  #taking: Promise<void> | undefined;
  /** The newest file, if it could not be used, and why. It is not tried again until it is another. */
  #refused: { readonly file: DroppedFile; readonly why: BadFile } | undefined;

  /** @throws Error when the options cannot work */
  constructor(readonly id: string, private readonly options: CsvRegisterOptions, private readonly dependencies: Pick<ProviderDependencies, 'clock' | 'log' | 'council' | 'dataFolder' | 'secret'>) {
    const definitions = options.vocabulary?.attributes ?? STARTER_ATTRIBUTES;
    this.#rows = new RegisterRows(options.columns, definitions);
    this.attributes = this.#rows.attributes;
    this.sourceTitles = this.#rows.sourceTitles;
    this.#folder = new DropFolder(options);
    this.#kept = new KeptFiles(path.join(path.resolve(dependencies.dataFolder), 'sharing', dependencies.council.id, id), dependencies.secret(`sharing.${id}`));
    const forms = definitions.filter((definition) => this.attributes.includes(definition.id)).map((definition) => [definition.id, definition.form]);
    this.#mapping = createHash('sha256').update(canonicalize(JSON.parse(JSON.stringify(['with names', options.columns, forms, options.delimiter ?? ',', options.encoding ?? null])))).digest('hex');
    if (KEY_ATTRIBUTES.every((key) => this.attributes.includes(key))) this.find = (_ctx, keys) => this.#atDisk(() => this.#findPerson(keys));
  }

  async read(_ctx: RequestContext, localId: string, attributes: readonly AttributeId[]): Promise<readonly Evidence[]> {
    const asked = this.attributes.filter((id) => attributes.includes(id));
    return this.#atDisk(async () => {
      const evidence = await this.#find(localId);
      return evidence.filter(({ attribute }) => asked.includes(attribute));
    });
  }

  /** Takes a file that has come, and says in words what is told from, or why nothing is. */
  async check(): Promise<ConnectionCheck> {
    try {
      await this.#look();
      await this.#taking;
      const newest = await this.#folder.newest(this.dependencies.clock.now());
      return this.#described(newest);
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || !AT_DISK.test(code)) throw error;
      return { ok: false, message: `${this.id}: ${this.options.folder} or the data folder cannot be used (${code}). Make the folder, and let the user as whom Guildhall runs read it.` };
    }
  }

  /** What the file that is told from was like; nothing when there is none. */
  async report(): Promise<readonly QualityReport[]> {
    const kept = await this.#atDisk(() => this.#kept.current());
    if (!kept) return [];
    const { file: name, ...report } = kept.report;
    return [{ name, ...report }];
  }

  /**
   * The first rows of the newest file as they would be told, complete or not.
   * @throws Unavailable when there is none, or it cannot be read
   */
  async preview(_ctx: RequestContext, count: number): Promise<readonly RowsPreviewed[]> {
    const file = await this.#atDisk(() => this.#folder.newest(this.dependencies.clock.now()));
    if (!file) throw new Unavailable(`There is no file ${this.options.file} in ${this.options.folder}.`);
    try {
      return [{ name: file.name, attributes: this.attributes, rows: await this.#atDisk(() => this.#firstRows(file, count)) }];
    } catch (error) {
      if (!(error instanceof BadFile)) throw error;
      throw new Unavailable(`${file.name} cannot be read. ${error.message}`);
    }
  }

  async #firstRows(file: DroppedFile, count: number): Promise<readonly RowPreviewed[]> {
    const look = await findEncoding(file.path, this.options.encoding);
    const rows: RowPreviewed[] = [];
    for await (const { line, isWhole, cellOf } of readRows(file.path, look, this.#rows.columnsFor(), this.options.delimiter ?? ',')) {
      rows.push(isWhole ? { line, localId: this.#rows.localIdIn(cellOf), ...this.#rows.read(cellOf, this.attributes, dayOf(file)) } : { line, localId: '', evidence: [], misfits: ['of-another-length'] });
      if (rows.length >= count) break;
    }
    return rows;
  }

  #find(localId: string): Promise<readonly Evidence[]> { return this.#fromKept((kept) => this.#kept.find(kept, localId, this.options.columns)); }

  #findPerson(keys: PersonKeys): Promise<PersonFound> {
    return this.#fromKept(async (kept) => {
      const named = await this.#kept.named(kept, keys);
      if (named === 'several') return { match: 'several' };
      const address = named && addressIn(await this.#kept.find(kept, named.localId, this.options.columns));
      return address && livesThere(keys, address) ? { match: 'one', localId: named.localId } : { match: 'none' };
    });
  }

  async #fromKept<Result>(look: (kept: Kept) => Promise<Result>): Promise<Result> {
    const kept = await this.#toTellFrom();
    try {
      return await look(kept);
    } catch (error) {
      // Another server has taken the next file meanwhile.
      if (codeOf(error) !== 'ENOENT') throw this.#asDamaged(error);
      this.#current = undefined;
      return look(await this.#toTellFrom());
    }
  }

  async #toTellFrom(): Promise<Kept> {
    const now = this.dependencies.clock.now().getTime();
    if (!this.#current || Math.abs(now - this.#lookedAtMs) >= LOOKS_EVERY_MS) await this.#look();
    // While the next one is taken, it is told from this one; without one it is waited for.
    if (!this.#current) await this.#taking;
    if (!this.#current) throw new Unavailable(`The register ${this.id} cannot be read: ${this.#refused ? this.#refused.why.message : 'no complete file has come yet.'}`);
    if (this.#isTooOld(this.#current)) throw new Unavailable(`The register ${this.id} cannot be read: its newest file is of ${dayOf(this.#current.file)}, and that is too long ago.`);
    return this.#current;
  }

  #isTooOld({ file }: Kept): boolean { return this.dependencies.clock.now().getTime() - file.changedAtMs > (this.options.goodForInDays ?? 7) * DAY_MS; }

  /** Looks what is kept, and whether another file has come; it is taken while others go on. */
  #look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => { this.#looking = undefined; });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const now = this.dependencies.clock.now();
    const kept = await this.#kept.current();
    this.#current = kept?.mapping === this.#mapping ? kept : undefined;
    this.#lookedAtMs = now.getTime();
    const newest = await this.#folder.newest(now).catch((error: unknown) => {
      // What is kept is told from, even if the folder cannot be reached: until it is too old.
      if (!this.#current) throw error;
      this.dependencies.log.warn('sharing-csv.folder-unreachable', { source: this.id, code: codeOf(error) ?? 'unknown' });
      return undefined;
    });
    if (this.#refused && !(newest && isSameFile(newest, this.#refused.file))) this.#refused = undefined;
    if (!newest?.isComplete || this.#taking || this.#refused || (this.#current && isSameFile(newest, this.#current.file))) return;
    this.#taking = this.#take(newest, kept, now).finally(() => { this.#taking = undefined; });
    // Whoever waits for it hears of its failure; when nobody does, it is tried again at the next look.
    this.#taking.catch((error: unknown) => this.dependencies.log.warn('sharing-csv.not-taken', { source: this.id, code: codeOf(error) ?? 'unknown' }));
  }

  async #take(file: DroppedFile, before: Kept | undefined, now: Date): Promise<void> {
    try {
      this.#current = await takeFile(this.#kept, { file, rows: this.#rows, options: this.options, mapping: this.#mapping, before: before?.mapping === this.#mapping ? before : undefined, now });
      this.#refused = undefined;
      const { rows, people, doubles } = this.#current.report;
      this.dependencies.log.info('sharing-csv.taken', { source: this.id, rows, people, doubles: doubles.count });
      await this.#kept.sweep(now);
    } catch (error) {
      if (!(error instanceof BadFile)) throw error;
      this.#refused = { file, why: error };
      this.dependencies.log.warn('sharing-csv.refused', { source: this.id, reason: error.reason });
    }
  }

  #described(newest: DroppedFile | undefined): ConnectionCheck {
    const current = this.#current;
    const faults = [
      ...(this.#refused ? [`${this.#refused.file.name} cannot be used. ${this.#refused.why.message}`] : []),
      ...(!newest ? [`There is no file ${this.options.file} in ${this.options.folder}.`] : []),
      ...(current && this.#isTooOld(current) ? [`The newest file is of ${dayOf(current.file)}: nothing is told from it any more. Look why no other has come.`] : []),
    ];
    const waiting = newest && !newest.isComplete ? [`${newest.name} is not complete yet.`] : [];
    if (!current) return { ok: false, message: [`${this.id}: nothing can be told.`, ...faults, ...waiting].join(' ') };
    return { ok: faults.length === 0, message: [`${this.id}: ${current.report.people} people are told of from ${current.file.name}, taken at ${current.report.takenAt}.`, ...faults, ...waiting, ...advice(current.report)].join(' ') };
  }

  #asDamaged(error: unknown): unknown {
    const code = codeOf(error);
    if (code !== undefined && AT_DISK.test(code)) return error;
    this.dependencies.log.error('sharing-csv.damaged', { source: this.id });
    return new Unavailable(`The register ${this.id} cannot be read: what is kept of it is damaged. Remove its folder in the data folder, and the newest file is taken again.`);
  }

  async #atDisk<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || !AT_DISK.test(code)) throw error;
      throw new Unavailable(`The register ${this.id} cannot be read: a folder cannot be used (${code}).`);
    }
  }
}

/** What somebody should look at, each with the lines where it is. */
function advice(report: FileReport): readonly string[] {
  const counted: readonly (readonly [RowsCounted, string])[] = [
    [report.ofAnotherLength, 'do not have a cell for each column'], [report.withoutLocalId, 'name nobody'], [report.withoutDay, 'have no day from which they are so'], [report.doubles, 'are of somebody who is there before: nothing is told of them'],
    ...Object.entries(report.attributes).map(([id, { misfits }]) => [misfits, `have a ${id} that does not fit and is not told`] as const),
  ];
  return counted.filter(([{ count }]) => count > 0).map(([{ count, lines }, what]) => `Rows that ${what}: ${count} (${lines.length < count ? 'first of them ' : ''}${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, 5).join(', ')}).`);
}
