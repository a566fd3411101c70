import { Database, audit } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, isUuid, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { TAKE_CHANGES, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ToldStanding } from '../choosing/told-standing';
import { unseal } from '../data/sealed';
import { CHANGE_STOPPED } from '../evidence/delete-stopped';
import { Changes } from './changes';

const A_PAGE = 100;
/** So many are heard of at once. */
const TOGETHER = 10;

/** What another body has told of somebody whom this one knows: what it is now; that what it told is to be asked for again; or that it is erased there (UK GDPR, Article 19). */
export interface InboxItem { readonly id: string; readonly kind: 'changed' | 'corrected' | 'erased'; /** As this body knows them. */ readonly person: string; readonly attribute: string; readonly evidence: Evidence | null; readonly from: string; readonly at: string }

interface Row { readonly change_id: string; readonly kind: InboxItem['kind']; readonly local_id: string; readonly attribute: string; readonly sealed: Buffer | null; readonly from_peer: string; readonly created_at: Date; readonly agreement_id: string | null; /** As exact as it is kept: a page goes on from there. */ readonly place: string }

/** What waits for the body's own systems, until they say that they have it: told again each time they ask. */
@Injectable()
export class Inbox {
  constructor(private readonly db: Database, private readonly changes: Changes, private readonly standing: ToldStanding, @Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * The oldest first, a page of them, but for what may be kept no longer, or was stopped since it was told, here or where it is from; while nobody can say whether it was, it waits as well. The next page comes when these are confirmed.
   * That they were read is on record.
   */
  async read(ctx: RequestContext): Promise<{ readonly items: readonly InboxItem[]; readonly hasMore: boolean }> {
    demand(ctx, TAKE_CHANGES);
    const rows = await this.#toShow(ctx);
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

  /** What stands behind something that waits is shown before it. */
  async #toShow(ctx: RequestContext): Promise<readonly Row[]> {
    const [shown, silent]: [Row[], Set<string>] = [[], new Set()];
    for (let after: Row | undefined; ; ) {
      const rows = await this.#waiting(ctx, after);
      for (let at = 0; at < rows.length && shown.length <= A_PAGE; at += TOGETHER) {
        const some = await Promise.all(rows.slice(at, at + TOGETHER).map(async (row) => ({ row, isShown: await this.#isSure(ctx, row, silent) })));
        shown.push(...some.flatMap(({ row, isShown }) => (isShown ? [row] : [])));
      }
      after = rows.at(-1);
      if (rows.length <= A_PAGE || shown.length > A_PAGE) return shown;
    }
  }

  #waiting(ctx: RequestContext, after: Row | undefined): Promise<readonly Row[]> {
    return this.db.query<Row>(ctx, `
      select c.change_id, c.kind, c.local_id, c.attribute, c.sealed, c.from_peer, c.created_at, c.agreement_id, c.created_at::text as place from sharing.change c
      where c.council_id = $1 and c.from_peer is not null and c.confirmed_at is null and (c.until is null or c.until > $2) and not ${CHANGE_STOPPED} and ($3::timestamptz is null or (c.created_at, c.change_id) > ($3::timestamptz, $4::uuid))
        and not exists (select from sharing.change_delivery d where d.council_id = c.council_id and d.change_id = c.change_id)
      order by c.created_at, c.change_id limit ${A_PAGE + 1}`, [ctx.council.id, this.clock.now(), after?.place ?? null, after?.change_id ?? null]);
  }

  /** That something is to be asked for again, or is erased there, stops nobody from hearing of it. */
  async #isSure(ctx: RequestContext, { kind, local_id: localId, from_peer: fromPeer, agreement_id: agreementId, created_at: toldAt }: Row, silent: Set<string>): Promise<boolean> {
    return kind !== 'changed' || agreementId === null || (await this.standing.of(ctx, { agreementId, fromPeer, localId, toldAt }, silent)) === 'sure';
  }

  /** It is where it belongs: whoever told it hears so. The same again changes nothing. @throws NotFound */
  async confirm(ctx: RequestContext, id: string): Promise<void> {
    demand(ctx, TAKE_CHANGES);
    if (!isUuid(id) || !(await this.changes.confirm(ctx, id))) throw new NotFound('There is no such thing in the inbox.');
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.inbox-confirmed', subject: { type: 'sharing.change', id } })));
  }
}
