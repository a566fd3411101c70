import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { keysAt, openPublications, standingOf, voidFrom, type Envelope, type ListStanding, type ModelAgreement, type Publications } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import type { KeptList, ListFault } from './judge-list';
import type { RecognisedList } from './recognised-list';

/** What is published beside a list that this council follows, as it stands here. After its days of grace, nothing of it. */
export interface FollowedPublications {
  readonly followed: RecognisedList;
  readonly standing: ListStanding | 'none';
  readonly published?: Publications;
  readonly voidAt?: Date;
  readonly askedAt?: Date;
  /** Why what was found last was not taken. */
  readonly fault?: ListFault;
  readonly kept?: KeptList;
  readonly etag?: string;
}
/** A model to begin from, by whom it is, and what of its words this council's vocabulary lacks. */
export interface OfferedModel { readonly list: RecognisedList; readonly model: ModelAgreement; readonly lacking: readonly string[] }
interface PublicationRow { readonly list_id: string; readonly envelope: Envelope | null; readonly serial: string | null; readonly taken_at: Date | null; readonly asked_at: Date; readonly fault: ListFault | null; readonly etag: string | null }

/** What regional bodies publish beside the lists that this council follows. */
@Injectable()
export class FollowsPublications {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Of each list beside which something is published, in the order of the configuration. */
  async followed(ctx: RequestContext): Promise<readonly FollowedPublications[]> {
    const lists = (this.node.options(ctx).lists ?? []).filter(({ publications }) => publications !== undefined);
    if (lists.length === 0) return [];
    const rows = await this.db.query<PublicationRow>(ctx, 'select list_id, envelope, serial::text as serial, taken_at, asked_at, fault, etag from sharing.publication where council_id = $1 and list_id = any($2) order by list_id', [ctx.council.id, lists.map(({ id }) => id)]);
    return lists.map((followed) => this.#stands(followed, rows.find(({ list_id: id }) => id === followed.id)));
  }

  /** What agreements can begin from. */
  async models(ctx: RequestContext): Promise<readonly OfferedModel[]> {
    const { attributes, purposes } = this.node.options(ctx).vocabulary;
    const known = new Set<string>([...attributes, ...purposes].map(({ id }) => id));
    return (await this.followed(ctx)).flatMap(({ followed: list, published }) => (published?.models ?? []).map((model) => ({ list, model, lacking: [...model.attributes, model.purpose].filter((id) => !known.has(id)) })));
  }

  #stands(followed: RecognisedList, row: PublicationRow | undefined): FollowedPublications {
    const looked = { followed, ...(row && { askedAt: row.asked_at }), ...(row?.fault && { fault: row.fault }) };
    if (!row?.envelope || !row.taken_at) return { ...looked, standing: 'none' };
    const kept = { envelope: row.envelope, serial: Number(row.serial) };
    // By the keys of the day on which it was taken, as a list is.
    const opened = openPublications(row.envelope, keysAt(followed.by, row.taken_at));
    if (!opened.ok) return { ...looked, kept, standing: 'none' };
    const standing = standingOf(opened.value, this.clock.now(), followed.graceInDays);
    return { ...looked, kept, standing, voidAt: voidFrom(opened.value, followed.graceInDays), ...(standing !== 'void' && { published: opened.value }), ...(row.etag !== null && { etag: row.etag }) };
  }
}
