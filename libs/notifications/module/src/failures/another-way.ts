import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, hasContract, providersOf, sql } from '@guildhall/kernel';
import { CLOCK, IDS, NotFound, demand, done, isUuid, may, refused, type Clock, type Ids, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { IDENTITY, READ_PEOPLE, type IdentityApi } from '@guildhall/identity-contract';
import { MESSAGE_CHANNELS, MESSAGE_PROVIDER, RETRY_MESSAGES, chooseAddress, maskedAddress, type MessageChannel, type MessageValues, type Recipient } from '@guildhall/notifications-contract';
import { KeepMessage } from '../sending/keep-message';
import { TemplateCatalogue } from '../templates/template-catalogue';
import { MESSAGE_COLUMNS, isRetryable, type MessageRow } from '../data/message-row';

/** By what else a message that did not arrive could go, and where to, made hard to read for others. */
export interface OtherWay { readonly channel: MessageChannel; readonly sentTo: string }

/** The message as its sender asked for it. Not kept of secret ones, and no longer than the words are. */
interface Asked { readonly to: Recipient; readonly values: MessageValues }
type AskedRow = MessageRow & { readonly asked: Asked | null };
type FailedRow = MessageRow & { readonly asked: Asked };
interface Way extends OtherWay { readonly to: Recipient }

const READ = `select ${MESSAGE_COLUMNS}, asked from notifications.message where council_id = $1 and message_id = $2`;

/** Sends what did not arrive by another channel, or to where the person can be reached now: as a message of its own, with the template's words for that channel. */
@Injectable()
export class AnotherWay {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(IDENTITY.token) private readonly identity: IdentityApi,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue, @Inject(KeepMessage) private readonly keeping: KeepMessage,
  ) {}

  /** None of a message that has not failed, was dealt with, or whose words are no longer kept. */
  async waysFor(ctx: RequestContext, messageId: string): Promise<readonly OtherWay[]> {
    demand(ctx, RETRY_MESSAGES);
    const [row] = isUuid(messageId) ? await this.db.query<AskedRow>(ctx, READ, [ctx.council.id, messageId]) : [];
    return row && isSendable(row) ? this.waysOf(ctx, row) : [];
  }

  /** The failed message counts as dealt with from then on. @throws NotFound */
  async send(ctx: RequestContext, messageId: string, channel: string | undefined): Promise<Outcome<{ readonly messageId: string }, Refusal<'no-such-way'>>> {
    demand(ctx, RETRY_MESSAGES);
    if (!isUuid(messageId)) throw new NotFound(`There is no message ${messageId}.`);
    const noWay = refused('no-such-way' as const, `The message ${messageId} cannot go that way, or somebody has dealt with it meanwhile.`);
    const [row] = await this.db.query<AskedRow>(ctx, READ, [ctx.council.id, messageId]);
    if (!row) throw new NotFound(`There is no message ${messageId}.`);
    if (!isSendable(row)) return noWay;
    const way = (await this.waysOf(ctx, row)).find((each) => each.channel === channel);
    if (!way) return noWay;
    return this.db.run(ctx, async (tx) => {
      // Of two officers who press at the same moment, one sends it.
      const [now] = await sql<AskedRow>(tx, `${READ} for update`, [tx.council.id, messageId]);
      if (!now || !isSendable(now)) return noWay;
      const again = this.ids.uuid();
      const kept = await this.keeping.keepIn(tx, {
        messageId: again, idempotencyKey: `another-way:${again}`, templateId: row.template_id, to: way.to, channels: [way.channel], language: row.language, values: row.asked.values,
        ...(row.about_type !== null && row.about_id !== null && { about: { type: row.about_type, id: row.about_id } }),
      });
      if (!kept.ok) return noWay;
      await sql(tx, 'update notifications.message set dealt_with_at = $3, dealt_with_by = $4 where council_id = $1 and message_id = $2', [tx.council.id, messageId, this.clock.now(), ctx.actor.kind === 'officer' ? ctx.actor.officerId : null]);
      audit(tx, { action: 'notifications.another-way', subject: { type: 'message', id: messageId }, personId: row.person_id ?? undefined, detail: { channel: way.channel, messageId: again } });
      return done({ messageId: again });
    });
  }

  private async waysOf(ctx: RequestContext, row: FailedRow): Promise<readonly Way[]> {
    const template = this.templates.has(ctx, row.template_id) ? this.templates.find(ctx, row.template_id) : undefined;
    if (!template) return [];
    const offered = providersOf(ctx, MESSAGE_PROVIDER).flatMap((provider) => provider.channels);
    const to = await this.reachableAt(ctx, row.asked.to);
    return MESSAGE_CHANNELS.flatMap((channel) => {
      const address = chooseAddress(template, to, [channel], offered);
      const isTheSame = address && row.address && JSON.stringify(wayOf(address)) === JSON.stringify(wayOf(row.address));
      return address && !isTheSame ? [{ channel, sentTo: maskedAddress(address), to }] : [];
    });
  }

  /** As the sender knew, and as the person says now: what they have told us since is truer. */
  private async reachableAt(ctx: RequestContext, to: Recipient): Promise<Recipient> {
    if (!to.personId || !hasContract(ctx, IDENTITY) || !may(ctx, READ_PEOPLE)) return to;
    const known = await this.identity.contactOf(ctx, to.personId);
    return { ...to, name: known?.name ?? to.name, email: known?.email ?? to.email, phone: known?.phone ?? to.phone, postalLines: known?.address ?? to.postalLines };
  }
}

function isSendable(row: AskedRow): row is FailedRow {
  return isRetryable(row) && row.dealt_with_at === null && row.asked !== null;
}

function wayOf(address: NonNullable<MessageRow['address']>): unknown {
  return address.channel === 'email' ? address.email.toLowerCase() : address.channel === 'sms' ? address.phone : address.lines;
}
