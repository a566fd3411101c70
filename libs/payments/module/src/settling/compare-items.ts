import type { PaymentId, SettledItem } from '@guildhall/payments-contract';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { enqueue, sql } from '@guildhall/kernel';
import { AskAboutAttemptJob } from '../reconciling/jobs';
import { TellOfDifferenceJob } from './jobs';

/** How a provider's settled list and our books can differ. */
export type DifferenceKind = 'unknown' | 'not-paid-here' | 'amount' | 'settled-twice' | 'not-settled' | 'refund-unknown' | 'refund-amount' | 'refund-not-settled' | 'other';

/** A difference that was found now. */
export interface FoundDifference {
  readonly providerPaymentId: string;
  /** Empty for the payment itself; of what is neither, the movement's. */
  readonly providerRefundId: string;
  readonly kind: DifferenceKind;
  readonly paymentId: string | null;
  readonly day: string;
  readonly oursInPence: number | null;
  readonly theirsInPence: number | null;
}

/** When and by what ids differences are written down. */
export interface Noting { readonly now: Date; newId(): string }

/** What our books have of items `i`: by the provider's id of the payment, and then of the refund. Both are unique: two probes an item, however many payments there are. */
const IN_OUR_BOOKS = `
    left join payments.attempt a on a.council_id = $1 and a.provider = $2 and a.provider_payment_id = i.provider_payment_id
    left join payments.refund r on r.council_id = $1 and r.payment_id = a.payment_id and r.attempt = a.number and r.provider_refund_id = i.provider_refund_id and i.provider_refund_id <> ''`;
const COMPARED = `i.provider_payment_id, i.provider_refund_id, i.amount_in_pence, a.payment_id, a.number,
    case when i.provider_refund_id = '' then case when a.money <> 'none' then a.taken_in_pence end else r.amount_in_pence end as ours,
    case when i.movement is not null then
      -- What was taken and has come back again is nobody's to look for.
      case when i.amount_in_pence <> 0 and i.amount_in_pence + coalesce((select sum(o.amount_in_pence) from payments.settled_item o where o.council_id = $1 and o.provider = $2 and o.provider_payment_id = i.provider_payment_id and o.provider_refund_id <> i.provider_refund_id and o.movement is not null and o.is_listed), 0) <> 0 then 'other' end
    when i.provider_refund_id = '' then
      case when a.payment_id is null then 'unknown' when a.money = 'none' then 'not-paid-here' when a.taken_in_pence <> i.amount_in_pence then 'amount' end
    else
      case when r.refund_id is null or r.state = 'failed' then 'refund-unknown' when r.amount_in_pence <> i.amount_in_pence then 'refund-amount' end
    end as kind`;

interface Compared { provider_payment_id: string; provider_refund_id: string; day: string; amount_in_pence: string; payment_id: PaymentId | null; number: number | null; ours: string | null; kind: DifferenceKind | null; is_twice: boolean }

/**
 * Keeps what a provider has settled on a day, and writes down what of it differs from our books. Keeping it again changes nothing.
 * @param items each once
 */
export async function keepItems(tx: TransactionContext, { provider, day, reading }: { readonly provider: string; readonly day: string; readonly reading: number }, items: readonly SettledItem[], noting: Noting): Promise<void> {
  if (items.length === 0) return;
  // Compared as they come in, in one pass; what is on the list of another day already stays there and comes back as settled twice.
  const differing = await sql<Compared>(tx, `
    with c as (
      select i.settlement_id, i.fee_in_pence, i.movement, ${COMPARED}
      from unnest($5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[]) as i (provider_payment_id, provider_refund_id, settlement_id, amount_in_pence, fee_in_pence, movement) ${IN_OUR_BOOKS}),
    kept as (
      insert into payments.settled_item as s (council_id, provider, provider_payment_id, provider_refund_id, settled_on, settlement_id, amount_in_pence, fee_in_pence, movement, reading, difference)
      select $1, $2, provider_payment_id, provider_refund_id, $3::date, settlement_id, amount_in_pence, fee_in_pence, movement, $4, kind from c
      on conflict (council_id, provider, provider_payment_id, provider_refund_id) do update
        set settled_on = excluded.settled_on, settlement_id = excluded.settlement_id, amount_in_pence = excluded.amount_in_pence, fee_in_pence = excluded.fee_in_pence, movement = excluded.movement, reading = excluded.reading, is_listed = true, difference = excluded.difference
        where s.settled_on = excluded.settled_on or not s.is_listed
      returning provider_payment_id, provider_refund_id)
    select c.*, $3 as day, kept.provider_payment_id is null as is_twice from c left join kept using (provider_payment_id, provider_refund_id) where c.kind is not null or kept.provider_payment_id is null`, [
    tx.council.id, provider, day, reading, items.map((item) => item.providerPaymentId), items.map(itemId), items.map((item) => item.settlementId ?? null), items.map((item) => item.amountInPence), items.map((item) => item.feeInPence ?? null), items.map((item) => item.movement?.what.slice(0, 60) ?? null),
  ]);
  await noteDiffering(tx, provider, differing, noting);
}

