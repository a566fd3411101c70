import assert from 'node:assert/strict';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { Actor, PersonId, RequestContext } from '@guildhall/kernel-contract';
import type { MessagePreferences, MessageView, NotificationsApi, SendMessage } from '../index';
import { CHANGE_MESSAGE_PREFERENCES, READ_MESSAGES, RETRY_MESSAGES, SEND_MESSAGES, messageOf } from '../index';
import { kitNews, kitOrdinary, kitSecret } from './kit-templates';

/** What arrived at the far end, as far as the kit looks. @public */
export interface ArrivedAtFarEnd { readonly reference: string; readonly channel: string; readonly to: string; readonly words: string }

/**
 * An implementation of the API under the kit, with the kit's templates registered and providers for e-mail, texts and letters.
 * Abilities: `actors` when the caller's own actor decides (not over HTTP), `councils` when several councils share it.
 * @public
 */
export interface NotificationsHarness {
  readonly api: NotificationsApi;
  contextOf(actor: Actor): RequestContext;
  /** Another council's context with every permission. Needs `councils`. */
  otherCouncil?(): RequestContext;
  /** A UUIDv7 greater than the one before. */
  newId(): string;
  /** Does everything that is due. */
  work(): Promise<void>;
  /** Lets time pass, then does everything that is due. */
  pass(seconds: number): Promise<void>;
  farEnd(does: 'accepts' | 'temporary' | 'permanent'): void;
  arrived(): readonly ArrivedAtFarEnd[];
}

const PERMISSIONS = new Set([SEND_MESSAGES.id, READ_MESSAGES.id, RETRY_MESSAGES.id, CHANGE_MESSAGE_PREFERENCES.id]);
const system: Actor = { kind: 'system', job: 'kit', permissions: PERMISSIONS };

async function refusedWith(code: string, call: Promise<unknown>, field?: string): Promise<void> {
  let thrown: unknown;
  try { await call; } catch (error) { thrown = error; }
  assert.ok(isGuildhallError(thrown), `expected ${code}, but nothing of the six was thrown: ${String(thrown)}`);
  assert.equal(thrown.code, code);
  if (field) assert.ok(thrown.fields.some((fault) => fault.field === field), `expected a fault at ${field}, found ${thrown.fields.map((fault) => fault.field).join(', ')}`);
}

function ordinary(harness: NotificationsHarness, changes: Partial<Omit<SendMessage, 'templateId'>> = {}): SendMessage {
  return {
    ...messageOf(kitOrdinary, {
      messageId: harness.newId(), idempotencyKey: `kit-${harness.newId()}`, language: 'en', about: { type: 'case', id: harness.newId() },
      to: { name: 'Ann Resident', email: 'ann@riverbourne.example', phone: '07700 900123', postalLines: ['Ann Resident', '1 Mill Lane', 'Riverbourne', 'ZZ99 1AA'] },
      values: { name: 'Ann', reference: 'RB-7K3F-92QD' },
    }),
    ...changes,
  };
}
function secret(harness: NotificationsHarness, changes: Partial<Omit<SendMessage, 'templateId'>> = {}): SendMessage {
  return { ...messageOf(kitSecret, { messageId: harness.newId(), idempotencyKey: `kit-${harness.newId()}`, language: 'en', to: { email: 'ann@riverbourne.example' }, values: { code: '493021' } }), ...changes };
}
function news(harness: NotificationsHarness, personId?: PersonId): SendMessage {
  return messageOf(kitNews, { messageId: harness.newId(), idempotencyKey: `kit-${harness.newId()}`, language: 'en', to: { email: 'ann@riverbourne.example', phone: '07700 900123', ...(personId && { personId }) }, values: { name: 'Ann' } });
}
async function sent(harness: NotificationsHarness, message: SendMessage, ctx = harness.contextOf(system)): Promise<MessageView> {
  const outcome = await harness.api.send(ctx, message);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.refusal.message);
  return outcome.value;
}
const hasLeft = (message: MessageView): boolean => message.state === 'sending' || message.state === 'sent' || message.state === 'delivered';

