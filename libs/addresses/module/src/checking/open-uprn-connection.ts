import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type Connection, type ConnectionCheck, type RequestContext } from '@guildhall/kernel-contract';
import { AddressesSettings } from '../addresses-settings';
import { sourceOf } from '../importing/import-open-uprn';

/** The import goes on every hour at the latest: one that has not for so long is stuck. */
const STUCK_AFTER_MS = 2 * 3_600_000;

interface ImportedRow { readonly source: string; readonly state: 'reading' | 'done' | 'held'; readonly position_in_bytes: string; readonly size_in_bytes: string; readonly points: string; readonly points_before: string; readonly skipped: string; readonly begun_at: Date; readonly changed_at: Date }

const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const counted = (points: string): string => Number(points).toLocaleString('en-GB');

/** How far the import of OS Open UPRN has come, and whether its file is what it should be. */
@Injectable()
export class OpenUprnConnection implements Connection {
  readonly id = 'addresses.open-uprn';
  readonly title = { en: 'OS Open UPRN (file)', cy: 'OS Open UPRN (ffeil)' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(AddressesSettings) private readonly settings: AddressesSettings, @Inject(CLOCK) private readonly clock: Clock) {}

  async check(ctx: RequestContext): Promise<ConnectionCheck> {
    const { openUprn } = this.settings.of(ctx);
    if (!openUprn) return { ok: true, message: 'No file of OS Open UPRN is named: points of UPRNs come from the sources of addresses.' };
    const found = await sourceOf(openUprn).catch((error: unknown) => ({ problem: (error as { code?: string }).code ?? 'unknown' }));
    if ('problem' in found) return { ok: false, message: `${openUprn.file} cannot be read (${found.problem}). Put the unpacked CSV of OS Open UPRN there, where the worker may read it, or name another file.` };
    const [row] = await this.db.query<ImportedRow>(ctx, 'select source, state, position_in_bytes, size_in_bytes, points, points_before, skipped, begun_at, changed_at from addresses.open_uprn_import where council_id = $1', [ctx.council.id]);
    if (row?.source !== found.source) return { ok: true, message: `${openUprn.file} is a new file, and is read within the hour.` };
    return this.standing(openUprn.file, row);
  }

  private standing(file: string, row: ImportedRow): ConnectionCheck {
    const before = Number(row.points_before);
    switch (row.state) {
      case 'reading': {
        const percent = Math.floor((Number(row.position_in_bytes) / Math.max(1, Number(row.size_in_bytes))) * 100);
        if (this.clock.now().getTime() - row.changed_at.getTime() > STUCK_AFTER_MS) return { ok: false, message: `${file} was read as far as ${percent} %, and no further since ${TIME.format(row.changed_at)}. See among the work that failed why, and whether it is the unpacked CSV of OS Open UPRN.` };
        return { ok: true, message: `${file} is being read: ${percent} %, ${counted(row.points)} points, since ${TIME.format(row.begun_at)}.` };
      }
      case 'done': return { ok: true, message: `${counted(row.points)} points of ${file}, read on ${TIME.format(row.changed_at)}${row.skipped === '0' ? '' : `; ${counted(row.skipped)} of its lines were no points`}.` };
      case 'held': return { ok: false, message: before === 0 ? `${file} has no points of the council’s area. Look at the file, and at the rectangle in addresses({ openUprn: { within } }).` : `${file} has ${counted(row.points)} points, less than four fifths of the ${counted(row.points_before)} of the last: none of those were taken away. It was cut off on its way: download it again.` };
    }
  }
}
