import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import { NotFound, demand, type RequestContext, isUuid } from '@guildhall/kernel-contract';
import { READ_MESSAGES } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, isRetryable, toView, type MessageRow } from '../data/message-row';
import { partsOf, type OpenedMessage } from '../reading/read-messages';

/** What an officer sees of one message. */
export interface LookedAtMessage extends OpenedMessage {
  readonly isRetryable: boolean;
  readonly dealtWithAt?: Date;
}

/** Opens a message for an officer: looking at somebody's letter is written down. */
@Injectable()
export class LookAtMessage {
  constructor(@Inject(Database) private readonly db: Database) {}

  async look(ctx: RequestContext, messageId: string): Promise<LookedAtMessage> {
    demand(ctx, READ_MESSAGES);
    if (!isUuid(messageId)) throw new NotFound(`There is no message ${messageId}.`);
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<MessageRow>(tx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = $2`, [ctx.council.id, messageId]);
      if (!row) throw new NotFound(`There is no message ${messageId}.`);
      audit(tx, { action: 'notifications.look', subject: { type: 'message', id: messageId }, personId: row.person_id ?? undefined });
      return {
        message: toView(row), parts: partsOf(row), isSecret: row.is_secret, isRetryable: isRetryable(row), dealtWithAt: row.dealt_with_at ?? undefined,
      };
    });
  }
}
