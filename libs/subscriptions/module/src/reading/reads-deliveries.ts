import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { NotFound, demand, isUuid, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, type CloudEvent, type DeliveryPage, type DeliveryState, type DeliveryView } from '@guildhall/subscriptions-contract';
import { DELIVERY_COLUMNS, DELIVERY_TABLES, toDelivery, type DeliveryRow } from '../data/delivery-row';
import { cloudEventOf } from '../delivering/send-event';
import { limitOf, placeOf, stateOf } from './place-in-list';
import { ReadsSubscriptions } from './reads-subscriptions';

/** What became of events on their way to one subscription. */
@Injectable()
export class ReadsDeliveries {
  constructor(@Inject(Database) private readonly db: Database, @Inject(ReadsSubscriptions) private readonly subscriptions: ReadsSubscriptions) {}

  async list(ctx: RequestContext, id: string, page: { readonly state?: DeliveryState; readonly before?: string; readonly limit?: number } = {}): Promise<DeliveryPage> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    const limit = limitOf(page.limit);
    const state = stateOf(page.state);
    const place = page.before === undefined ? undefined : placeOf(page.before);
    const { wait_until: waitUntil } = await this.subscriptions.row(ctx, id);
    const values: unknown[] = [ctx.council.id, id, limit + 1];
    // A place is exact to the millisecond, as dates are here: what is stored is cut to it.
    const where = [...(state ? [`d.state = $${values.push(state)}`] : []), ...(place ? [`(d.created_at, d.event_id) < ($${values.push(place.at)}, $${values.push(place.id)})`] : [])];
    const rows = await this.db.query<DeliveryRow>(ctx, `select ${DELIVERY_COLUMNS} from ${DELIVERY_TABLES} where d.council_id = $1 and d.subscription_id = $2${where.map((one) => ` and ${one}`).join('')} order by d.created_at desc, d.event_id desc limit $3`, values);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { deliveries: rows.slice(0, limit).map((row) => toDelivery(row, waitUntil)), ...(last && { next: `${last.created_at.getTime()}_${last.event_id}` }) };
  }

  /** One, with what is sent. @throws NotFound */
  async find(ctx: RequestContext, id: string, eventId: string): Promise<{ readonly delivery: DeliveryView; readonly event: CloudEvent }> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    const { wait_until: waitUntil } = await this.subscriptions.row(ctx, id);
    const [row] = isUuid(eventId) ? await this.db.query<DeliveryRow>(ctx, `select ${DELIVERY_COLUMNS} from ${DELIVERY_TABLES} where d.council_id = $1 and d.subscription_id = $2 and d.event_id = $3`, [ctx.council.id, id, eventId]) : [];
    if (!row) throw new NotFound('There is no such event here. It may have been so long ago that it is no longer kept.');
    return { delivery: toDelivery(row, waitUntil), event: cloudEventOf(ctx, row) };
  }
}
