import { Database } from '@guildhall/kernel';
import { CLOCK, InvalidInput, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { agreementName, partiesOf, ukDay, type Agreement } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Figures, type SharingTotals } from '../counting/figures';
import { Bodies } from '../desk/bodies';
import { Agreements, hasBegun } from '../knowing/agreements';

const A_PAGE = 20;

/** An agreement in the public register. */
export interface RegisteredAgreement { readonly name: string; readonly document: Agreement; readonly purpose: Text; readonly contacts: readonly { readonly body: Text; readonly address: string }[]; readonly totals?: SharingTotals }

/** The agreements in force, as everybody may read them. */
@Injectable()
export class ReadsRegister {
  constructor(private readonly db: Database, private readonly bodies: Bodies, private readonly agreements: Agreements, private readonly figures: Figures, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws InvalidInput when the place is none */
  async page(ctx: RequestContext, after?: string): Promise<{ readonly agreements: readonly RegisteredAgreement[]; readonly next?: string }> {
    if (after !== undefined && !/^[a-z0-9-]{1,100}$/.test(after)) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'after', message: 'is not a place in this list' }]);
    const rows = await this.db.query<{ document: Agreement }>(ctx, `
      select a.document from sharing.agreement a
      where a.council_id = $1 and a.agreement_id > $2 and ${hasBegun('a', '$3')} and a.document ->> 'until' >= $3
        and not exists (select from sharing.agreement n where n.council_id = a.council_id and n.agreement_id = a.agreement_id and n.version > a.version and ${hasBegun('n', '$3')})
      order by a.agreement_id limit ${A_PAGE + 1}`, [ctx.council.id, after ?? '', ukDay(this.clock.now())]);
    const shown = rows.slice(0, A_PAGE).map(({ document }) => document);
    const known = await this.bodies.named(ctx, [...new Set(shown.flatMap(partiesOf))]);
    const { bodies, purposes } = this.agreements.vocabulary(ctx, known.map(({ body }) => body));
    const totals = await this.figures.totals(ctx, shown.map(({ id }) => id));
    return {
      agreements: shown.map((document) => ({
        name: agreementName(document), document, purpose: purposes.find(({ id }) => id === document.purpose)?.to ?? { en: document.purpose, cy: document.purpose },
        contacts: Object.entries(document.contacts).map(([id, address]) => ({ body: bodies[id] ?? { en: id, cy: id }, address })), totals: totals.get(document.id),
      })),
      ...(rows.length > A_PAGE && { next: shown.at(-1)?.id }),
    };
  }
}
