import { normaliseEmail, normalisePhone, takesTexts } from '@guildhall/identity-contract';
import type { SignInContact } from '@guildhall/identity-contract';
import { Database, audit, hasContract, write } from '@guildhall/kernel';
import { CLOCK, IDS, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, Outcome, PersonId, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { NOTIFICATIONS, messageOf } from '@guildhall/notifications-contract';
import type { NotificationsApi } from '@guildhall/notifications-contract';
import { Inject, Injectable } from '@nestjs/common';
import { signInCode } from '../messages/sign-in-code';
import { sessionIdIn } from './in-session';
import type { InSession } from './in-session';
import { channelsOf, codesOf } from './providers';
import { Throttle } from './throttle';

/** A contact to which a code is to go, and what for. */
export interface CodeRequest {
  /** As it was typed. */
  readonly contact: string;
  readonly next: string;
  readonly inSession: InSession;
  /** The caller's address on the internet; counted, never kept. */
  readonly internetAddress: string;
  /** The account to which the contact is added, when somebody is signed in. */
  readonly addsTo?: PersonId;
}
/** Why no code went. */
export type CodeRequestRefusal = Refusal<'contact-not-valid' | 'no-texts-to-this-number' | 'too-many-codes' | 'not-sendable'>;

/** Sends a code. What it answers does not depend on whether there is an account. */
@Injectable()
export class BeginCode {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Throttle) private readonly throttle: Throttle,
    @Inject(NOTIFICATIONS.token) private readonly notifications: NotificationsApi,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async begin(ctx: RequestContext, request: CodeRequest): Promise<Outcome<{ readonly challengeId: string }, CodeRequestRefusal>> {
    const parsed = parseContact(ctx, request.contact);
    if (!parsed.ok) return parsed;
    const contact = parsed.value;
    const found = codesOf(ctx).find(({ provider }) => provider.channels.includes(contact.channel));
    if (!found) return refused('contact-not-valid', 'No code can be sent there.');
    const { challenge, send } = await found.provider.begin(contact);
    const challengeId = this.ids.uuid();
    const isAllowed = await request.inSession((owner, session) => this.database.run(owner, async (tx) => {
      const sessionId = sessionIdIn(owner);
      if (!(await this.throttle.take(tx, [['code-for-contact', contact.address], ['code-for-session', sessionId], ['code-for-address', request.internetAddress]], session))) return false;
      write(tx, `insert into identity.challenge (council_id, challenge_id, provider, session_id, channel, address, keep, tries_left, next, adds_to, begun_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [ctx.council.id, challengeId, found.id, sessionId, contact.channel, contact.address, challenge.keep, challenge.triesLeft, request.next, request.addsTo ?? null, this.clock.now(), challenge.expiresAt]);
      audit(tx, { action: 'identity.code-sent', subject: { type: 'challenge', id: challengeId }, detail: { channel: contact.channel } });
      return true;
    }));
    if (!isAllowed) return refused('too-many-codes', 'Too many codes were asked for.');
    if (!send) return done({ challengeId });
    if (!hasContract(ctx, NOTIFICATIONS)) return refused('not-sendable', 'This council sends no messages.');
    const sent = await this.notifications.send(ctx, messageOf(signInCode, {
      messageId: this.ids.uuid(), idempotencyKey: `identity.challenge.${challengeId}`, language: ctx.language,
      to: contact.channel === 'email' ? { email: contact.address } : { phone: contact.address },
      channels: [contact.channel === 'email' ? 'email' : 'sms'],
      values: { code: send.code, minutes: String(send.minutes), council: ctx.council.name },
    }));
    return sent.ok ? done({ challengeId }) : refused('not-sendable', 'The code cannot be sent there.');
  }
}

function parseContact(ctx: RequestContext, given: string): Outcome<SignInContact, CodeRequestRefusal> {
  const channels = channelsOf(ctx);
  const email = channels.includes('email') ? normaliseEmail(given) : undefined;
  if (email) return done({ channel: 'email', address: email });
  const phone = channels.includes('text') ? normalisePhone(given) : undefined;
  if (phone && takesTexts(phone)) return done({ channel: 'text', address: phone });
  return phone ? refused('no-texts-to-this-number', 'This number cannot receive text messages.') : refused('contact-not-valid', 'This is neither an email address nor a mobile number.');
}
