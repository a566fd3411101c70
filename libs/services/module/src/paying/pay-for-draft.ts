import { Inject, Injectable } from '@nestjs/common';
import { Database, sql } from '@guildhall/kernel';
import { CLOCK, IDS, refused, type Clock, type Ids, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { makeReference } from '@guildhall/cases-contract';
import { PAYMENTS, payerAddressFrom, type Payer, type Payment, type PaymentsApi, type RequestRefusal, type StartRefusal, type WithdrawRefusal } from '@guildhall/payments-contract';
import type { InstalledService } from '@guildhall/services-contract';
import type { ConfirmedSubmission, Draft } from '../drafts/draft';

/** Asks for the payment of a confirmed draft, and takes it back when the answers are to be changed. */
@Injectable()
export class PayForDraft {
  constructor(@Inject(Database) private readonly db: Database, @Inject(PAYMENTS.token) private readonly payments: PaymentsApi, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Where to send the payer. Asking again, after a decline or in a second window, carries on with the same payment. */
  async start(ctx: RequestContext, installed: InstalledService, draft: Draft): Promise<Outcome<{ readonly nextUrl: string }, RequestRefusal | StartRefusal>> {
    return this.#underFreeReference(ctx, draft, (reference) => this.payments.take(ctx, orderOf(installed, draft, reference)));
  }

  /** Writes the payment down at payments, once, however often it is asked for. */
  async request(ctx: RequestContext, installed: InstalledService, draft: Draft): Promise<Outcome<Payment, RequestRefusal>> {
    return this.#underFreeReference(ctx, draft, (reference) => this.payments.request(ctx, orderOf(installed, draft, reference)));
  }

  /** Opens a confirmed draft again, so that its answers can be changed: the payment is withdrawn first, and money that still comes goes back. */
  async takeBack(ctx: RequestContext, draft: Draft): Promise<Outcome<'opened', WithdrawRefusal | Refusal<'not-paying'>>> {
    if (draft.state !== 'paying' || !draft.paymentId) return refused('not-paying', 'There is no payment to take back.');
    const withdrawn = await this.withdraw(ctx, draft);
    if (!withdrawn.ok) return withdrawn;
    await this.db.run(ctx, (tx) => sql(tx, `update services.draft set state = 'open', submission = null, case_id = null, reference = null, payment_id = null, next_try_at = null, version = version + 1, updated_at = $3
      where council_id = $1 and draft_id = $2 and state = 'paying' and payment_id = $4`, [tx.council.id, draft.draftId, this.clock.now(), draft.paymentId]));
    return { ok: true, value: 'opened' };
  }

  /** Asks with the draft's reference, and with another as long as that is taken. */
  async #underFreeReference<Value, R extends Refusal>(ctx: RequestContext, draft: Draft, asking: (reference: string) => Promise<Outcome<Value, R | RequestRefusal>>): Promise<Outcome<Value, R | RequestRefusal>> {
    let { reference = '' } = draft;
    for (let attempt = 0; attempt < 5; attempt++) {
      const outcome = await asking(reference);
      if (outcome.ok || outcome.refusal.reason !== 'reference-taken') return outcome;
      const [row] = await this.db.query<{ reference: string }>(ctx, `update services.draft set reference = case when reference = $3 then $4 else reference end where council_id = $1 and draft_id = $2 and state = 'paying' returning reference`, [ctx.council.id, draft.draftId, reference, makeReference(this.ids, ctx.council.referencePrefix)]);
      if (!row) break;
      reference = row.reference;
    }
    return refused('reference-taken', 'Every reference that was tried is taken.');
  }

  private async withdraw(ctx: RequestContext, { paymentId }: Draft): Promise<Outcome<unknown, WithdrawRefusal>> {
    try {
      return await this.payments.withdraw(ctx, paymentId as NonNullable<Draft['paymentId']>);
    } catch (error) {
      // It was never asked for: nothing to withdraw.
      if ((error as { code?: string }).code === 'not-found') return { ok: true, value: undefined };
      throw error;
    }
  }
}

/** Made from what was confirmed and from nothing else. */
function orderOf(installed: InstalledService, { draftId, paymentId, submission, assisted }: Draft, reference: string): Parameters<PaymentsApi['request']>[1] {
  if (!submission || !paymentId) throw new Error(`The draft ${draftId} has nothing to pay.`);
  const { slug, service } = installed;
  const payer = payerOf(installed, submission);
  return {
    paymentId, idempotencyKey: `services.draft:${paymentId}:${reference}`, reference, description: service.title, lines: submission.fee, subject: { type: 'draft', id: draftId },
    ...(Object.keys(payer).length > 0 && { payer }), returnPath: assisted ? `/payments/${paymentId}` : `/services/${slug}/paid/${draftId}`, language: submission.language,
  };
}

/** What somebody told us is not asked for again on the page to pay on (WCAG 2.2, 3.3.7). */
function payerOf({ service, questions }: InstalledService, { contact: { name, email, postalLines = [] }, location }: ConfirmedSubmission): Payer {
  // Of several places it is not known which one was answered: all of them must be where the payer lives.
  const isHome = [service.opens.location ?? []].flat().every((id) => questions.get(id)?.attribute === 'address.current');
  const lines = isHome && location?.lines && location.postcode ? [...location.lines, location.postcode] : postalLines[0] === name ? postalLines.slice(1) : postalLines;
  const address = payerAddressFrom(lines);
  return { ...(email && { email }), ...(name && { name }), ...(address && { address }) };
}
