import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CouncilId, type HarnessSource } from '@guildhall/kernel-contract';
import { FixedClock, testCouncil } from '@guildhall/kernel-contract/testing';
import { messageProviderKit, type MessageProviderHarness } from '@guildhall/notifications-contract/testing';
import { OutboxProvider } from '../outbox.provider';
import { recipientOf } from '../kept-messages';

interface Harness extends MessageProviderHarness { readonly folder: string }

export const source: HarnessSource<Harness> = {
  abilities: ['email', 'sms', 'letter', 'deduplicates', 'outbox'],
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-outbox-'));
    const clock = new FixedClock();
    const provider = new OutboxProvider({}, { council: testCouncil(), clock, dataFolder: folder });
    return {
      folder, provider,
      otherCouncil: () => new OutboxProvider({}, { council: testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'otherham' }), clock, dataFolder: folder }),
      received: async () => [...(await provider.outbox.list())].reverse().map(({ reference, message }) => ({
        identity: reference, recipients: [recipientOf(message)], title: message.channel === 'email' ? message.subject : message.channel === 'letter' ? message.heading : undefined,
        text: message.text, html: message.channel === 'email' ? message.html : undefined,
      })),
    };
  },
  close: ({ folder }) => rm(folder, { recursive: true }),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: messageProviderKit.id, source }];
