import { Database, sql, write } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { dateAfter, ukDay, type CheckId, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OutgoingCorrections } from '../correcting/outgoing';
import { seal, unseal } from '../data/sealed';
import { CHANGE_STOPPED } from '../evidence/delete-stopped';
import { OWN_CHANGE_KEPT_FOR } from '../keeping/periods';

export type DeliveryState = 'waiting' | 'arrived' | 'confirmed' | 'turned-down' | 'superseded';
/** One who is to have a change: `taker:…` here, `body:…` elsewhere by an agreement. */
export interface Recipient { readonly recipient: string; readonly agreementId?: string }
/** Whether they have it. */
export interface Delivery extends Recipient { readonly state: DeliveryState; readonly at: Date; readonly failed: readonly CheckId[] }
/** A change, with its value. */
export interface Change { readonly changeId: string; readonly localId: string; readonly attribute: string; readonly evidence: Evidence; readonly fromPeer: string | null; /** Who told it: they themselves, or an adviser for them. */ readonly toldBy: 'resident' | 'adviser'; readonly createdAt: Date }
/** By which agreement another body told a change, and how long that lets it be kept (ISO 8601). */
export interface ToldByAgreement { readonly agreementId: string; readonly keptFor: string }
/** A delivery that is to be made. */
export interface ToBring { readonly change: Change; /** Its person has stopped the agreement by which it came. */ readonly isStopped: boolean; /** By which agreement another body told it. */ readonly toldUnder: string | null; readonly exchangeId: string | null; readonly agreementId: string | null; readonly salt: string | null }

interface ChangeRow { readonly change_id: string; readonly local_id: string; readonly attribute: string; readonly sealed: Buffer; readonly from_peer: string | null; readonly told_by: Change['toldBy']; readonly created_at: Date }

