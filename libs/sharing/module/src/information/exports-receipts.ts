import { Database, audit } from '@guildhall/kernel';
import { demand, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';

const AT_ONCE = 500;

interface Row { readonly receipt_id: string; readonly place: string; readonly document: object }

/** All receipts that were given for an agreement (ISO/IEC TS 27560), for whoever manages it. They name nobody: each has a name of its own for its person. */
@Injectable()
export class ExportsReceipts {
  constructor(private readonly db: Database) {}

  /** The oldest first, a line of JSON each, read piece by piece. That they were taken is on record before the first leaves. @throws NotAllowed unless the actor may manage agreements */
  async export(ctx: RequestContext, agreementId: string): Promise<AsyncIterable<string>> {
    demand(ctx, MANAGE_AGREEMENTS);
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.receipts-exported', subject: { type: 'sharing.agreement', id: agreementId } })));
    return this.#lines(ctx, agreementId);
  }

  async *#lines(ctx: RequestContext, agreementId: string): AsyncGenerator<string> {
    for (let last: Row | undefined, isMore = true; isMore;) {
      // The place goes there and back as PostgreSQL writes it: a date of JavaScript's has no microseconds.
      const rows: readonly Row[] = await this.db.query<Row>(ctx, `
        select receipt_id, at::text as place, document from sharing.receipt where council_id = $1 and agreement_id = $2 ${last ? 'and (at, receipt_id) > ($3, $4)' : ''} order by at, receipt_id limit ${AT_ONCE}`, [ctx.council.id, agreementId, ...(last ? [last.place, last.receipt_id] : [])]);
      for (const { document } of rows) yield `${JSON.stringify(document)}\n`;
      last = rows.at(-1);
      isMore = rows.length === AT_ONCE;
    }
  }
}
