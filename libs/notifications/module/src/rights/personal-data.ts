import { IDENTITY, normaliseEmail, type IdentityApi } from '@guildhall/identity-contract';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, hasContract } from '@guildhall/kernel';
import { demand, isUuid, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { plainWordsOf } from '@guildhall/notifications-contract';
import { Inject, Injectable } from '@nestjs/common';
import { MESSAGE_COLUMNS, type MessageRow } from '../data/message-row';

const AT_ONCE = 50;
const ON_ITS_WAY: Text = { en: 'it is on its way to you just now', cy: 'mae ar ei ffordd atoch ar hyn o bryd' };
/** Whose messages: those that name the person, and those that went to their mailbox or telephone before anybody knew whose it was. */
const THEIRS = `(person_id = $2 or (person_id is null and (address ->> 'email' = $3 or address ->> 'phone' = $4)))`;

/** What was written to somebody, and how they wish to hear from the council. */
@Injectable()
export class MessagesOfPerson implements PersonalData {
  readonly id = 'notifications.messages';
  readonly order = 500;
  readonly title = { en: 'Messages to you', cy: 'Negeseuon atoch' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(IDENTITY.token) private readonly identity: IdentityApi) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    const [preference] = await this.db.query<{ channel: string | null; stops_news: boolean; changed_at: Date }>(ctx, 'select channel, stops_news, changed_at from notifications.preference where council_id = $1 and person_id = $2', [ctx.council.id, personId]);
    if (preference) {
      yield {
        id: 'preferences', title: { en: 'How you wish to hear from us', cy: 'Sut rydych yn dymuno clywed gennym' }, source: { en: 'You', cy: 'Chi' }, since: preference.changed_at, data: preference, onErasure: { does: 'erase' },
        facts: [{ label: { en: 'By', cy: 'Drwy' }, value: preference.channel ?? '' }, { label: { en: 'News stopped', cy: 'Newyddion wedi’u hatal' }, value: preference.stops_news }],
      };
    }
    const addresses = await this.#addressesOf(ctx, personId);
    for (let last: MessageRow | undefined; ; ) {
      const rows: readonly MessageRow[] = await this.db.query<MessageRow>(ctx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and ${THEIRS} ${last ? 'and (created_at, message_id) > ($5, $6)' : ''} order by created_at, message_id limit ${AT_ONCE}`,
        [ctx.council.id, personId, ...addresses, ...(last ? [last.created_at, last.message_id] : [])]);
      for (const row of rows) yield recordOf(row);
      last = rows[AT_ONCE - 1];
      if (!last) return;
    }
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    if (recordId === 'preferences') {
      await this.db.query(ctx, 'delete from notifications.preference where council_id = $1 and person_id = $2 returning 1 as gone', [ctx.council.id, personId]);
      return true;
    }
    if (!isUuid(recordId)) return true;
    // By its id, whoever it is of: one that went to an address they no longer have is still there, and not erased.
    const [row] = await this.db.query<{ erased: boolean }>(ctx, `
      with found as (select message_id, settled_at is not null and coalesce(${THEIRS}, false) as may_go from notifications.message where council_id = $1 and message_id = $5 for update),
      gone as (delete from notifications.message m using found where m.council_id = $1 and m.message_id = found.message_id and found.may_go returning 1)
      select may_go as erased from found`, [ctx.council.id, personId, ...(await this.#addressesOf(ctx, personId)), recordId]);
    return !row || row.erased;
  }

  async #addressesOf(ctx: RequestContext, personId: PersonId): Promise<readonly [string | null, string | null]> {
    const contact = hasContract(ctx, IDENTITY) ? await this.identity.contactOf(ctx, personId) : undefined;
    return [contact?.email ? (normaliseEmail(contact.email) ?? null) : null, contact?.phone ?? null];
  }
}

function recordOf(row: MessageRow): PersonalRecord {
  const words = row.is_secret || !row.content ? undefined : plainWordsOf(row.content);
  const { message_id: id, plain_title: title, channel, language, sent_to: sentTo, created_at: since, state, address } = row;
  return {
    id, title: { en: `Message: ${title}`, cy: `Neges: ${title}` }, source: { en: 'We wrote it to you', cy: 'Ysgrifennom ef atoch' }, since,
    facts: [{ label: { en: 'Subject', cy: 'Pwnc' }, value: row.title }, { label: { en: 'Sent to', cy: 'Anfonwyd at' }, value: address ? Object.values(address).flat().join(', ') : sentTo }, ...(words === undefined ? [] : [{ label: { en: 'Words', cy: 'Geiriau' }, value: words }])],
    data: { id, channel, language, state, title: row.title, sentTo, address, words, about: row.about_type === null ? undefined : { type: row.about_type, id: row.about_id }, createdAt: since, sentAt: row.sent_at, settledAt: row.settled_at },
    onErasure: row.settled_at ? { does: 'erase' } : { does: 'keep', because: ON_ITS_WAY, mustKeep: true },
  };
}
