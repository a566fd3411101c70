import assert from 'node:assert/strict';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { Outcome } from '@guildhall/kernel-contract';
import type { AcceptedMessage, DeliveryRefusal, DeliveryReport, Inline, MessageProvider, OutgoingEmail, OutgoingLetter, OutgoingMessage, OutgoingSms, ProviderCallback } from '../index';
import { MESSAGE_CHANNELS } from '../index';

/** The same words in every form that a provider may choose from: its lines as one paragraph. */
function inEveryForm(words: string): Pick<OutgoingEmail, 'text' | 'html' | 'parts'> {
  const children = words.split(/\r?\n/).flatMap((line, index): Inline[] => [...(index ? [{ kind: 'break' } as const] : []), { kind: 'words', words: line }]);
  const html = words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\r?\n/g, '<br>');
  return { text: words, html: `<!doctype html><html lang="en"><body><p>${html}</p></body></html>`, parts: [{ language: 'en', blocks: [{ kind: 'paragraph', children }] }] };
}

/** A message as the far end got it. @public */
export interface ReceivedMessage {
  /** What the far end knows it by: two of the same are one message sent twice. */
  readonly identity: string;
  /** Everybody whom the far end would bring it to: addresses, a telephone number, or the lines of a letter joined with line breaks. */
  readonly recipients: readonly string[];
  /** Subject or heading. */
  readonly title?: string;
  readonly text: string;
  readonly html?: string;
}

/** What the far end is to do with the next messages. @public */
export type FarEndBehaviour =
  | 'accept'
  /** Says: not now. */
  | 'refuse-for-now'
  /** Says: never, there is no such address. */
  | 'refuse-for-good'
  /** Nothing listens. */
  | 'unreachable'
  /** Takes the connection and says nothing. */
  | 'silent'
  /** Takes the message and is gone before it says so. */
  | 'accept-then-vanish';

/**
 * A provider under the kit. Abilities: `email`, `sms`, `letter` (its channels), `far-end` (it has one that can misbehave), `deduplicates` (the far end brings one reference once),
 * `status`, `callbacks`, `outbox`.
 * @public
 */
export interface MessageProviderHarness {
  readonly provider: MessageProvider;
  /** What has been received by the far end, the oldest first. */
  received(): Promise<readonly ReceivedMessage[]>;
  /** Needs `far-end`. */
  farEnd?(behaviour: FarEndBehaviour): Promise<void>;
  /** Makes a message settle at the far end. Needs `status` or `callbacks`. */
  settle?(providerReference: string, as: 'delivered' | 'temporary' | 'permanent' | 'technical'): Promise<void>;
  /** The callback that the far end would send about a message now. Needs `callbacks`. */
  callback?(providerReference: string): Promise<ProviderCallback>;
  /** The same provider for another council. Needs `outbox`. */
  otherCouncil?(): MessageProvider;
}

let count = 0;
function reference(): string {
  count += 1;
  return `01990000-0000-7000-8000-${String(count).padStart(12, '0')}`;
}

/** An e-mail as the module would hand it over. @public */
export function anEmail(changes: Partial<OutgoingEmail> = {}): OutgoingEmail {
  return {
    channel: 'email', reference: reference(), templateId: 'kit.ordinary', language: 'en', to: { address: 'ann@riverbourne.example', name: 'Ann Resident' }, subject: 'Your bins',
    text: 'Hello Ann.', html: '<!doctype html><html lang="en"><body><p>Hello Ann.</p></body></html>', parts: [{ language: 'en', blocks: [{ kind: 'paragraph', children: [{ kind: 'words', words: 'Hello Ann.' }] }] }], ...changes,
  };
}
/** @public */
export function aText(changes: Partial<OutgoingSms> = {}): OutgoingSms {
  return { channel: 'sms', reference: reference(), templateId: 'kit.ordinary', language: 'en', to: { phone: '+447700900123' }, text: 'Hello Ann.', ...changes };
}
/** @public */
export function aLetter(changes: Partial<OutgoingLetter> = {}): OutgoingLetter {
  return {
    channel: 'letter', reference: reference(), templateId: 'kit.ordinary', language: 'en', to: { lines: ['Ann Resident', '1 Mill Lane', 'Riverbourne', 'ZZ99 1AA'] }, heading: 'Your bins', text: 'Hello Ann.',
    parts: [{ language: 'en', blocks: [{ kind: 'paragraph', children: [{ kind: 'words', words: 'Hello Ann.' }] }] }], ...changes,
  };
}
/** A message by a channel that the provider has. */
function anyMessage(provider: MessageProvider): OutgoingMessage {
  switch (provider.channels[0]) {
    case 'sms': return aText();
    case 'letter': return aLetter();
    default: return anEmail();
  }
}

