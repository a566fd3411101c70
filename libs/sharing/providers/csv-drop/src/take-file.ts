import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { ukDay, type AttributeId, type RegisterRows } from '@guildhall/sharing-contract';
import { BadFile } from './bad-file';
import type { CsvRegisterOptions } from './csv-register.options';
import type { DroppedFile } from './drop-folder';
import { findEncoding } from './find-encoding';
import { Appending, ENTRY_BYTES, entryBytes, sortEntries } from './index-entries';
import { wordsOf, type Kept, type KeptFiles } from './kept-file';
import { RowCount, type FileReport } from './file-report';
import { readRows } from './read-rows';

/** The day on which a file was made, here. */
export function dayOf({ changedAtMs }: Pick<DroppedFile, 'changedAtMs'>): string { return ukDay(new Date(changedAtMs)); }

export interface Taking {
  readonly file: DroppedFile;
  readonly rows: RegisterRows;
  readonly options: Pick<CsvRegisterOptions, 'delimiter' | 'encoding' | 'leastShareOfPeople'>;
  readonly mapping: string;
  /** What is told from until now. */
  readonly before: Kept | undefined;
  readonly now: Date;
}

/**
 * Takes a file: reads it row by row, keeps what the mapping names of each person, sealed, and then is told from. Whatever happens before, the one before stays.
 * @throws BadFile when it cannot be used
 */
export async function takeFile(files: KeptFiles, taking: Taking): Promise<Kept> {
  const token = randomBytes(12).toString('hex');
  const open: FileHandle[] = [];
  const create = async (end: string): Promise<FileHandle> => {
    const file = await files.create(`${token}.${end}`);
    open.push(file);
    return file;
  };
  try {
    const [values, unsorted, index, unsortedNames, names] = [await create('values'), await create('unsorted'), await create('index'), await create('unsorted-names'), await create('names')];
    const kept = await read(files, taking, { token, values, unsorted, index, unsortedNames, names });
    await Promise.all([values.sync(), index.sync(), names.sync()]);
    await files.replace(kept);
    for (const file of open.splice(0)) await file.close();
    await files.remove(token, ['unsorted', 'unsorted-names']);
    if (taking.before) await files.remove(taking.before.token);
    return kept;
  } catch (error) {
    for (const file of open) await file.close();
    await files.remove(token);
    throw error;
  }
}

interface Into { readonly token: string; readonly values: FileHandle; readonly unsorted: FileHandle; readonly index: FileHandle; readonly unsortedNames: FileHandle; readonly names: FileHandle }

async function read(files: KeptFiles, { file, rows, options, mapping, before, now }: Taking, { token, values, unsorted, index, unsortedNames, names }: Into): Promise<Kept> {
  const look = await findEncoding(file.path, options.encoding);
  const salt = randomBytes(32).toString('base64url');
  const sealing = files.sealing(salt);
  const sealingOfNames = files.sealingOfNames(salt);
  const [toValues, toUnsorted, toUnsortedNames] = [new Appending(values), new Appending(unsorted), new Appending(unsortedNames)];
  const [withoutLocalId, ofAnotherLength, withoutDay, doubles] = [new RowCount(), new RowCount(), new RowCount(), new RowCount()];
  const found = new Map(rows.attributes.map((id) => [id, { known: 0, misfits: new RowCount() }]));
  const day = dayOf(file);
  let read = 0;
  let entries = 0;
  for await (const { line, isWhole, cellOf } of readRows(file.path, look, rows.columnsFor(), options.delimiter ?? ',')) {
    read++;
    if (!isWhole) { ofAnotherLength.add(line); continue; }
    const localId = rows.localIdIn(cellOf);
    if (localId === '') { withoutLocalId.add(line); continue; }
    const { evidence, misfits } = rows.read(cellOf, rows.attributes, day);
    for (const { attribute } of evidence) (found.get(attribute) ?? { known: 0 }).known++;
    for (const misfit of misfits) (misfit === 'as-of' ? withoutDay : found.get(misfit)?.misfits)?.add(line);
    const mark = sealing.mark(localId);
    const sealed = sealing.seal(mark, entries, wordsOf(evidence));
    if (toUnsorted.append(entryBytes({ mark, offset: toValues.sizeInBytes, length: sealed.length, row: entries, line }))) await toUnsorted.flush();
    if (toValues.append(sealed)) await toValues.flush();
    const named = rows.namesIn(cellOf);
    if (named) {
      const markOfNames = sealingOfNames.markOfNames(named);
      const sealedId = sealingOfNames.seal(markOfNames, entries, localId);
      if (toUnsortedNames.append(entryBytes({ mark: markOfNames, offset: toValues.sizeInBytes, length: sealedId.length, row: entries, line }))) await toUnsortedNames.flush();
      if (toValues.append(sealedId)) await toValues.flush();
    }
    entries++;
  }
  await toValues.flush();
  await toUnsorted.flush();
  await toUnsortedNames.flush();
  const toIndex = new Appending(index);
  const people = await sortEntries(unsorted, toIndex, entries, (line) => doubles.add(line));
  const toNames = new Appending(names);
  await sortEntries(unsortedNames, toNames, toUnsortedNames.sizeInBytes / ENTRY_BYTES, () => undefined);
  const least = Math.ceil((before?.report.people ?? 0) * (options.leastShareOfPeople ?? 0.5));
  if (people === 0) throw new BadFile('empty', 'Nobody is in it.');
  if (people < least) throw new BadFile('too-few', `It has ${people} people, and the one before had ${before?.report.people}. If that is right, set leastShareOfPeople to 0 until it is taken.`);
  const report: FileReport = {
    file: file.name, encoding: look.encoding, takenAt: now.toISOString(), rows: read, people, withoutLocalId, ofAnotherLength, withoutDay, doubles, attributes: Object.fromEntries(found) as Record<AttributeId, { known: number; misfits: RowCount }>,
  };
  return { token, salt, entries: toIndex.sizeInBytes / ENTRY_BYTES, names: toNames.sizeInBytes / ENTRY_BYTES, mapping, file: { name: file.name, sizeInBytes: file.sizeInBytes, changedAtMs: file.changedAtMs }, report };
}
