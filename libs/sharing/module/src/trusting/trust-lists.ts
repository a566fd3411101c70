import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { keysAt, openTrustList, standingOf, voidFrom, type Envelope, type ListStanding, type TrustList } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import type { KeptList, ListFault } from './judge-list';
import type { RecognisedList } from './recognised-list';

/** A list that this council follows, as it stands here. `none` has been taken yet, or its issuer's key is not believed any more. */
export interface FollowedList {
  readonly followed: RecognisedList;
  readonly standing: ListStanding | 'none';
  readonly list?: TrustList;
  /** From when nobody is known by it any more. */
  readonly voidAt?: Date;
  readonly takenAt?: Date;
  readonly askedAt?: Date;
  /** Why what was found last was not taken. */
  readonly fault?: ListFault;
  readonly kept?: KeptList;
  readonly etag?: string;
}
interface ListRow { readonly list_id: string; readonly envelope: Envelope | null; readonly serial: string | null; readonly taken_at: Date | null; readonly asked_at: Date; readonly fault: ListFault | null; readonly etag: string | null }

/** The lists of regional bodies that this council follows. */
@Injectable()
export class TrustLists {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** In the order of the configuration. */
  async followed(ctx: RequestContext): Promise<readonly FollowedList[]> {
    const { lists = [] } = this.node.options(ctx);
    if (lists.length === 0) return [];
    const rows = await this.db.query<ListRow>(ctx, 'select list_id, envelope, serial::text as serial, taken_at, asked_at, fault, etag from sharing.trust_list where council_id = $1 and list_id = any($2) order by list_id', [ctx.council.id, lists.map(({ id }) => id)]);
    return lists.map((followed) => this.#stands(followed, rows.find(({ list_id: id }) => id === followed.id)));
  }

  isFollowed(ctx: RequestContext, listId: string): boolean { return this.node.options(ctx).lists?.some(({ id }) => id === listId) ?? false; }

  /** Who issues a list; its own id once it is not followed any more. */
  nameOf(ctx: RequestContext, listId: string): Text { return this.node.options(ctx).lists?.find(({ id }) => id === listId)?.by.name ?? { en: listId, cy: listId }; }

  #stands(followed: RecognisedList, row: ListRow | undefined): FollowedList {
    const looked = { followed, ...(row && { askedAt: row.asked_at }), ...(row?.fault && { fault: row.fault }) };
    if (!row?.envelope || !row.taken_at) return { ...looked, standing: 'none' };
    const kept = { envelope: row.envelope, serial: Number(row.serial) };
    // By the keys of the day on which it was taken: what came before a key was stolen stands.
    const opened = openTrustList(row.envelope, keysAt(followed.by, row.taken_at));
    if (!opened.ok) return { ...looked, kept, standing: 'none' };
    const list = opened.value;
    return { ...looked, kept, list, standing: standingOf(list, this.clock.now(), followed.graceInDays), voidAt: voidFrom(list, followed.graceInDays), takenAt: row.taken_at, ...(row.etag !== null && { etag: row.etag }) };
  }
}
