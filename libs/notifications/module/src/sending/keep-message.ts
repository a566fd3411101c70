import { Inject, Injectable } from '@nestjs/common';
import { Database, enqueue, isTaken, once, providersOf, sql, write } from '@guildhall/kernel';
import { CLOCK, Conflict, InvalidInput, NotFound, done, refused, type Clock, type FieldError, type Outcome, type RequestContext, type TransactionContext, isUuid } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, MESSAGE_PROVIDER, NO_PREFERENCES, chooseAddress, maskedAddress, preferredFirst, renderMessage, titleOf, type Address, type MessageTemplate, type MessageView, type RenderedMessage, type SendMessage, type SendRefusal } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, toView, type MessageRow } from '../data/message-row';
import { RetentionTimes } from '../keeping/retention-times';
import { Preferences } from '../preferring/preferences';
import { StopNews } from '../preferring/stop-news';
import { TemplateCatalogue } from '../templates/template-catalogue';
import { SendWaiting } from './jobs';
import { SendTimes } from './send-times';

const DAY = 86_400_000;
const GIVE_UP_AFTER_MINUTES = 24 * 60;

/** Keeps a message, with the job that will send it, in one transaction. */
@Injectable()
export class KeepMessage {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(RetentionTimes) private readonly times: RetentionTimes,
    @Inject(SendTimes) private readonly sendTimes: SendTimes,
    @Inject(Preferences) private readonly preferences: Preferences,
    @Inject(StopNews) private readonly stopping: StopNews,
  ) {}

  async keep(ctx: RequestContext, message: SendMessage): Promise<Outcome<MessageView, SendRefusal>> {
    refuseMalformed(message);
    return this.db.run(ctx, (tx) => this.keepIn(tx, message)).catch((error: unknown) => {
      throw isTaken(error, 'notifications.message') ? new Conflict(`There is a message ${message.messageId} already. Make a new id for a new message.`) : error;
    });
  }
  /** The same, in a transaction of the module's own that changes more. */
  async keepIn(tx: TransactionContext, message: SendMessage): Promise<Outcome<MessageView, SendRefusal>> {
    const template = this.templates.find(tx, message.templateId);
    const offered = providersOf(tx, MESSAGE_PROVIDER).flatMap((provider) => provider.channels);
    const preferences = message.to.personId ? await this.preferences.read(tx, message.to.personId) : NO_PREFERENCES;
    const address = chooseAddress(template, message.to, preferredFirst(message.channels, preferences.channel), offered);
    // Rendered even when it cannot be sent: wrong values are the sender's fault and come first.
    const rendered = renderMessage(template, address?.channel ?? firstChannelOf(template), message.language, message.values, tx.council);
    if (!address) return refused('unreachable', `${template.id} cannot reach this recipient: no channel is left that the template, the recipient and the council's providers (${[...new Set(offered)].join(', ') || 'none'}) have in common.`);
    if (template.isNews && (message.to.personId ? preferences.stopsNews : await this.stopping.isStoppedAt(tx, address))) return refused('stopped', `${template.id} is news, and this recipient has stopped news.`);
    const { result, replayed } = await once(tx, { scope: 'notifications.send', key: message.idempotencyKey, request: message }, () => {
      const from = this.sendTimes.from(tx, this.clock.now(), { channel: address.channel, isSecret: template.isSecret ?? false });
      this.insert(tx, message, template, address, rendered, from);
      enqueue(tx, SendWaiting, { messageId: message.messageId }, { runAt: from });
      return Promise.resolve({ messageId: message.messageId });
    });
    return done(replayed ? await this.read(tx, result.messageId) : this.viewOf(message, template, address, rendered));
  }

  private insert(tx: TransactionContext, message: SendMessage, template: MessageTemplate, address: Address, rendered: RenderedMessage, from: Date): void {
    const now = this.clock.now();
    write(tx, `
      insert into notifications.message (council_id, message_id, template_id, channel, language, state, is_secret, is_news, plain_title, title, sent_to, address, content, person_id, about_type, about_id, next_try_at, give_up_at, created_at, wipe_at, asked)
      values ($1, $2, $3, $4, $5, 'created', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`, [
      tx.council.id, message.messageId, template.id, address.channel, message.language, template.isSecret ?? false, template.isNews ?? false, rendered.title, shownTitle(template, rendered), maskedAddress(address), JSON.stringify(address), JSON.stringify(rendered),
      message.to.personId ?? null, message.about?.type ?? null, message.about?.id ?? null, from, new Date(from.getTime() + (template.giveUpAfterMinutes ?? GIVE_UP_AFTER_MINUTES) * 60_000), now, new Date(now.getTime() + this.times.wordsInDays(tx) * DAY), template.isSecret ? null : JSON.stringify({ to: message.to, values: message.values }),
    ]);
  }

  private viewOf(message: SendMessage, template: MessageTemplate, address: Address, rendered: RenderedMessage): MessageView {
    const { messageId, language, to, about } = message;
    return toView({
      message_id: messageId, template_id: template.id, channel: address.channel, language, state: 'created', failure: null, failure_code: null, last_failure: null, is_secret: template.isSecret ?? false, is_news: template.isNews ?? false, plain_title: rendered.title, title: shownTitle(template, rendered),
      sent_to: maskedAddress(address), address, content: rendered, person_id: to.personId ?? null, about_type: about?.type ?? null, about_id: about?.id ?? null, provider_id: null, provider_reference: null, tries: 0, next_try_at: this.clock.now(), give_up_at: this.clock.now(),
      claimed_until: null, created_at: this.clock.now(), sent_at: null, settled_at: null, dealt_with_at: null,
    });
  }

  private async read(tx: TransactionContext, messageId: string): Promise<MessageView> {
    const [row] = await sql<MessageRow>(tx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = $2`, [tx.council.id, messageId]);
    if (!row) throw new NotFound(`The message ${messageId} was sent and is no longer kept.`);
    return toView(row);
  }
}

/** A secret message's subject may hold the secret. */
function shownTitle(template: MessageTemplate, rendered: RenderedMessage): string {
  return template.isSecret ? rendered.title : titleOf(rendered);
}

function firstChannelOf(template: MessageTemplate): (typeof MESSAGE_CHANNELS)[number] {
  return MESSAGE_CHANNELS.find((channel) => template.channels[channel]) ?? 'email';
}

function refuseMalformed({ messageId, idempotencyKey, about, to }: SendMessage): void {
  const faults: FieldError[] = [];
  if (!isUuid(messageId)) faults.push({ field: 'messageId', message: 'must be a UUID' });
  if (idempotencyKey.length < 1 || idempotencyKey.length > 200) faults.push({ field: 'idempotencyKey', message: 'must have 1 to 200 characters' });
  if (to.personId !== undefined && !isUuid(to.personId)) faults.push({ field: 'to.personId', message: 'must be a UUID' });
  if (about && (about.type.length < 1 || about.type.length > 60 || about.id.length < 1 || about.id.length > 200)) faults.push({ field: 'about', message: 'must have a type of at most 60 and an id of at most 200 characters' });
  if (faults.length) throw new InvalidInput(`The message has mistakes: ${faults.map(({ field, message }) => `${field} ${message}`).join(', ')}.`, faults);
}