/** What somebody has told once, and who is to have it. */
@Injectable()
export class Changes {
  constructor(private readonly db: Database, private readonly outgoing: OutgoingCorrections, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /**
   * Leaves a change to this transaction, with who is to have it; what was kept before of the same is not used again. The same again changes nothing.
   * @param change of another body's: by which agreement it came, and how long that lets it be kept
   */
  put(tx: TransactionContext, { changeId, localId, attribute, evidence, fromPeer, toldBy = 'resident', by }: Omit<Change, 'createdAt' | 'toldBy'> & Partial<Pick<Change, 'toldBy'>> & { readonly by?: ToldByAgreement }, recipients: readonly Recipient[]): void {
    const at = this.clock.now();
    write(tx, `
      insert into sharing.change (council_id, change_id, kind, local_id, attribute, sealed, from_peer, created_at, told_by, agreement_id, until) values ($1, $2, 'changed', $3, $4, decode($5, 'base64'), $6, $7, $8, $9, $10) on conflict do nothing`, [tx.council.id, changeId, localId, attribute, seal(tx, boundTo(changeId), JSON.stringify(evidence)).toString('base64'), fromPeer, at, toldBy, by?.agreementId ?? null, new Date(`${dateAfter(ukDay(at), by?.keptFor ?? OWN_CHANGE_KEPT_FOR)}T00:00:00Z`)]);
    write(tx, `
      delete from sharing.evidence e using sharing.change c where c.council_id = $1 and c.change_id = $2 and e.council_id = $1 and e.local_id = c.local_id and e.attribute = c.attribute and e.kept_at <= c.created_at`, [tx.council.id, changeId]);
    for (const { recipient, agreementId = null } of recipients) {
      write(tx, `
        insert into sharing.change_delivery (council_id, change_id, recipient, state, exchange_id, agreement_id, at) values ($1, $2, $3, 'waiting', $4, $5, $6) on conflict do nothing`, [tx.council.id, changeId, recipient, agreementId === null ? null : this.ids.uuid(), agreementId, at]);
    }
  }

  async find(ctx: RequestContext, changeId: string): Promise<Change | undefined> {
    const [row] = await this.db.query<ChangeRow>(ctx, `select change_id, local_id, attribute, sealed, from_peer, told_by, created_at from sharing.change where council_id = $1 and change_id = $2 and kind = 'changed'`, [ctx.council.id, changeId]);
    return row && changeOf(ctx, row);
  }

  /** The newest of a person's own. */
  async latest(ctx: RequestContext, localId: string): Promise<Change | undefined> {
    const [row] = await this.db.query<ChangeRow>(ctx, `select change_id, local_id, attribute, sealed, from_peer, told_by, created_at from sharing.change where council_id = $1 and local_id = $2 and kind = 'changed' and from_peer is null order by created_at desc, change_id desc limit 1`, [ctx.council.id, localId]);
    return row && changeOf(ctx, row);
  }

  /** Who is to have it, those here first. */
  async deliveries(ctx: RequestContext, changeId: string): Promise<readonly Delivery[]> {
    const rows = await this.db.query<{ recipient: string; agreement_id: string | null; state: DeliveryState; failed: CheckId[] | null; at: Date }>(ctx, `
      select recipient, agreement_id, state, failed, at from sharing.change_delivery where council_id = $1 and change_id = $2 order by recipient like 'taker:%' desc, recipient limit 1000`, [ctx.council.id, changeId]);
    return rows.map(({ recipient, agreement_id: agreementId, state, failed, at }) => ({ recipient, state, at, failed: failed ?? [], ...(agreementId !== null && { agreementId }) }));
  }

  /** A delivery that waits; nothing where it does not any more. One in whose place something newer was told is not brought any more. */
  async waiting(ctx: RequestContext, changeId: string, recipient: string): Promise<ToBring | undefined> {
    const [row] = await this.db.query<ChangeRow & { readonly exchange_id: string | null; readonly agreement_id: string | null; readonly told_under: string | null; readonly salt: Buffer | null; readonly is_stopped: boolean; readonly is_superseded: boolean }>(ctx, `
      select c.change_id, c.local_id, c.attribute, c.sealed, c.from_peer, c.told_by, c.created_at, d.exchange_id, d.agreement_id, c.agreement_id as told_under, d.sealed as salt, ${CHANGE_STOPPED} as is_stopped, exists (
        select from sharing.change n join sharing.change_delivery nd on nd.council_id = n.council_id and nd.change_id = n.change_id and nd.recipient = d.recipient
        where n.council_id = c.council_id and n.local_id = c.local_id and n.attribute = c.attribute and n.kind = 'changed' and (n.created_at, n.change_id) > (c.created_at, c.change_id)) as is_superseded
      from sharing.change_delivery d join sharing.change c on c.council_id = d.council_id and c.change_id = d.change_id where d.council_id = $1 and d.change_id = $2 and d.recipient = $3 and d.state = 'waiting'`, [ctx.council.id, changeId, recipient]);
    if (!row) return undefined;
    if (row.is_superseded) return void (await this.settle(ctx, changeId, recipient, 'superseded'));
    return { change: changeOf(ctx, row), isStopped: row.is_stopped, toldUnder: row.told_under, exchangeId: row.exchange_id, agreementId: row.agreement_id, salt: row.salt && unseal(ctx, `${boundTo(changeId)} ${recipient}`, row.salt) };
  }

  /** Keeps what is told with a value, in the transaction in which it is written down. */
  keepSalt(tx: TransactionContext, changeId: string, recipient: string, salt: string): void {
    write(tx, `update sharing.change_delivery set sealed = decode($4, 'base64') where council_id = $1 and change_id = $2 and recipient = $3`, [tx.council.id, changeId, recipient, seal(tx, `${boundTo(changeId)} ${recipient}`, salt).toString('base64')]);
  }

  /** One has it, or will not. When all have it, whoever told it hears so: both are written down, or neither. */
  async settle(ctx: RequestContext, changeId: string, recipient: string, state: Exclude<DeliveryState, 'waiting'>, failed: readonly CheckId[] = []): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `select change_id from sharing.change where council_id = $1 and change_id = $2 for update`, [ctx.council.id, changeId]);
      await sql(tx, `update sharing.change_delivery set state = $4, failed = $5, at = $6 where council_id = $1 and change_id = $2 and recipient = $3 and state in ('waiting', 'arrived')`, [ctx.council.id, changeId, recipient, state, failed, this.clock.now()]);
      if (state === 'confirmed') await this.#confirm(tx, changeId);
    });
  }

  /** That it is where it belongs, when all have it: also the body that told it hears so. The same again changes nothing. @returns whether there is such a change of another body's */
  confirm(ctx: RequestContext, changeId: string): Promise<boolean> { return this.db.run(ctx, (tx) => this.#confirm(tx, changeId)); }

  async #confirm(tx: TransactionContext, changeId: string): Promise<boolean> {
    const [row] = await sql<{ kind: string; local_id: string; attribute: string; from_peer: string | null; pairwise: string | null; is_waiting: boolean }>(tx, `
      select c.kind, c.local_id, c.attribute, c.from_peer, l.pairwise, exists (select from sharing.change_delivery d where d.council_id = c.council_id and d.change_id = c.change_id and d.state <> 'confirmed') as is_waiting
      from sharing.change c left join sharing.link l on l.council_id = c.council_id and l.local_id = c.local_id and l.peer_id = c.from_peer where c.council_id = $1 and c.change_id = $2`, [tx.council.id, changeId]);
    if (!row?.from_peer) return false;
    if (row.is_waiting) return true;
    const { kind, local_id: localId, attribute, from_peer: peerId, pairwise: subject } = row;
    const at = this.clock.now();
    const fresh = await sql<{ change_id: string }>(tx, 'update sharing.change set confirmed_at = $3 where council_id = $1 and change_id = $2 and confirmed_at is null returning change_id', [tx.council.id, changeId, at]);
    if (fresh.length > 0 && kind === 'changed' && subject !== null) this.outgoing.put(tx, { peerId, localId, about: { change: changeId }, at, message: { kind: 'confirmed', id: changeId, subject, attribute: attribute as Evidence['attribute'], at: at.toISOString() } });
    return true;
  }
}

function changeOf(ctx: RequestContext, { change_id: changeId, local_id: localId, attribute, sealed, from_peer: fromPeer, told_by: toldBy, created_at: createdAt }: ChangeRow): Change {
  return { changeId, localId, attribute, fromPeer, toldBy, createdAt, evidence: evidenceIn(ctx, changeId, sealed) };
}

/** What was told. */
export function evidenceIn(ctx: RequestContext, changeId: string, sealed: Buffer): Evidence { return JSON.parse(unseal(ctx, boundTo(changeId), sealed)) as Evidence; }

function boundTo(changeId: string): string { return `change ${changeId}`; }