async function accepted(harness: MessageProviderHarness, message: OutgoingMessage): Promise<AcceptedMessage> {
  const outcome = await harness.provider.send(message);
  assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}
async function refusal(harness: MessageProviderHarness, message: OutgoingMessage): Promise<DeliveryRefusal> {
  const outcome: Outcome<AcceptedMessage, DeliveryRefusal> = await harness.provider.send(message);
  assert.ok(!outcome.ok, 'the message was accepted');
  return outcome.refusal;
}
async function only(harness: MessageProviderHarness): Promise<ReceivedMessage> {
  const received = await harness.received();
  assert.equal(received.length, 1, `${received.length} messages were received`);
  return received[0] as ReceivedMessage;
}
async function throwsCode(code: string, call: () => Promise<unknown>): Promise<void> {
  let thrown: unknown;
  try { await call(); } catch (error) { thrown = error; }
  assert.ok(isGuildhallError(thrown), `expected ${code}, found ${String(thrown)}`);
  assert.equal(thrown.code, code);
}
const wordsOf = (text: string): string => text.replace(/\r\n/g, '\n').trim();

/** What every provider of messages does. @public */
export const messageProviderKit = defineKit<MessageProviderHarness>({
  id: 'notifications.message-provider', contract: 'notifications', version: '0.1.0',
  cases: [
    {
      id: 'NTF-001', title: 'it says which channels it has, each once', async run({ provider }) {
        assert.ok(provider.channels.length > 0);
        assert.equal(new Set(provider.channels).size, provider.channels.length);
        for (const channel of provider.channels) assert.ok(MESSAGE_CHANNELS.includes(channel), channel);
      },
    },
    {
      id: 'NTF-002', title: 'an e-mail arrives at its one recipient with subject, plain text and HTML', needs: 'email', async run(harness) {
        const message = anEmail();
        await accepted(harness, message);
        const received = await only(harness);
        assert.deepEqual(received.recipients, ['ann@riverbourne.example']);
        assert.equal(received.title, 'Your bins');
        assert.equal(wordsOf(received.text), 'Hello Ann.');
        assert.match(received.html ?? '', /<p[^>]*>Hello Ann\.<\/p>/);
      },
    },
    {
      id: 'NTF-003', title: 'a text arrives at its one recipient as it was written, Welsh letters and signs too', needs: 'sms', async run(harness) {
        const text = 'Bydd eich biniau’n cael eu gwagio ddydd Gwener. Tŷ gŵr £45 ✓';
        await accepted(harness, aText({ text }));
        const received = await only(harness);
        assert.deepEqual(received.recipients, ['+447700900123']);
        assert.equal(received.text, text);
      },
    },
    {
      id: 'NTF-004', title: 'a letter arrives with every line of its address, its heading and its words', needs: 'letter', async run(harness) {
        await accepted(harness, aLetter());
        const received = await only(harness);
        assert.deepEqual(received.recipients, ['Ann Resident\n1 Mill Lane\nRiverbourne\nZZ99 1AA']);
        assert.equal(received.title, 'Your bins');
        assert.equal(wordsOf(received.text), 'Hello Ann.');
      },
    },
    {
      id: 'NTF-005', title: 'each message gets a provider reference of its own', async run(harness) {
        const references = new Set<string>();
        for (let each = 0; each < 5; each++) references.add((await accepted(harness, anyMessage(harness.provider))).providerReference);
        assert.equal(references.size, 5);
        for (const given of references) assert.ok(given.length > 0 && given.length <= 200);
      },
    },
    {
      id: 'NTF-006', title: 'a channel that it does not have is refused as technical, without throwing', async run(harness) {
        const missing = [anEmail(), aText(), aLetter()].filter((message) => !harness.provider.channels.includes(message.channel));
        for (const message of missing) assert.equal((await refusal(harness, message)).reason, 'technical');
        assert.equal((await harness.received()).length, 0);
      },
    },
    {
      id: 'NTF-007', title: 'no line break in a subject or a name becomes a header or a recipient', needs: 'email', async run(harness) {
        await accepted(harness, anEmail({ subject: 'Your bins\r\nBcc: bob@elsewhere.example\r\n\r\nAnother body', to: { address: 'ann@riverbourne.example', name: 'Ann\r\nBcc: bob@elsewhere.example\nX-A: 1' } }));
        const received = await only(harness);
        assert.deepEqual(received.recipients, ['ann@riverbourne.example']);
        assert.equal(wordsOf(received.text), 'Hello Ann.');
      },
    },
    {
      id: 'NTF-008', title: 'no address hidden in a name becomes a recipient', needs: 'email', async run(harness) {
        await accepted(harness, anEmail({ to: { address: 'ann@riverbourne.example', name: 'Ann" <bob@elsewhere.example>, "Carl <carl@elsewhere.example>,' } }));
        assert.deepEqual((await only(harness)).recipients, ['ann@riverbourne.example']);
      },
    },
    {
      id: 'NTF-009', title: 'an address that holds several is refused and reaches none of them', needs: 'email', async run(harness) {
        for (const address of ['ann@riverbourne.example, bob@elsewhere.example', 'ann@riverbourne.example\r\nRCPT TO:<bob@elsewhere.example>', 'ann@riverbourne.example>\r\nDATA', '']) {
          assert.equal((await refusal(harness, anEmail({ to: { address } }))).reason, 'permanent');
        }
        assert.equal((await harness.received()).length, 0);
      },
    },
    {
      id: 'NTF-010', title: 'subject, name and words keep every letter', needs: 'email', async run(harness) {
        const words = 'Gwasanaeth biniau i’r tŷ gŵyl – £45 ✓ 日本 𝄞';
        await accepted(harness, anEmail({ subject: words, ...inEveryForm(words), to: { address: 'ann@riverbourne.example', name: 'Siân Llŷr' } }));
        const received = await only(harness);
        assert.equal(received.title, words);
        assert.equal(wordsOf(received.text), words);
        assert.ok(received.html?.includes(words));
      },
    },
    {
      id: 'NTF-011', title: 'lines that are a dot, long, or look like commands arrive as words, in one message', needs: 'email', async run(harness) {
        const text = `first\n.\nQUIT\n\n.\r\nMAIL FROM:<mallory@elsewhere.example>\r\n${'long '.repeat(400)}\nlast`;
        await accepted(harness, anEmail(inEveryForm(text)));
        const received = await only(harness);
        assert.equal(received.text.replace(/\r\n/g, '\n').trim().replace(/\s+/g, ' '), text.replace(/\r\n/g, '\n').trim().replace(/\s+/g, ' '));
      },
    },
    {
      id: 'NTF-012', title: 'twenty at once all arrive, none mixed with another', async run(harness) {
        const messages = Array.from({ length: 20 }, () => anyMessage(harness.provider)).map((message, index): OutgoingMessage => {
          const words = inEveryForm(`number ${index} of twenty`);
          return message.channel === 'email' ? { ...message, ...words } : message.channel === 'letter' ? { ...message, text: words.text, parts: words.parts } : { ...message, text: words.text };
        });
        await Promise.all(messages.map((message) => accepted(harness, message)));
        assert.deepEqual((await harness.received()).map((each) => wordsOf(each.text)).sort(), messages.map((message) => message.text).sort());
      },
    },
    {
      id: 'NTF-020', title: 'refused for now is temporary', needs: 'far-end', async run(harness) {
        await harness.farEnd?.('refuse-for-now');
        const refused = await refusal(harness, anyMessage(harness.provider));
        assert.equal(refused.reason, 'temporary');
        assert.ok(refused.code);
        // What is refused need not come back while nothing is taken.
        if (refused.closedForInSeconds !== undefined) assert.ok(refused.closedForInSeconds > 0 && (refused.retryAfterInSeconds ?? 0) >= refused.closedForInSeconds);
        await harness.farEnd?.('accept');
        await accepted(harness, anyMessage(harness.provider));
      },
    },
    {
      id: 'NTF-021', title: 'refused for good is permanent', needs: 'far-end', async run(harness) {
        await harness.farEnd?.('refuse-for-good');
        assert.equal((await refusal(harness, anyMessage(harness.provider))).reason, 'permanent');
      },
    },
    {
      id: 'NTF-022', title: 'what is kept of a refusal names nobody and quotes nothing', needs: 'far-end', async run(harness) {
        for (const behaviour of ['refuse-for-now', 'refuse-for-good'] as const) {
          await harness.farEnd?.(behaviour);
          const { code, message } = await refusal(harness, anyMessage(harness.provider));
          assert.match(code, /^[a-z0-9][a-z0-9.-]{0,59}$/);
          for (const personal of ['ann@riverbourne.example', 'Ann', '900123', 'Mill Lane', 'Hello']) assert.ok(!`${code} ${message}`.includes(personal), `${code} ${message}`);
        }
      },
    },
    {
      id: 'NTF-023', title: 'a far end that is not there is Unavailable', needs: 'far-end', async run(harness) {
        await harness.farEnd?.('unreachable');
        await throwsCode('unavailable', () => harness.provider.send(anyMessage(harness.provider)));
        await harness.farEnd?.('accept');
        await accepted(harness, anyMessage(harness.provider));
      },
    },
    {
      id: 'NTF-024', title: 'a far end that says nothing is Unavailable within a time-out', needs: 'far-end', async run(harness) {
        await harness.farEnd?.('silent');
        const started = Date.now();
        await throwsCode('unavailable', () => harness.provider.send(anyMessage(harness.provider)));
        assert.ok(Date.now() - started < 20_000);
      },
    },
    {
      id: 'NTF-025', title: 'a far end that took it and vanished is Unavailable, and a second try is known for the same message', needs: 'far-end', async run(harness) {
        const message = anyMessage(harness.provider);
        await harness.farEnd?.('accept-then-vanish');
        await throwsCode('unavailable', () => harness.provider.send(message));
        await harness.farEnd?.('accept');
        await accepted(harness, message);
        const received = await harness.received();
        assert.ok(received.length >= 1);
        assert.equal(new Set(received.map((each) => each.identity)).size, 1, 'the second try looks like another message');
      },
    },
    {
      id: 'NTF-026', title: 'one reference arrives once, however often it is sent', needs: 'deduplicates', async run(harness) {
        const message = anyMessage(harness.provider);
        const first = await accepted(harness, message);
        const second = await accepted(harness, message);
        assert.equal(second.providerReference, first.providerReference);
        await only(harness);
      },
    },
    {
      id: 'NTF-030', title: 'status tells what became of a message', needs: 'status', async run(harness) {
        for (const [as, state, failure] of [['delivered', 'delivered', undefined], ['temporary', 'failed', 'temporary'], ['permanent', 'failed', 'permanent'], ['technical', 'failed', 'technical']] as const) {
          const { providerReference } = await accepted(harness, anyMessage(harness.provider));
          await harness.settle?.(providerReference, as);
          const report: DeliveryReport | undefined = await harness.provider.status?.(providerReference);
          assert.equal(report?.state, state);
          assert.equal(report?.failure, failure);
          assert.equal(report?.providerReference, providerReference);
        }
      },
    },
    {
      id: 'NTF-031', title: 'status of a message that it does not know is undefined', needs: 'status', async run(harness) {
        assert.equal(await harness.provider.status?.('01990000-0000-7000-8000-999999999999'), undefined);
      },
    },
    {
      id: 'NTF-032', title: 'a genuine callback is read', needs: 'callbacks', async run(harness) {
        const { providerReference } = await accepted(harness, anyMessage(harness.provider));
        await harness.settle?.(providerReference, 'delivered');
        const callback = await harness.callback?.(providerReference);
        assert.ok(callback);
        const reports = await harness.provider.receive?.(callback);
        assert.deepEqual(reports?.map((report) => [report.providerReference, report.state]), [[providerReference, 'delivered']]);
      },
    },
    {
      id: 'NTF-033', title: 'a callback that is not the provider\'s is refused', needs: 'callbacks', async run(harness) {
        const { providerReference } = await accepted(harness, anyMessage(harness.provider));
        const callback = await harness.callback?.(providerReference);
        assert.ok(callback);
        await throwsCode('not-authenticated', async () => harness.provider.receive?.({ ...callback, headers: { 'content-type': 'application/json' } }));
      },
    },
    {
      id: 'NTF-034', title: 'a genuine callback that cannot be read is refused as such', needs: 'callbacks', async run(harness) {
        const { providerReference } = await accepted(harness, anyMessage(harness.provider));
        const callback = await harness.callback?.(providerReference);
        assert.ok(callback);
        // A provider that signs the bytes refuses this as not its own, which is as good.
        let thrown: unknown;
        try { await harness.provider.receive?.({ ...callback, bytes: Buffer.from('{') }); } catch (error) { thrown = error; }
        assert.ok(isGuildhallError(thrown) && (thrown.code === 'invalid-input' || thrown.code === 'not-authenticated'), String(thrown));
      },
    },
    {
      id: 'NTF-040', title: 'what an outbox keeps is shown the newest first, whole, and found by its reference', needs: 'outbox', async run(harness) {
        const { outbox } = harness.provider;
        assert.ok(outbox);
        const first = anEmail();
        const second = aText({ to: { phone: '+447700900456' } });
        await accepted(harness, first);
        await accepted(harness, second);
        assert.deepEqual((await outbox.list()).map((kept) => kept.reference), [second.reference, first.reference]);
        assert.deepEqual((await outbox.list({ to: 'ann@riverbourne.example' })).map((kept) => kept.reference), [first.reference]);
        assert.deepEqual((await outbox.find(first.reference))?.message, first);
        assert.equal(await outbox.find('01990000-0000-7000-8000-999999999999'), undefined);
      },
    },
    {
      id: 'NTF-041', title: 'one council\'s outbox is not another\'s', needs: 'outbox', async run(harness) {
        const message = anyMessage(harness.provider);
        await accepted(harness, message);
        const other = harness.otherCouncil?.();
        assert.ok(other?.outbox);
        assert.deepEqual(await other.outbox.list(), []);
        assert.equal(await other.outbox.find(message.reference), undefined);
      },
    },
  ],
});
