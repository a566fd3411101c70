import { randomUUID } from 'node:crypto';
import { makeReference } from '@guildhall/cases-contract';
import { Database, download, write, type DownloadResult } from '@guildhall/kernel';
import { IDS, NotFound, isUuid, type Ids, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { choiceReceipt, choiceScope, type Choice, type ChoiceState } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { KeptAgreement } from '../knowing/agreements';
import { noticeDigest, type Notice } from './notice';

/** What somebody gets for a press. */
export interface Receipt {
  readonly receiptId: string;
  /** To be read aloud: `RB-7K3F-92QD`. */
  readonly reference: string;
  readonly agreementId: string;
  readonly state: ChoiceState;
  readonly at: Date;
  /** The words that were shown before. */
  readonly notice: Notice;
  readonly by: Choice['by'];
  /** ISO/IEC TS 27560. */
  readonly document: object;
}

interface ReceiptRow { readonly receipt_id: string; readonly reference: string; readonly agreement_id: string; readonly state: ChoiceState; readonly at: Date; readonly notice: Notice; readonly chosen_by: Choice['by']; readonly document: object }

const COLUMNS = 'receipt_id, reference, agreement_id, state, at, notice, chosen_by, document';

/** Receipts of what people have chosen: kept, so that each can be read again and compared. */
@Injectable()
export class Receipts {
  constructor(private readonly db: Database, @Inject(IDS) private readonly ids: Ids) {}

  /** Writes a receipt down, together with the choice. Neither its name nor the one that it has for the person says anything of their mark in the log, or of the moment: a receipt outlives the key. */
  write(tx: TransactionContext, localId: string, { state, at, by, kept: { document: agreement, vocabulary }, notice }: { readonly state: ChoiceState; readonly at: Date; readonly by: Choice['by']; readonly kept: KeptAgreement; readonly notice: Notice }): void {
    const receiptId = randomUUID();
    const page = `${tx.council.origin}/account/information/agreements/${agreement.id}`;
    const choice: Choice = { agreement: agreement.id, subject: this.ids.token(16), state, at: at.toISOString(), scope: choiceScope(agreement), noticeDigest: noticeDigest(notice), language: notice.language, by };
    const document = choiceReceipt(agreement, choice, vocabulary, { recordId: receiptId, noticeUrl: page, withdrawalUrl: page });
    write(tx, `insert into sharing.receipt (council_id, local_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (council_id, local_id, agreement_id, at, state) do nothing`, [tx.council.id, localId, receiptId, makeReference(this.ids, tx.council.referencePrefix), agreement.id, state, at, JSON.stringify(notice), by, JSON.stringify(document)]);
  }

  /** The newest of an agreement. */
  async latest(ctx: RequestContext, localId: string, agreementId: string): Promise<Receipt | undefined> {
    const [row] = await this.db.query<ReceiptRow>(ctx, `select ${COLUMNS} from sharing.receipt where council_id = $1 and local_id = $2 and agreement_id = $3 order by at desc, state desc limit 1`, [ctx.council.id, localId, agreementId]);
    return row && receiptOf(row);
  }

  /** @throws NotFound when it is not theirs */
  async find(ctx: RequestContext, localId: string, receiptId: string): Promise<Receipt> {
    const [row] = isUuid(receiptId) ? await this.db.query<ReceiptRow>(ctx, `select ${COLUMNS} from sharing.receipt where council_id = $1 and receipt_id = $2 and local_id = $3`, [ctx.council.id, receiptId, localId]) : [];
    if (!row) throw new NotFound('There is no such receipt.');
    return receiptOf(row);
  }
}

/** A receipt to keep (ISO/IEC TS 27560). */
export function receiptFile({ reference, document }: Receipt): DownloadResult { return download(Buffer.from(JSON.stringify(document, undefined, 2)), { filename: `${reference}.json`, type: 'application/json' }); }

function receiptOf({ receipt_id: receiptId, reference, agreement_id: agreementId, state, at, notice, chosen_by: by, document }: ReceiptRow): Receipt { return { receiptId, reference, agreementId, state, at, notice, by, document }; }
