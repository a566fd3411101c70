import { dayInWords } from '@guildhall/cases-contract';
import { IDENTITY, type PersonContact, type IdentityApi } from '@guildhall/identity-contract';
import { Database, LOG, PageRenderer, hasContract, providersOf } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, isUuid, type Clock, type JobHandler, type Log, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, NOTIFICATIONS, chooseAddress, messageOf, type NotificationsApi, type Recipient } from '@guildhall/notifications-contract';
import type { AnswerTimeStep } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { WordsOfInformation } from '../information/words-of-information';
import { disputeNews } from './dispute-news';
import { wordsIn } from './dispute-story';
import { dueBy, isOver, saidOf, type TimeRow } from './dispute-time';
import { TellOfDispute } from './jobs';

interface StepToTell { readonly disputeId: string; readonly messageId: string; readonly step: AnswerTimeStep; readonly at: string; readonly body?: string }
interface DisputeRow extends TimeRow { readonly local_id: string; readonly attribute: string; readonly said: Buffer | null; readonly answered_at: Date | null; readonly answered_by: readonly string[]; readonly is_written: boolean }

const CHANNELS = ['email', 'letter'] as const;
function recipientOf({ name, email, address }: PersonContact, personId: PersonId): Recipient {
  return { personId, ...(name && { name }), ...(email && { email }), ...(address && { postalLines: name ? [name, ...address] : address }) };
}

/** Tells somebody what is asked of them, or how the time stands, where there is a way to reach them; “Your information” shows it in any case. */
@Injectable()
export class TellsOfDispute implements JobHandler<StepToTell> {
  constructor(
    private readonly db: Database, private readonly words: WordsOfInformation, @Inject(IDENTITY.token) private readonly identity: IdentityApi, @Inject(NOTIFICATIONS.token) private readonly notifications: NotificationsApi,
    @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, { disputeId, messageId, step, at, body: by }: StepToTell): Promise<void> {
    const [row] = await this.db.query<DisputeRow>(ctx, `
      select d.local_id, d.attribute, d.raised_at, d.time, d.said, d.answered_at, array(select a.body_id from sharing.dispute_answer a where a.council_id = $1 and a.dispute_id = $2 limit 100) as answered_by,
        exists (select from sharing.outgoing o join sharing.dispute t on t.council_id = o.council_id and t.dispute_id = o.about where o.council_id = $1 and t.local_id = d.local_id and t.attribute = d.attribute and o.kind = 'time' and o.created_at = $3 and o.is_written) as is_written
      from sharing.dispute d where d.council_id = $1 and d.dispute_id = $2`, [ctx.council.id, disputeId, at]);
    const steps = row ? saidOf(ctx, disputeId, row.said) : [];
    const said = steps.find((one) => one.kind === step && one.at === at && (by === undefined || one.body === by));
    // Once it is answered there is nothing to wait for, nor once the time stands otherwise; and the body where it was said may write itself.
    if (!row || !said || row.answered_at !== null || row.answered_by.includes(said.body) || row.is_written || isOver(said, steps)) return;
    const [contact, words] = [await this.#contact(ctx, row.local_id), await this.words.of(ctx)];
    if (!contact) return;
    const { language } = contact;
    const [what, body] = [words.attribute(row.attribute)[language], words.body(said.body)[language]];
    try {
      const sent = await this.notifications.send(ctx, messageOf(disputeNews, {
        messageId, idempotencyKey: `sharing.dispute-news:${messageId}`, channels: CHANNELS, language, about: { type: 'sharing.dispute', id: disputeId },
        to: recipientOf(contact, row.local_id as PersonId),
        values: {
          news: this.renderer.messages.t({ ...ctx, language }, `sharing.information.wrong.news.${step}`, { what, body, due: dayInWords(dueBy(ctx, row, this.clock.now(), said.body).dueOn)[language] }),
          words: (said.words && wordsIn(said.words, language).words?.text) ?? '', link: `/account/information/wrong/${row.attribute}`, telephone: ctx.council.contact.telephone, council: ctx.council.name[language],
        },
      }));
      if (!sent.ok) this.log.warn('sharing.person-unreachable', { disputeId, reason: sent.refusal.reason, council: ctx.council.slug });
    } catch (error) {
      // Killed after it was sent, it comes again, and their address may be another by then: the one that was sent counts.
      if (!isGuildhallError(error) || error.code !== 'conflict') throw error;
    }
  }

  /** Whether there is a way to write to somebody from here. Another body asks that, which may not read it: it is looked up as the job would that writes. */
  async reaches(ctx: RequestContext, localId: string): Promise<boolean> {
    const contact = await this.#contact(Object.freeze({ ...ctx, actor: Object.freeze({ kind: 'system' as const, job: TellOfDispute.id, permissions: new Set<string>() }) }), localId);
    const offered = providersOf(ctx, MESSAGE_PROVIDER).flatMap(({ channels }) => channels);
    // Where messages are kept elsewhere it is not known here in which ways those go out.
    return contact !== undefined && chooseAddress(disputeNews, recipientOf(contact, localId as PersonId), CHANNELS, offered.length > 0 ? offered : CHANNELS) !== undefined;
  }

  async #contact(ctx: RequestContext, localId: string): Promise<PersonContact | undefined> {
    return hasContract(ctx, IDENTITY) && hasContract(ctx, NOTIFICATIONS) && isUuid(localId) ? this.identity.contactOf(ctx, localId as PersonId) : undefined;
  }
}
