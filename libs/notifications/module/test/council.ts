import { Module } from '@nestjs/common';
import { IDENTITY, READ_PEOPLE } from '@guildhall/identity-contract';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { MACHINE_CREDENTIALS, defineModule, implement, type MachineCredentials } from '@guildhall/kernel';
import { NotAuthenticated, Unavailable, defineProvider, defineServicePack, done, register, type Installation, type ProviderInstallation } from '@guildhall/kernel-contract';
import { CHANGE_MESSAGE_PREFERENCES, MESSAGE_PROVIDER, MESSAGE_TEMPLATE, READ_MESSAGES, RETRY_MESSAGES, SEND_MESSAGES, type DeliveryReport, type KeptMessage, type MessageProvider, type MessageTemplate, type OutgoingMessage } from '@guildhall/notifications-contract';

/** What a far end may do with a message. */
export type FarEndDoes = 'accepts' | 'accepts-with-news' | 'temporary' | 'permanent' | 'technical' | 'vanishes' | 'breaks';

/** A far end for tests: takes messages, or does not, as told. */
export class FarEnd {
  does: FarEndDoes = 'accepts';
  readonly arrived: OutgoingMessage[] = [];
  readonly attempts: OutgoingMessage[] = [];
  readonly news = new Map<string, DeliveryReport>();
  /** What it was asked about, in order. */
  readonly asked: string[] = [];
  /** What becomes of the questions to come. */
  status: 'answers' | 'is-gone' | 'asks-for-quiet' = 'answers';
  retryAfterInSeconds: number | undefined;
  /** How it names a message that it takes. */
  nameOf = (reference: string): string => `far-${reference}`;
  /** Called while a message is being handed over, before the far end answers. */
  meanwhile: (message: OutgoingMessage) => Promise<void> = () => Promise.resolve();

  provider(id = 'test.far-end', channels: MessageProvider['channels'] = ['email', 'sms', 'letter']): ProviderInstallation<MessageProvider> {
    return defineProvider<MessageProvider>({
      port: MESSAGE_PROVIDER, id, isSandbox: false,
      create: () => ({
        channels,
        send: async (message) => {
          this.attempts.push(message);
          await this.meanwhile(message);
          switch (this.does) {
            case 'vanishes': this.take(message); throw new Unavailable('The far end is gone.');
            case 'breaks': throw new TypeError('ann@riverbourne.example made this break');
            case 'accepts': this.take(message); return done({ providerReference: this.nameOf(message.reference), state: 'delivered' });
            case 'accepts-with-news': this.take(message); return done({ providerReference: this.nameOf(message.reference), state: 'sending' });
            default: return { ok: false, refusal: { reason: this.does, code: `far-end-${this.does}`, message: 'No.', retryAfterInSeconds: this.retryAfterInSeconds } };
          }
        },
        status: (providerReference) => {
          this.asked.push(providerReference);
          return this.status === 'answers' ? Promise.resolve(this.news.get(providerReference)) : Promise.reject(new Unavailable('Not now.', this.status === 'asks-for-quiet' ? 60 : undefined));
        },
        receive: ({ headers, bytes }) => (headers['authorization'] === 'Bearer far-end' ? Promise.resolve(JSON.parse(Buffer.from(bytes).toString()) as DeliveryReport[]) : Promise.reject(new NotAuthenticated())),
      }),
    });
  }

  seen(): { reference: string; channel: string; to: string; words: string }[] {
    return this.arrived.map((message) => ({ reference: message.reference, channel: message.channel, to: message.channel === 'email' ? message.to.address : message.channel === 'sms' ? message.to.phone : message.to.lines.join('\n'), words: message.text }));
  }

  private take(message: OutgoingMessage): void {
    if (!this.arrived.some((each) => each.reference === message.reference)) this.arrived.push(message);
  }
}

/** A far end that keeps what it is given, council by council, as the outbox does. */
export class KeepingFarEnd {
  readonly #kept = new Map<string, KeptMessage[]>();

  provider(): ProviderInstallation<MessageProvider> {
    return defineProvider<MessageProvider>({
      port: MESSAGE_PROVIDER, id: 'test.keeping', isSandbox: true,
      create: ({ council, clock }) => {
        const kept = this.#kept.get(council.id) ?? [];
        this.#kept.set(council.id, kept);
        return {
          channels: ['email', 'sms', 'letter'],
          send: (message) => {
            kept.unshift({ reference: message.reference, keptAt: clock.now(), message });
            return Promise.resolve(done({ providerReference: message.reference, state: 'delivered' as const }));
          },
          outbox: {
            list: ({ to } = {}) => Promise.resolve(kept.filter(({ message }) => to === undefined || (message.channel === 'email' ? message.to.address : message.channel === 'sms' ? message.to.phone : '') === to)),
            find: (reference) => Promise.resolve(kept.find((each) => each.reference === reference)),
          },
        };
      },
    });
  }
}

/** Who people are, from the fake of identity's contract. */
export function knowsPeople(identity: InMemoryIdentity): Installation {
  @Module({ providers: [{ provide: InMemoryIdentity, useValue: identity }] })
  class PeopleModule {}
  return defineModule({ id: 'people', version: '0.1.0', packageFolder: __dirname, nest: PeopleModule, permissions: [READ_PEOPLE], provides: [implement(IDENTITY, InMemoryIdentity)] })();
}

/** A pack with the kit's templates, and a machine that may do everything with messages. */
export function kitPack(templates: readonly MessageTemplate[]): ReturnType<typeof defineServicePack> {
  const credentials: MachineCredentials & { readonly id: string } = {
    id: 'kit.machines',
    authenticate: (_ctx, clientId, secret) => Promise.resolve(clientId === 'kit' && secret === 'correct' ? { clientId, permissions: [SEND_MESSAGES.id, READ_MESSAGES.id, RETRY_MESSAGES.id, CHANGE_MESSAGE_PREFERENCES.id] } : clientId === 'reader' ? { clientId, permissions: [READ_MESSAGES.id] } : undefined),
  };
  return defineServicePack({ id: 'kit', version: '0.1.0', options: {}, requires: [], registers: [...templates.map((template) => register(MESSAGE_TEMPLATE, template)), register(MACHINE_CREDENTIALS, credentials)] });
}

