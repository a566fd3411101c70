import { stat } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, enqueue, sql } from '@guildhall/kernel';
import type { Clock, JobHandler, Log, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, defineJob } from '@guildhall/kernel-contract';
import { AddressesSettings } from '../addresses-settings';
import type { OpenUprnFile } from '../options';
import { readOpenUprn } from './read-open-uprn';
import type { OpenUprnPart } from './read-open-uprn';

/** Brings the points of a new OS Open UPRN file into the database. */
export const ImportOpenUprn = defineJob<Record<never, never>>('addresses.import-open-uprn');

/** Then somebody else's work has its turn: some seconds. */
const LINES_IN_A_TURN = 250_000;
/** A file with less than this share of the points of the last one was cut off on its way. */
const LEAST_SHARE = 0.8;

interface Import { readonly number: number; readonly position: number; readonly size: number; readonly state: 'reading' | 'done' | 'held' }
interface ImportRow { readonly source: string; readonly import_number: number; readonly state: Import['state']; readonly position_in_bytes: string; readonly size_in_bytes: string; readonly points: string; readonly points_before: string; readonly skipped: string }

/** Which file it is, of which size and time, within which rectangle: another is another import. @throws Error of the file system when it is not there */
export async function sourceOf({ file, within }: OpenUprnFile): Promise<{ readonly source: string; readonly size: number }> {
  const { size, mtimeMs } = await stat(file);
  return { source: JSON.stringify([file, size, Math.trunc(mtimeMs), within ?? null]), size };
}

/**
 * Reads the file that the council names, in turns, and remembers with every part that is written how far it has come: after a stop, wherever, it goes
 * on there. What the file no longer has is taken away at its end, unless it has far too little. May be run again at any time, and by several at once.
 */
@Injectable()
export class ImportsOpenUprn implements JobHandler<Record<never, never>> {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log, @Inject(AddressesSettings) private readonly settings: AddressesSettings,
  ) {}

  /** @throws Error when the file cannot be read, or is something else: `doctor` shows work that failed */
  async run(ctx: RequestContext): Promise<void> {
    const { openUprn } = this.settings.of(ctx);
    if (!openUprn) return;
    const begun = await this.#begin(ctx, openUprn);
    if (begun.state !== 'reading') return;
    let position = begun.position;
    let lines = 0;
    // While the database writes one part, the next is read.
    let writing: Promise<boolean> = Promise.resolve(true);
    for await (const part of readOpenUprn(openUprn.file, position, openUprn.within)) {
      if (!(await writing)) return;
      writing = this.#keep(ctx, begun.number, position, part);
      // Looked at in the next round; until then a failure must not pass for one that nobody looks at.
      writing.catch(() => undefined);
      position = part.nextPosition;
      lines += part.uprns.length + part.skipped;
      if (lines >= LINES_IN_A_TURN || position - begun.position >= LINES_IN_A_TURN * 100) {
        if (!(await writing)) return;
        this.log.info('addresses.open-uprn-progress', { council: ctx.council.slug, percent: Math.floor((position / Math.max(1, begun.size)) * 100), importNumber: begun.number });
        await this.db.run(ctx, async (tx) => enqueue(tx, ImportOpenUprn, {}, { key: `from:${position}` }));
        return;
      }
    }
    if (!(await writing)) return;
    await this.#end(ctx, begun.number, position);
  }

  async #begin(ctx: RequestContext, file: OpenUprnFile): Promise<Import> {
    const { source, size } = await sourceOf(file);
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const before = await this.#rowOf(tx);
      if (before?.source === source) return { number: before.import_number, position: Number(before.position_in_bytes), size, state: before.state };
      const number = (before?.import_number ?? 0) + 1;
      // An import that never ended says nothing of how many there should be.
      const pointsBefore = before?.state === 'done' ? before.points : (before?.points_before ?? 0);
      await sql(tx, `
        insert into addresses.open_uprn_import (council_id, source, import_number, state, position_in_bytes, size_in_bytes, points_before, begun_at, changed_at) values ($1, $2, $3, 'reading', 0, $4, $5, $6, $6)
        on conflict (council_id) do update set source = excluded.source, import_number = excluded.import_number, state = 'reading', position_in_bytes = 0, size_in_bytes = excluded.size_in_bytes, points = 0, skipped = 0, points_before = excluded.points_before, begun_at = excluded.begun_at, changed_at = excluded.changed_at`,
      [tx.council.id, source, number, size, pointsBefore, now]);
      return { number, position: 0, size, state: 'reading' };
    });
  }

  /** One part and how far that is, in one transaction. False when somebody else was there first. */
  async #keep(ctx: RequestContext, number: number, from: number, part: OpenUprnPart): Promise<boolean> {
    return this.db.run(ctx, async (tx) => {
      const row = await this.#rowOf(tx);
      if (row?.import_number !== number || row.state !== 'reading' || Number(row.position_in_bytes) !== from) return false;
      await sql(tx, `
        insert into addresses.uprn_point (council_id, uprn, latitude, longitude, import_number) select $1, given.*, $5 from unnest($2::text[], $3::float8[], $4::float8[]) as given (uprn, latitude, longitude)
        on conflict (council_id, uprn) do update set latitude = excluded.latitude, longitude = excluded.longitude, import_number = excluded.import_number`,
      [tx.council.id, part.uprns, part.latitudes, part.longitudes, number]);
      await sql(tx, 'update addresses.open_uprn_import set position_in_bytes = $2, points = points + $3, skipped = skipped + $4, changed_at = $5 where council_id = $1', [tx.council.id, part.nextPosition, part.uprns.length, part.skipped, this.clock.now()]);
      return true;
    });
  }

  async #end(ctx: RequestContext, number: number, position: number): Promise<void> {
    const ended = await this.db.run(ctx, async (tx) => {
      const row = await this.#rowOf(tx);
      if (row?.import_number !== number || row.state !== 'reading' || Number(row.position_in_bytes) > position) return undefined;
      const isTooLittle = Number(row.points) === 0 || Number(row.points) < Number(row.points_before) * LEAST_SHARE;
      if (!isTooLittle) await sql(tx, 'delete from addresses.uprn_point where council_id = $1 and import_number <> $2', [tx.council.id, number]);
      await sql(tx, 'update addresses.open_uprn_import set state = $2, changed_at = $3 where council_id = $1', [tx.council.id, isTooLittle ? 'held' : 'done', this.clock.now()]);
      return { isTooLittle, row };
    });
    if (!ended) return;
    const facts = { council: ctx.council.slug, importNumber: number, points: Number(ended.row.points), before: Number(ended.row.points_before), skipped: Number(ended.row.skipped) };
    if (ended.isTooLittle) this.log.error('addresses.open-uprn-held', facts);
    else this.log.info('addresses.open-uprn-imported', facts);
  }

  async #rowOf(tx: TransactionContext): Promise<ImportRow | undefined> {
    const [row] = await sql<ImportRow>(tx, 'select source, import_number, state, position_in_bytes, size_in_bytes, points, points_before, skipped from addresses.open_uprn_import where council_id = $1 for update', [tx.council.id]);
    return row;
  }
}
