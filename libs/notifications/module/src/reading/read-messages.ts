import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { InvalidInput, NotFound, demand, type PersonId, type RequestContext, isUuid } from '@guildhall/kernel-contract';
import { READ_MESSAGES, mayReadMessage, type MessagePage, type MessagePart, type MessageSubject, type MessageView } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, toView, type MessageRow } from '../data/message-row';
import { pageAfter, placeOf } from './place-in-log';
import { textAsParts } from './text-as-parts';

const MOST = 100;

/** A message opened to be read. */
export interface OpenedMessage {
  readonly message: MessageView;
  readonly parts?: readonly MessagePart[];
  readonly isSecret: boolean;
}

/** The body of a message as a page shows it; undefined when it was secret or is no longer kept. */
export function partsOf({ is_secret: isSecret, content, language }: MessageRow): readonly MessagePart[] | undefined {
  if (isSecret || !content) return undefined;
  return content.channel === 'sms' ? textAsParts(content.text, language) : content.parts;
}

/** Reads messages for those who may. */
@Injectable()
export class ReadMessages {
  constructor(@Inject(Database) private readonly db: Database) {}

  async find(ctx: RequestContext, messageId: string): Promise<MessageView> {
    return (await this.open(ctx, messageId)).message;
  }

  /** A message with its words in their form; without them when it was secret, or they are no longer kept. */
  async open(ctx: RequestContext, messageId: string): Promise<OpenedMessage> {
    const [row] = isUuid(messageId) ? await this.db.query<MessageRow>(ctx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = $2`, [ctx.council.id, messageId]) : [];
    const message = row && toView(row);
    if (!row || !message || !mayReadMessage(ctx, message)) throw new NotFound(`There is no message ${messageId}.`);
    return { message, parts: partsOf(row), isSecret: row.is_secret };
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
