import type { CellOf, QualityReport, RowPreviewed, RowsCounted } from '@guildhall/sharing-contract';
import { quoted } from './identifiers';
import type { Queryable } from './reading-connections';
import type { Register } from './sql-register.provider';

/** So many rows say what a table is like, in the time that a statement may take. */
const MOST_ROWS = 5000;

/** The first rows of a table in the order of those whom they are about, so that whoever is there twice stands together. */
async function firstRows(connection: Queryable, { rows, name }: Register, count: number): Promise<readonly CellOf[]> {
  const names = rows.columnsFor();
  const text = `select ${names.map((column) => `r.${quoted(column)}::text`).join(', ')} from ${quoted(name.schema)}.${quoted(name.name)} r order by r.${quoted(rows.mapping.localId)} limit $1`;
  const found = await connection.query<(string | null)[]>({ text, values: [count], rowMode: 'array' });
  return found.rows.map((row) => (column) => row[names.indexOf(column)]);
}

/** What the first rows of a table are like; what stands there is not in it. @param day the one that counts where the mapping names none */
export async function reportOn(connection: Queryable, register: Register, day: string, takenAt: Date): Promise<QualityReport> {
  const found = await firstRows(connection, register, MOST_ROWS + 1);
  const looked = found.slice(0, MOST_ROWS);
  const seen = new Map<string, number>();
  const known = new Map(register.rows.attributes.map((id) => [id as string, { known: 0, misfits: 0 }]));
  let withoutDay = 0;
  for (const cellOf of looked) {
    const localId = register.rows.localIdIn(cellOf);
    seen.set(localId, (seen.get(localId) ?? 0) + 1);
    if (localId === '') continue;
    const { evidence, misfits } = register.rows.read(cellOf, register.rows.attributes, day);
    for (const { attribute } of evidence) (known.get(attribute) ?? { known: 0 }).known++;
    for (const misfit of misfits) {
      const counted = known.get(misfit);
      if (counted) counted.misfits++;
      else withoutDay++;
    }
  }
  const withoutLocalId = seen.get('') ?? 0;
  seen.delete('');
  return {
    name: register.table, takenAt: takenAt.toISOString(), rows: looked.length, ...(found.length > MOST_ROWS && { hasMore: true }), people: [...seen.values()].filter((times) => times === 1).length,
    withoutLocalId: counted(withoutLocalId), withoutDay: counted(withoutDay), doubles: counted(looked.length - withoutLocalId - seen.size),
    attributes: Object.fromEntries([...known].map(([id, { known: told, misfits }]) => [id, { known: told, misfits: counted(misfits) }])),
  };
}
/** A table has no lines. */
function counted(count: number): RowsCounted { return { count, lines: [] }; }

/** The first rows of a table as they would be told. */
export async function previewOf(connection: Queryable, register: Register, day: string, count: number): Promise<readonly RowPreviewed[]> {
  const { rows } = register;
  return (await firstRows(connection, register, count)).map((cellOf) => ({ localId: rows.localIdIn(cellOf), ...rows.read(cellOf, rows.attributes, day) }));
}
