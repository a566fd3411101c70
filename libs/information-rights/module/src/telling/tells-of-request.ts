import { createHash } from 'node:crypto';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { Database, LOG, PageRenderer, enqueue, hasContract } from '@guildhall/kernel';
import type { JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { NOTIFICATIONS, messageOf, type NotificationsApi } from '@guildhall/notifications-contract';
import { formatDate } from '@guildhall/ui';
import { Inject, Injectable } from '@nestjs/common';
import { itemInWords, textsFor } from '../account/request-in-words';
import { CarryOutErasure } from '../jobs';
import { ReadsRequests } from '../requests/reads-requests';
import { requestNews } from './request-news';

/** More are in the account. */
const MOST_LISTED = 200;

/** Tells somebody how their request stands, where there is a way to reach them; the account shows it in any case. What was decided to be erased is erased after that. */
@Injectable()
export class TellsOfRequest implements JobHandler<{ readonly requestId: string; readonly step: string }> {
  constructor(
    private readonly db: Database, private readonly reading: ReadsRequests, @Inject(IDENTITY.token) private readonly identity: IdentityApi, @Inject(NOTIFICATIONS.token) private readonly notifications: NotificationsApi,
    @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, { requestId, step }: { readonly requestId: string; readonly step: string }): Promise<void> {
    await this.#tell(ctx, requestId, step);
    if (step === 'decided') await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, CarryOutErasure, { requestId }, { key: requestId })));
  }

  async #tell(ctx: RequestContext, requestId: string, step: string): Promise<void> {
    const found = await this.reading.find(ctx, requestId);
    if (!found || !hasContract(ctx, IDENTITY) || !hasContract(ctx, NOTIFICATIONS)) return;
    const [request, items, contact] = [await this.reading.own(ctx, found.personId, requestId), step === 'decided' ? await this.reading.items(ctx, requestId) : [], await this.identity.contactOf(ctx, found.personId)];
    if (!contact) return;
    const t = textsFor(this.renderer, ctx, request.language);
    const kind = step.replace(/-\d+$/, '');
    const [last] = request.steps.filter((one) => one.kind === kind).slice(-1);
    const { name, email, address } = contact;
    const sent = await this.notifications.send(ctx, messageOf(requestNews, {
      messageId: messageIdOf(requestId, step), idempotencyKey: `information-rights.request-news:${requestId}:${step}`, channels: ['email', 'letter'], language: request.language,
      to: { personId: request.personId, ...(name && { name }), ...(email && { email }), ...(address && { postalLines: name ? [name, ...address] : address }) },
      about: { type: 'information-rights.request', id: requestId },
      values: {
        reference: request.reference, news: t(`news.${kind}`, { due: formatDate(request.language, request.dueOn, 'sentence') }), words: last?.words ?? '', list: items.slice(0, MOST_LISTED).map((item) => `${item.title[request.language]}: ${itemInWords(t, request.language, item)}`),
        link: `/account/data/${requestId}`, council: ctx.council.name[request.language],
      },
    }));
    if (!sent.ok) this.log.warn('information-rights.person-unreachable', { requestId, council: ctx.council.slug });
  }
}

/** The same message has the same id, however often it is asked for. */
function messageIdOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(['information-rights', ...parts])).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
