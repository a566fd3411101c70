import { addDays, dayOf, type PlainDate } from '@guildhall/cases-contract';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalFact, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, demand, isUuid, type Clock, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

const AT_ONCE = 50;
const YEARS = 6;
const RECORDS: Text = {
  en: 'financial records are kept for six years after the financial year (UK GDPR, article 17(3)(b); Value Added Tax Act 1994, schedule 11, paragraph 6; Limitation Act 1980, section 5)',
  cy: 'cedwir cofnodion ariannol am chwe blynedd ar ôl y flwyddyn ariannol (GDPR y DU, erthygl 17(3)(b); Deddf Treth ar Werth 1994, atodlen 11, paragraff 6; Deddf Cyfyngiadau 1980, adran 5)',
};

interface PaymentRow {
  readonly payment_id: string; readonly reference: string; readonly description_en: string; readonly description_cy: string; readonly state: string; readonly amount_in_pence: string; readonly payer_email: string | null; readonly payer_details: object | null; readonly language: string; readonly requested_at: Date; readonly paid_at: Date | null;
  readonly attempts: readonly { readonly state: string; readonly cardBrand: string | null; readonly cardLastDigits: string | null }[]; readonly refunds: readonly { readonly amountInPence: number; readonly reason: string; readonly state: string }[];
}

/** What somebody has paid. Kept as long as financial records are, whoever asks. */
@Injectable()
export class PaymentsOfPerson implements PersonalData {
  readonly id = 'payments.payments';
  readonly order = 400;
  readonly title = { en: 'Your payments', cy: 'Eich taliadau' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    for (let last: PaymentRow | undefined; ; ) {
      const rows: readonly PaymentRow[] = await this.#page(ctx, personId, last);
      for (const row of rows) {
        const until = keptUntil(row.paid_at ?? row.requested_at);
        yield {
          id: row.payment_id, title: { en: `${row.description_en}, ${row.reference}`, cy: `${row.description_cy}, ${row.reference}` }, source: { en: 'You, and whoever took the payment for us', cy: 'Chi, a phwy bynnag a gymerodd y taliad ar ein rhan' }, since: row.requested_at,
          facts: factsOf(row), data: { ...row, amount_in_pence: Number(row.amount_in_pence) },
          onErasure: until >= dayOf(this.clock.now()) ? { does: 'keep', because: RECORDS, until, mustKeep: true } : { does: 'erase' },
        };
      }
      last = rows[AT_ONCE - 1];
      if (!last) return;
    }
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    if (!isUuid(recordId)) return true;
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<{ requested_at: Date; paid_at: Date | null }>(tx, 'select requested_at, paid_at from payments.payment where council_id = $1 and payment_id = $2 and person_id = $3 for update', [tx.council.id, recordId, personId]);
      if (!row) return true;
      if (keptUntil(row.paid_at ?? row.requested_at) >= dayOf(this.clock.now())) return false;
      await sql(tx, 'update payments.payment set person_id = null, payer_email = null, payer_details = null where council_id = $1 and payment_id = $2', [tx.council.id, recordId]);
      await sql(tx, 'update payments.attempt set card_brand = null, card_last_digits = null where council_id = $1 and payment_id = $2', [tx.council.id, recordId]);
      audit(tx, { action: 'payments.erase-payer', subject: { type: 'payment', id: recordId } });
      return true;
    });
  }

  #page(ctx: RequestContext, personId: PersonId, last: PaymentRow | undefined): Promise<readonly PaymentRow[]> {
    return this.db.query<PaymentRow>(ctx, `
      select p.payment_id, p.reference, p.description_en, p.description_cy, p.state, p.amount_in_pence, p.payer_email, p.payer_details, p.language, p.requested_at, p.paid_at,
        (select coalesce(jsonb_agg(jsonb_build_object('number', a.number, 'state', a.state, 'begunAt', a.begun_at, 'cardBrand', a.card_brand, 'cardLastDigits', a.card_last_digits) order by a.number), '[]') from payments.attempt a where a.council_id = $1 and a.payment_id = p.payment_id) as attempts,
        (select coalesce(jsonb_agg(jsonb_build_object('amountInPence', r.amount_in_pence, 'reason', r.reason, 'state', r.state, 'requestedAt', r.requested_at) order by r.requested_at), '[]') from payments.refund r where r.council_id = $1 and r.payment_id = p.payment_id) as refunds
      from payments.payment p where p.council_id = $1 and p.person_id = $2 ${last ? 'and (p.requested_at, p.payment_id) > ($3, $4)' : ''} order by p.requested_at, p.payment_id limit ${AT_ONCE}`, [ctx.council.id, personId, ...(last ? [last.requested_at, last.payment_id] : [])]);
  }
}

/** The last day of the sixth financial year after the one in which it was made: years end on 31 March. */
export function keptUntil(at: Date): PlainDate {
  const day = dayOf(at);
  const endOfYear = Number(day.slice(0, 4)) + (day.slice(5) >= '04-01' ? 1 : 0);
  return addDays(`${endOfYear + YEARS}-04-01`, -1);
}

function factsOf({ amount_in_pence: pence, paid_at: paidAt, payer_email: email, payer_details: payer, attempts, refunds }: PaymentRow): readonly PersonalFact[] {
  return [
    { label: { en: 'Amount', cy: 'Swm' }, value: inPounds(Number(pence)) },
    ...(paidAt ? [{ label: { en: 'Paid', cy: 'Talwyd' }, value: paidAt }] : []),
    ...(email === null ? [] : [{ label: { en: 'Email address', cy: 'Cyfeiriad e-bost' }, value: email }]),
    ...(payer === null ? [] : [{ label: { en: 'Payer', cy: 'Talwr' }, value: Object.values(payer).flat().map(String).join(', ') }]),
    ...attempts.flatMap(({ cardBrand, cardLastDigits }) => (cardLastDigits === null ? [] : [{ label: { en: 'Card', cy: 'Cerdyn' }, value: `${cardBrand ?? ''} ${cardLastDigits}`.trim() }])),
    ...refunds.map(({ amountInPence, reason }) => ({ label: { en: 'Paid back', cy: 'Ad-dalwyd' }, value: `${inPounds(amountInPence)}: ${reason}` })),
  ];
}

function inPounds(pence: number): string { return `£${(pence / 100).toFixed(2)}`; }
