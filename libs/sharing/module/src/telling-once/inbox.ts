import { Database, audit } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, isUuid, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { TAKE_CHANGES, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { unseal } from '../data/sealed';
import { CHANGE_STOPPED } from '../evidence/delete-stopped';
import { Changes } from './changes';

const A_PAGE = 100;

/** What another body has told of somebody whom this one knows: what it is now; that what it told is to be asked for again; or that it is erased there (UK GDPR, Article 19). */
export interface InboxItem { readonly id: string; readonly kind: 'changed' | 'corrected' | 'erased'; /** As this body knows them. */ readonly person: string; readonly attribute: string; readonly evidence: Evidence | null; readonly from: string; readonly at: string }

interface Row { readonly change_id: string; readonly kind: InboxItem['kind']; readonly local_id: string; readonly attribute: string; readonly sealed: Buffer | null; readonly from_peer: string; readonly created_at: Date }

/** What waits for the body's own systems, until they say that they have it: told again each time they ask. */
@Injectable()
export class Inbox {
  constructor(private readonly db: Database, private readonly changes: Changes, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The oldest first, a page of them, but for what was stopped since it was told or may be kept no longer: the next page comes when these are confirmed. That they were read is on record. */
  async read(ctx: RequestContext): Promise<{ readonly items: readonly InboxItem[]; readonly hasMore: boolean }> {
    demand(ctx, TAKE_CHANGES);
    const rows = await this.db.query<Row>(ctx, `
      select c.change_id, c.kind, c.local_id, c.attribute, c.sealed, c.from_peer, c.created_at from sharing.change c
      where c.council_id = $1 and c.from_peer is not null and c.confirmed_at is null and (c.until is null or c.until > $2) and not ${CHANGE_STOPPED}
        and not exists (select from sharing.change_delivery d where d.council_id = c.council_id and d.change_id = c.change_id)
      order by c.created_at, c.change_id limit ${A_PAGE + 1}`, [ctx.council.id, this.clock.now()]);
    const shown = rows.slice(0, A_PAGE);
    if (shown.length > 0) {
      await this.db.run(ctx, (tx) => {
        for (const { change_id: id, local_id: localId } of shown) audit(tx, { action: 'sharing.inbox-read', subject: { type: 'sharing.change', id }, personId: isUuid(localId) ? localId : undefined });
        return Promise.resolve();
      });
    }
    const items = shown.map(({ change_id: id, kind, local_id: person, attribute, sealed, from_peer: from, created_at: at }): InboxItem => ({ id, kind, person, attribute, evidence: sealed && (JSON.parse(unseal(ctx, `change ${id}`, sealed)) as Evidence), from, at: at.toISOString() }));
    return { items, hasMore: rows.length > A_PAGE };
  }

  /** It is where it belongs: whoever told it hears so. The same again changes nothing. @throws NotFound */
  async confirm(ctx: RequestContext, id: string): Promise<void> {
    demand(ctx, TAKE_CHANGES);
    if (!isUuid(id) || !(await this.changes.confirm(ctx, id))) throw new NotFound('There is no such thing in the inbox.');
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.inbox-confirmed', subject: { type: 'sharing.change', id } })));
  }
}
