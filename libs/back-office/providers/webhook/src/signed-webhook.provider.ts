import type { BackOfficeProvider, HandedCase, HandedOver, HandedWords, HandOverRefusal, PushedMessage, PushTaken } from '@guildhall/back-office-contract';
import { NotAuthenticated, done, type Outcome, type OutboundResponse, type ProviderDependencies } from '@guildhall/kernel-contract';
import { CLOUD_EVENT_TYPE, signWebhook, webhookFault, type CloudEvent } from '@guildhall/subscriptions-contract';
import { CONNECTION_CHECKED, caseEvent, wordsEvent } from './case-event';
import { readAnswer } from './read-answer';
import { readPush } from './read-push';
import type { SignedWebhookOptions } from './signed-webhook.options';

/** What Standard Webhooks has a sender wait at most, in seconds. */
const TIMEOUT_IN_SECONDS = 20;

/** Posts cases with a signature, and believes what is signed. The `webhook-id` is the case's own id at each try: by it the receiver knows the same case again. */
export class SignedWebhookProvider implements BackOfficeProvider {
  readonly title: string;
  /** Photos usually lie where cases are taken, which may be in the council's own network. */
  readonly photoOrigins: readonly string[];
  /** Only where the far end has a secret to sign with. */
  readonly receive?: (message: PushedMessage) => Promise<PushTaken>;

  constructor(private readonly options: SignedWebhookOptions, private readonly dependencies: Pick<ProviderDependencies, 'outbound' | 'clock' | 'council' | 'ids'>) {
    this.title = options.title ?? `Webhook to ${new URL(options.url).host}`;
    this.photoOrigins = [new URL(options.url).origin];
    if (options.pushSecret) this.receive = async (message) => Promise.resolve(this.take(message));
  }

  async handOver(handed: HandedCase): Promise<Outcome<HandedOver, HandOverRefusal>> {
    return readAnswer(await this.post(caseEvent(handed, this.dependencies.council.origin)), handed);
  }

  async write(words: HandedWords): Promise<Outcome<Record<never, never>, HandOverRefusal>> {
    const outcome = readAnswer(await this.post(wordsEvent(words, this.dependencies.council.origin)), { photos: words.photos });
    return outcome.ok ? done({}) : outcome;
  }

  /** Whether somebody listens and believes us: an event to which a receiver does nothing. */
  async ping(): Promise<number> {
    const id = this.dependencies.ids.uuid();
    const { status } = await this.post({ specversion: '1.0', id, source: this.dependencies.council.origin, type: CONNECTION_CHECKED, subject: id, time: this.dependencies.clock.now().toISOString(), datacontenttype: 'application/json', eventversion: 1, data: {} });
    return status;
  }

  private take({ headers, bytes }: PushedMessage): PushTaken {
    const secrets = [this.options.pushSecret, this.options.formerPushSecret].flatMap((secret) => (secret ? [secret.reveal()] : []));
    const fault = webhookFault(secrets, { headers, body: bytes, now: this.dependencies.clock.now() });
    if (fault) throw new NotAuthenticated(`The webhook is not believed: ${fault}.`);
    return { progress: readPush(bytes) };
  }

  private post(event: CloudEvent): Promise<OutboundResponse> {
    const body = JSON.stringify(event);
    const headers = { 'content-type': `${CLOUD_EVENT_TYPE}; charset=utf-8`, ...signWebhook([this.options.secret.reveal()], { id: event.id, at: this.dependencies.clock.now(), body }) };
    return this.dependencies.outbound.fetch(this.options.url, { method: 'POST', headers, body, timeoutInSeconds: TIMEOUT_IN_SECONDS, mostBytes: 1_000_000 });
  }
}
