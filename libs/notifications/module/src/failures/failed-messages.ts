import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { demand, type RequestContext } from '@guildhall/kernel-contract';
import { READ_MESSAGES } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, type MessageRow } from '../data/message-row';
import { pageAfter, placeOf } from '../reading/place-in-log';

const A_PAGE = 25;
const MOST_COUNTED = 100;

/** The failures that nobody has dealt with. */
@Injectable()
export class FailedMessages {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** The newest first. */
  async list(ctx: RequestContext, after?: string): Promise<{ readonly rows: readonly MessageRow[]; readonly next?: string }> {
    demand(ctx, READ_MESSAGES);
    const place = after === undefined ? undefined : placeOf(after);
    const rows = await this.db.query<MessageRow>(ctx, `
      select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and state = 'failed' and dealt_with_at is null ${place ? 'and (settled_at, message_id) < ($3, $4)' : ''} order by settled_at desc, message_id desc limit $2`,
    [ctx.council.id, A_PAGE + 1, ...(place ? [place.at, place.id] : [])]);
    return { rows: rows.slice(0, A_PAGE), next: pageAfter(rows, A_PAGE, (row) => row.settled_at) };
  }

  /** Counted to a hundred. */
  async count(ctx: RequestContext): Promise<{ readonly count: number; readonly isCapped: boolean }> {
    const [found] = await this.db.query<{ count: number }>(ctx, `select count(*)::int as count from (select from notifications.message where council_id = $1 and state = 'failed' and dealt_with_at is null limit ${MOST_COUNTED + 1}) as failed`, [ctx.council.id]);
    const count = found?.count ?? 0;
    return { count: Math.min(count, MOST_COUNTED), isCapped: count > MOST_COUNTED };
  }
}