/** What an item is known by beside its payment: of a refund its own id, of what is neither the movement's, of the payment itself nothing. */
export function itemId({ providerRefundId, movement }: SettledItem): string { return movement?.id ?? providerRefundId ?? ''; }

/** Compares again what was kept and differed: our books may have caught up with it since. */
export async function compareAgain(tx: TransactionContext, provider: string, items: readonly { readonly provider_payment_id: string; readonly provider_refund_id: string }[], noting: Noting): Promise<void> {
  const these = [tx.council.id, provider, items.map((item) => item.provider_payment_id), items.map((item) => item.provider_refund_id)];
  const compared = `
    select i.settled_on::text as day, false as is_twice, ${COMPARED} from unnest($3::text[], $4::text[]) as k (provider_payment_id, provider_refund_id)
      join payments.settled_item i on i.council_id = $1 and i.provider = $2 and i.provider_payment_id = k.provider_payment_id and i.provider_refund_id = k.provider_refund_id and i.is_listed ${IN_OUR_BOOKS}`;
  await sql(tx, `with c as (${compared})
    update payments.settled_item i set difference = c.kind from c
    where i.council_id = $1 and i.provider = $2 and i.provider_payment_id = c.provider_payment_id and i.provider_refund_id = c.provider_refund_id and i.difference is distinct from c.kind`, these);
  await noteDiffering(tx, provider, await sql<Compared>(tx, `select * from (${compared}) c where c.kind is not null`, these), noting);
  tell(tx, await sql<{ difference_id: string }>(tx, `with c as (${compared})
    update payments.settlement_difference d set state = 'agreed', agreed_at = $5, version = d.version + 1 from c
    where d.council_id = $1 and d.provider = $2 and d.provider_payment_id = c.provider_payment_id and d.provider_refund_id = c.provider_refund_id
      and d.state <> 'agreed' and (d.kind <> 'settled-twice' or d.day = c.day::date) and d.kind is distinct from c.kind
    returning d.difference_id`, [...these, noting.now]));
}

async function noteDiffering(tx: TransactionContext, provider: string, differing: readonly Compared[], noting: Noting): Promise<void> {
  // What has been settled has been paid: the provider has more to tell than we have heard.
  for (const { kind, payment_id: paymentId, number } of differing) if (kind === 'not-paid-here' && paymentId !== null && number !== null) enqueue(tx, AskAboutAttemptJob, { paymentId, attempt: number }, { key: `${paymentId}-${number}` });
  await noteDifferences(tx, provider, differing.flatMap((row) => {
    const kind = row.is_twice ? 'settled-twice' : row.kind;
    return kind === null ? [] : [{ providerPaymentId: row.provider_payment_id, providerRefundId: row.provider_refund_id, kind, paymentId: row.payment_id, day: row.day, oursInPence: row.ours === null ? null : Number(row.ours), theirsInPence: Number(row.amount_in_pence) }];
  }), noting);
}

/** Writes differences down: each thing and kind once, and anew only when it had agreed or comes to something else. */
export async function noteDifferences(tx: TransactionContext, provider: string, found: readonly FoundDifference[], { now, newId }: Noting): Promise<void> {
  if (found.length === 0) return;
  const noted = await sql<{ difference_id: string }>(tx, `
    insert into payments.settlement_difference as d (council_id, difference_id, provider, provider_payment_id, provider_refund_id, kind, payment_id, day, ours_in_pence, theirs_in_pence, found_at)
    select $1, difference_id, $2, provider_payment_id, provider_refund_id, kind, payment_id, day, ours, theirs, $3
    from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::date[], $10::bigint[], $11::bigint[]) as found (difference_id, provider_payment_id, provider_refund_id, kind, payment_id, day, ours, theirs)
    on conflict (council_id, provider, provider_payment_id, provider_refund_id, kind) do update
      set state = 'open', agreed_at = null, payment_id = excluded.payment_id, day = excluded.day, ours_in_pence = excluded.ours_in_pence, theirs_in_pence = excluded.theirs_in_pence, version = d.version + 1
      where d.state = 'agreed' or (d.ours_in_pence, d.theirs_in_pence, d.day) is distinct from (excluded.ours_in_pence, excluded.theirs_in_pence, excluded.day)
    returning difference_id`, [
    tx.council.id, provider, now, found.map(newId), found.map((one) => one.providerPaymentId), found.map((one) => one.providerRefundId), found.map((one) => one.kind), found.map((one) => one.paymentId), found.map((one) => one.day), found.map((one) => one.oursInPence), found.map((one) => one.theirsInPence),
  ]);
  tell(tx, noted);
}

/** Puts the telling of finance into the transaction that changed the differences. */
export function tell(tx: TransactionContext, differences: readonly { readonly difference_id: string }[]): void {
  for (const { difference_id: differenceId } of differences) enqueue(tx, TellOfDifferenceJob, { differenceId }, { key: differenceId });
}
