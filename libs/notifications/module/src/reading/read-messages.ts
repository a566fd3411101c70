import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { InvalidInput, NotFound, demand, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { READ_MESSAGES, mayReadMessage, type MessagePage, type MessageSubject, type MessageView } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, isUuid, toView, type MessageRow } from '../data/message-row';
import { pageAfter, placeOf } from './place-in-log';

const MOST = 100;

/** Reads messages for those who may. */
@Injectable()
export class ReadMessages {
  constructor(@Inject(Database) private readonly db: Database) {}

  async find(ctx: RequestContext, messageId: string): Promise<MessageView> {
    const [row] = isUuid(messageId) ? await this.db.query<MessageRow>(ctx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = $2`, [ctx.council.id, messageId]) : [];
    const view = row && toView(row);
    if (!view || !mayReadMessage(ctx, view)) throw new NotFound(`There is no message ${messageId}.`);
    return view;
  }

  async forPerson(ctx: RequestContext, personId: PersonId, page: { readonly before?: string; readonly limit?: number } = {}): Promise<MessagePage> {
    if (!mayReadMessage(ctx, { personId })) demand(ctx, READ_MESSAGES);
    if (!isUuid(personId)) throw new InvalidInput('A person\'s id is a UUID.', [{ field: 'personId', message: 'must be a UUID' }]);
    const limit = Math.min(Math.max(Math.trunc(page.limit ?? 20), 1), MOST);
    const before = page.before === undefined ? undefined : placeOf(page.before);
    const rows = await this.db.query<MessageRow>(ctx, `
      select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and person_id = $2 ${before ? 'and (created_at, message_id) < ($4, $5)' : ''} order by created_at desc, message_id desc limit $3`,
    [ctx.council.id, personId, limit + 1, ...(before ? [before.at, before.id] : [])]);
    return { messages: rows.slice(0, limit).map(toView), next: pageAfter(rows, limit, (row) => row.created_at) };
  }

  async forSubject(ctx: RequestContext, subject: MessageSubject): Promise<readonly MessageView[]> {
    if (ctx.actor.kind !== 'resident') demand(ctx, READ_MESSAGES);
    const rows = await this.db.query<MessageRow>(ctx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and about_type = $2 and about_id = $3 order by created_at desc, message_id desc limit ${MOST}`, [ctx.council.id, subject.type, subject.id]);
    return rows.map(toView).filter((view) => mayReadMessage(ctx, view));
  }
}