/** What every implementation of notifications does: the module, the HTTP client, the fake. @public */
export const notificationsKit = defineKit<NotificationsHarness>({
  id: 'notifications', contract: 'notifications', version: '0.1.0',
  cases: [
    {
      id: 'NTF-101', title: 'a message is kept when send returns, with what was asked for', async run(harness) {
        const message = ordinary(harness);
        const view = await sent(harness, message);
        assert.deepEqual({ id: view.id, templateId: view.templateId, channel: view.channel, language: view.language, about: view.about, title: view.title, body: view.body }, {
          id: message.messageId, templateId: 'kit.ordinary', channel: 'email', language: 'en', about: message.about, title: 'Bins for Ann', body: 'Hello Ann, your reference is RB-7K3F-92QD.',
        });
        assert.deepEqual(await harness.api.find(harness.contextOf(system), message.messageId), view);
      },
    },
    {
      id: 'NTF-102', title: 'a kept message arrives once, and its state says so', async run(harness) {
        const message = ordinary(harness);
        await sent(harness, message);
        await harness.work();
        await harness.work();
        assert.equal(harness.arrived().filter((each) => each.reference === message.messageId).length, 1);
        const view = await harness.api.find(harness.contextOf(system), message.messageId);
        assert.ok(hasLeft(view), view.state);
        assert.equal(view.tries, 1);
        assert.ok(view.sentAt instanceof Date);
      },
    },
    {
      id: 'NTF-103', title: 'the same key sends once', async run(harness) {
        const message = ordinary(harness);
        await sent(harness, message);
        await harness.work();
        const again = await sent(harness, message);
        assert.equal(again.id, message.messageId);
        await harness.work();
        assert.equal(harness.arrived().filter((each) => each.reference === message.messageId).length, 1);
      },
    },
    {
      id: 'NTF-104', title: 'the same key sends once when asked at the same moment', async run(harness) {
        const message = ordinary(harness);
        const views = await Promise.all([1, 2, 3, 4].map(() => sent(harness, message)));
        assert.deepEqual(new Set(views.map((view) => view.id)), new Set([message.messageId]));
        await harness.work();
        assert.equal(harness.arrived().filter((each) => each.reference === message.messageId).length, 1);
      },
    },
    {
      id: 'NTF-105', title: 'the same key for another message is a conflict, and so is the same id', async run(harness) {
        const message = ordinary(harness);
        await sent(harness, message);
        await refusedWith('conflict', harness.api.send(harness.contextOf(system), { ...message, language: 'cy' }));
        await refusedWith('conflict', harness.api.send(harness.contextOf(system), ordinary(harness, { messageId: message.messageId })));
      },
    },
    {
      id: 'NTF-106', title: 'a missing value is refused by name and nothing is sent', async run(harness) {
        const message = ordinary(harness, { values: { name: 'Ann' } });
        await refusedWith('invalid-input', harness.api.send(harness.contextOf(system), message), 'values.reference');
        await harness.work();
        assert.equal(harness.arrived().length, 0);
        await refusedWith('not-found', harness.api.find(harness.contextOf(system), message.messageId));
      },
    },
    {
      id: 'NTF-107', title: 'an unknown template is refused', async run(harness) {
        await refusedWith('invalid-input', harness.api.send(harness.contextOf(system), { ...ordinary(harness), templateId: 'kit.unknown' }), 'templateId');
      },
    },
    {
      id: 'NTF-108', title: 'a message comes in the language asked for; in both, Welsh first', async run(harness) {
        const welsh = ordinary(harness, { language: 'cy' });
        const both = ordinary(harness, { language: 'both' });
        await sent(harness, welsh);
        await sent(harness, both);
        await harness.work();
        const words = (id: string): string => harness.arrived().find((each) => each.reference === id)?.words ?? '';
        assert.match(words(welsh.messageId), /^Helo Ann, eich cyfeirnod yw RB-7K3F-92QD\.$/);
        assert.match(words(both.messageId), /eich cyfeirnod yw[\s\S]*your reference is/);
      },
    },
    {
      id: 'NTF-109', title: 'the preferred channel is used, and the next one when there is no usable address', async run(harness) {
        assert.equal((await sent(harness, ordinary(harness, { channels: ['letter', 'email'] }))).channel, 'letter');
        assert.equal((await sent(harness, ordinary(harness, { channels: ['sms', 'email'], to: { phone: '01632 960123', email: 'ann@riverbourne.example' } }))).channel, 'email');
        assert.equal((await sent(harness, ordinary(harness, { to: { email: 'not an address', phone: '+447700900123' } }))).channel, 'sms');
      },
    },
    {
      id: 'NTF-110', title: 'somebody who cannot be reached is refused as unreachable and nothing is kept', async run(harness) {
        for (const changes of [{ to: {} }, { to: { email: 'ann@riverbourne.example\r\nBcc: bob@elsewhere.example' } }, { channels: [] }] satisfies Partial<SendMessage>[]) {
          const message = ordinary(harness, changes);
          const outcome = await harness.api.send(harness.contextOf(system), message);
          assert.ok(!outcome.ok && outcome.refusal.reason === 'unreachable', JSON.stringify(outcome));
          await refusedWith('not-found', harness.api.find(harness.contextOf(system), message.messageId));
        }
        const byLetter = await harness.api.send(harness.contextOf(system), secret(harness, { channels: ['letter'] }));
        assert.ok(!byLetter.ok, 'a template without a letter went by letter');
      },
    },
    {
      id: 'NTF-111', title: 'addresses are shown so that their owner knows them and others do not', async run(harness) {
        const { sentTo } = await sent(harness, ordinary(harness));
        assert.ok(sentTo.includes('riverbourne.example') && !sentTo.includes('ann@'), sentTo);
        const text = await sent(harness, ordinary(harness, { channels: ['sms'] }));
        assert.ok(!text.sentTo.replace(/\D/g, '').includes('900123'), text.sentTo);
        const letter = await sent(harness, ordinary(harness, { channels: ['letter'] }));
        assert.ok(!letter.sentTo.includes('Mill Lane'), letter.sentTo);
      },
    },
    {
      id: 'NTF-112', title: 'a message refused for good has failed, with a code, and is not tried again by itself', async run(harness) {
        harness.farEnd('permanent');
        const message = ordinary(harness);
        await sent(harness, message);
        await harness.work();
        const view = await harness.api.find(harness.contextOf(system), message.messageId);
        assert.equal(view.state, 'failed');
        assert.equal(view.failure, 'permanent');
        assert.ok(view.failureCode && !view.failureCode.includes('@'), view.failureCode);
        harness.farEnd('accepts');
        await harness.pass(7 * 24 * 3600);
        assert.equal(harness.arrived().length, 0);
      },
    },
    {
      id: 'NTF-113', title: 'a failed message that is retried arrives, under the same reference', async run(harness) {
        harness.farEnd('permanent');
        const message = ordinary(harness);
        await sent(harness, message);
        await harness.work();
        harness.farEnd('accepts');
        const outcome = await harness.api.retry(harness.contextOf(system), message.messageId);
        assert.ok(outcome.ok);
        assert.equal(outcome.value.state, 'created');
        assert.equal(outcome.value.failure, undefined);
        await harness.work();
        assert.deepEqual(harness.arrived().map((each) => each.reference), [message.messageId]);
        const view = await harness.api.find(harness.contextOf(system), message.messageId);
        assert.ok(hasLeft(view), view.state);
      },
    },
    {
      id: 'NTF-114', title: 'a message that has not failed is not sent again', async run(harness) {
        const message = ordinary(harness);
        await sent(harness, message);
        const early = await harness.api.retry(harness.contextOf(system), message.messageId);
        assert.ok(!early.ok && early.refusal.reason === 'not-retryable');
        await harness.work();
        const late = await harness.api.retry(harness.contextOf(system), message.messageId);
        assert.ok(!late.ok);
        await harness.work();
        assert.equal(harness.arrived().length, 1);
        await refusedWith('not-found', harness.api.retry(harness.contextOf(system), harness.newId()));
      },
    },
    {
      id: 'NTF-115', title: 'what fails for now is tried again later and arrives once', async run(harness) {
        harness.farEnd('temporary');
        const message = ordinary(harness);
        await sent(harness, message);
        await harness.work();
        const waiting = await harness.api.find(harness.contextOf(system), message.messageId);
        assert.equal(waiting.state, 'created');
        assert.equal(waiting.tries, 1);
        harness.farEnd('accepts');
        await harness.work();
        assert.equal(harness.arrived().length, 0, 'tried again at once');
        await harness.pass(2 * 3600);
        assert.equal(harness.arrived().length, 1);
        assert.ok((await harness.api.find(harness.contextOf(system), message.messageId)).tries >= 2);
      },
    },
    {
      id: 'NTF-116', title: 'what goes on failing is given up after the template\'s time, and is then never sent', async run(harness) {
        harness.farEnd('temporary');
        const message = secret(harness);
        await sent(harness, message);
        await harness.work();
        for (let minutes = 0; minutes < 15; minutes++) await harness.pass(60);
        const view = await harness.api.find(harness.contextOf(system), message.messageId);
        assert.equal(view.state, 'failed');
        harness.farEnd('accepts');
        await harness.pass(24 * 3600);
        assert.equal(harness.arrived().length, 0);
      },
    },
    {
      id: 'NTF-117', title: 'the words of a secret message are in no log, before or after, and are wiped when it has left', async run(harness) {
        const personId = harness.newId() as PersonId;
        const message = secret(harness, { to: { email: 'ann@riverbourne.example', personId } });
        const before = await sent(harness, message);
        assert.ok(!JSON.stringify(before).includes('493021'));
        await harness.work();
        assert.ok(harness.arrived()[0]?.words.includes('493021'));
        const log = await harness.api.forPerson(harness.contextOf(system), personId);
        assert.equal(log.messages.length, 1);
        assert.ok(!JSON.stringify(log).includes('493021'));
      },
    },
    {
      id: 'NTF-118', title: 'a secret message that failed cannot be sent again: a new code is wanted', async run(harness) {
        harness.farEnd('permanent');
        const message = secret(harness);
        await sent(harness, message);
        await harness.work();
        const outcome = await harness.api.retry(harness.contextOf(system), message.messageId);
        assert.ok(!outcome.ok && outcome.refusal.reason === 'not-retryable');
      },
    },
    {
      id: 'NTF-119', title: 'a person\'s log holds theirs only, the newest first, page after page without gap or repetition', async run(harness) {
        const personId = harness.newId() as PersonId;
        const ids: string[] = [];
        for (let count = 0; count < 7; count++) {
          const message = ordinary(harness, { to: { email: 'ann@riverbourne.example', personId } });
          ids.unshift(message.messageId);
          await sent(harness, message);
          await sent(harness, ordinary(harness, { to: { email: 'bob@riverbourne.example', personId: harness.newId() as PersonId } }));
        }
        const found: string[] = [];
        let before: string | undefined;
        do {
          const page = await harness.api.forPerson(harness.contextOf(system), personId, { before, limit: 3 });
          assert.ok(page.messages.length <= 3);
          found.push(...page.messages.map((message) => message.id));
          before = page.next;
        } while (before);
        assert.deepEqual(found, ids);
      },
    },
    {
      id: 'NTF-120', title: 'the log about a thing holds what is about it, the newest first', async run(harness) {
        const about = { type: 'case', id: harness.newId() };
        const first = ordinary(harness, { about });
        const second = ordinary(harness, { about });
        await sent(harness, first);
        await sent(harness, ordinary(harness, { about: { type: 'payment', id: about.id } }));
        await sent(harness, second);
        const log = await harness.api.forSubject(harness.contextOf(system), about);
        assert.deepEqual(log.map((message) => message.id), [second.messageId, first.messageId]);
        assert.deepEqual(await harness.api.forSubject(harness.contextOf(system), { type: 'case', id: harness.newId() }), []);
      },
    },
    {
      id: 'NTF-121', title: 'a preview says what would be sent, and sends nothing', async run(harness) {
        const preview = await harness.api.preview(harness.contextOf(system), { templateId: 'kit.ordinary', channel: 'letter', language: 'en', values: { name: 'Ann', reference: 'RB-7K3F-92QD' } });
        assert.ok(preview.channel === 'letter');
        assert.equal(preview.heading, 'Bins for Ann');
        assert.deepEqual(preview.parts, [{ language: 'en', blocks: [{ kind: 'paragraph', children: [{ kind: 'words', words: 'Your reference is RB-7K3F-92QD.' }] }] }]);
        await refusedWith('invalid-input', harness.api.preview(harness.contextOf(system), { templateId: 'kit.secret', channel: 'letter', language: 'en', values: { code: '1' } }));
        await harness.work();
        assert.equal(harness.arrived().length, 0);
      },
    },
    {
      id: 'NTF-122', title: 'a message that is not there is not found', async run(harness) {
        await refusedWith('not-found', harness.api.find(harness.contextOf(system), harness.newId()));
      },
    },
    {
      id: 'NTF-123', title: 'residents read their own log and nobody else\'s', needs: 'actors', async run(harness) {
        const mine = harness.newId() as PersonId;
        const theirs = harness.newId() as PersonId;
        const resident = (personId: PersonId): RequestContext => harness.contextOf({ kind: 'resident', personId, confidence: 'low' });
        const message = ordinary(harness, { to: { email: 'ann@riverbourne.example', personId: mine } });
        await sent(harness, message);
        assert.equal((await harness.api.forPerson(resident(mine), mine)).messages.length, 1);
        assert.equal((await harness.api.find(resident(mine), message.messageId)).id, message.messageId);
        await refusedWith('not-allowed', harness.api.forPerson(resident(theirs), mine));
        await refusedWith('not-found', harness.api.find(resident(theirs), message.messageId));
        assert.deepEqual(await harness.api.forSubject(resident(theirs), message.about ?? { type: '', id: '' }), []);
        await refusedWith('not-allowed', harness.api.retry(resident(mine), message.messageId));
      },
    },
    {
      id: 'NTF-124', title: 'who has not signed in, and officers without the permission, read nothing', needs: 'actors', async run(harness) {
        const personId = harness.newId() as PersonId;
        const message = ordinary(harness, { to: { email: 'ann@riverbourne.example', personId } });
        await sent(harness, message);
        const nobody = harness.contextOf({ kind: 'nobody' });
        const officer = harness.contextOf({ kind: 'officer', officerId: harness.newId() as never, name: 'Sam Officer', roles: [], teams: [], permissions: new Set() });
        await refusedWith('not-authenticated', harness.api.forPerson(nobody, personId));
        await refusedWith('not-found', harness.api.find(nobody, message.messageId));
        await refusedWith('not-allowed', harness.api.forPerson(officer, personId));
        await refusedWith('not-found', harness.api.find(officer, message.messageId));
        await refusedWith('not-allowed', harness.api.forSubject(officer, message.about ?? { type: '', id: '' }));
        await refusedWith('not-authenticated', harness.api.retry(nobody, message.messageId));
      },
    },
    {
      id: 'NTF-125', title: 'one council\'s messages are not there for another', needs: 'councils', async run(harness) {
        const personId = harness.newId() as PersonId;
        const message = ordinary(harness, { to: { email: 'ann@riverbourne.example', personId } });
        await sent(harness, message);
        const other = harness.otherCouncil?.();
        assert.ok(other);
        await refusedWith('not-found', harness.api.find(other, message.messageId));
        assert.deepEqual((await harness.api.forPerson(other, personId)).messages, []);
        assert.deepEqual(await harness.api.forSubject(other, message.about ?? { type: '', id: '' }), []);
        assert.equal((await sent(harness, { ...message, language: 'cy' }, other)).language, 'cy');
      },
    },
    {
      id: 'NTF-126', title: 'whoever has never said prefers nothing and gets everything; what they say is kept, and replaced by what they say next', async run(harness) {
        const personId = harness.newId() as PersonId;
        const ctx = harness.contextOf(system);
        assert.deepEqual(withoutAbsent(await harness.api.preferencesOf(ctx, personId)), { stopsNews: false });
        for (const preferences of [{ channel: 'sms', stopsNews: true }, { channel: 'letter', stopsNews: false }, { stopsNews: true }] as const) {
          assert.deepEqual(withoutAbsent(await harness.api.changePreferences(ctx, personId, preferences)), preferences);
          assert.deepEqual(withoutAbsent(await harness.api.preferencesOf(ctx, personId)), preferences);
        }
      },
    },
    {
      id: 'NTF-127', title: 'a person\'s own channel comes first, where the sender allows it and their address for it is known', async run(harness) {
        const personId = harness.newId() as PersonId;
        const ways = { email: 'ann@riverbourne.example', phone: '07700 900123', personId };
        await harness.api.changePreferences(harness.contextOf(system), personId, { channel: 'sms', stopsNews: false });
        assert.equal((await sent(harness, ordinary(harness, { to: ways }))).channel, 'sms');
        assert.equal((await sent(harness, ordinary(harness, { to: ways, channels: ['email', 'sms'] }))).channel, 'sms');
        assert.equal((await sent(harness, ordinary(harness, { to: ways, channels: ['email'] }))).channel, 'email');
        assert.equal((await sent(harness, ordinary(harness, { to: { ...ways, phone: undefined } }))).channel, 'email');
        assert.equal((await sent(harness, ordinary(harness, { to: { ...ways, personId: harness.newId() as PersonId } }))).channel, 'email');
      },
    },
    {
      id: 'NTF-128', title: 'news is not sent to whoever has stopped it, and what must be said still is; it can be started again', async run(harness) {
        const personId = harness.newId() as PersonId;
        const ctx = harness.contextOf(system);
        await harness.api.changePreferences(ctx, personId, { stopsNews: true });
        const stopped = news(harness, personId);
        const outcome = await harness.api.send(ctx, stopped);
        assert.equal(outcome.ok, false);
        assert.equal(outcome.ok ? '' : outcome.refusal.reason, 'stopped');
        await refusedWith('not-found', harness.api.find(ctx, stopped.messageId));
        await sent(harness, ordinary(harness, { to: { email: 'ann@riverbourne.example', personId } }));
        await sent(harness, news(harness, harness.newId() as PersonId));
        await harness.api.changePreferences(ctx, personId, { stopsNews: false });
        await sent(harness, news(harness, personId));
        await harness.work();
        assert.equal(harness.arrived().some((each) => each.reference === stopped.messageId), false);
      },
    },
    {
      id: 'NTF-129', title: 'residents say for themselves and for nobody else; others need the permission', needs: 'actors', async run(harness) {
        const mine = harness.newId() as PersonId;
        const theirs = harness.newId() as PersonId;
        const me = harness.contextOf({ kind: 'resident', personId: mine, confidence: 'low' });
        const officer = harness.contextOf({ kind: 'officer', officerId: harness.newId() as never, name: 'Sam Officer', roles: [], teams: [], permissions: new Set([READ_MESSAGES.id]) });
        await harness.api.changePreferences(me, mine, { channel: 'letter', stopsNews: true });
        assert.equal((await harness.api.preferencesOf(me, mine)).channel, 'letter');
        assert.equal((await harness.api.preferencesOf(officer, mine)).channel, 'letter');
        await refusedWith('not-allowed', harness.api.preferencesOf(me, theirs));
        await refusedWith('not-allowed', harness.api.changePreferences(me, theirs, { stopsNews: true }));
        await refusedWith('not-allowed', harness.api.changePreferences(officer, mine, { stopsNews: false }));
        await refusedWith('not-authenticated', harness.api.preferencesOf(harness.contextOf({ kind: 'nobody' }), mine));
        await refusedWith('not-authenticated', harness.api.changePreferences(harness.contextOf({ kind: 'nobody' }), mine, { stopsNews: false }));
        assert.deepEqual(withoutAbsent(await harness.api.preferencesOf(me, mine)), { channel: 'letter', stopsNews: true });
      },
    },
    {
      id: 'NTF-130', title: 'what somebody said to one council says nothing to another', needs: 'councils', async run(harness) {
        const personId = harness.newId() as PersonId;
        await harness.api.changePreferences(harness.contextOf(system), personId, { channel: 'sms', stopsNews: true });
        const other = harness.otherCouncil?.();
        assert.ok(other);
        assert.deepEqual(withoutAbsent(await harness.api.preferencesOf(other, personId)), { stopsNews: false });
        await sent(harness, news(harness, personId), other);
      },
    },
  ],
});

/** Over HTTP what is absent is left out. */
function withoutAbsent(preferences: MessagePreferences): object {
  return JSON.parse(JSON.stringify(preferences)) as object;
}
