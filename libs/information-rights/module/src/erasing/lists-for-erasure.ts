import { Database, sql, write } from '@guildhall/kernel';
import type { JobHandler, RequestContext } from '@guildhall/kernel-contract';
import type { PersonalData, PersonalRecord } from '@guildhall/information-rights-contract';
import { Injectable } from '@nestjs/common';
import { lockRequest } from '../requests/holds-clock';
import { ReadsRequests } from '../requests/reads-requests';
import { sourcesOf } from '../sources';

const AT_ONCE = 200;

/** Lists what is held about somebody with what the modules propose, for an officer to decide. Of several tries the last one counts. */
@Injectable()
export class ListsForErasure implements JobHandler<{ readonly requestId: string }> {
  constructor(private readonly db: Database, private readonly reading: ReadsRequests) {}

  async run(ctx: RequestContext, { requestId }: { readonly requestId: string }): Promise<void> {
    const request = await this.reading.find(ctx, requestId);
    if (request?.kind !== 'erasure' || request.state !== 'preparing') return;
    let number = 0;
    let batch: { readonly number: number; readonly source: PersonalData; readonly record: PersonalRecord }[] = [];
    const flush = async (): Promise<void> => {
      const rows = batch;
      batch = [];
      if (rows.length > 0) await this.db.run(ctx, async (tx) => { if ((await lockRequest(tx, requestId)).state === 'preparing') for (const row of rows) keepItem(tx, requestId, row); });
    };
    for (const source of sourcesOf(ctx)) {
      for await (const record of source.read(ctx, request.personId)) {
        batch.push({ number: ++number, source, record });
        if (batch.length === AT_ONCE) await flush();
      }
    }
    await flush();
    await this.db.run(ctx, async (tx) => {
      if ((await lockRequest(tx, requestId)).state !== 'preparing') return;
      await sql(tx, `update information_rights.request set state = 'to-decide', version = version + 1 where council_id = $1 and request_id = $2`, [tx.council.id, requestId]);
    });
  }
}

function keepItem(tx: Parameters<typeof write>[0], requestId: string, { number, source, record: { id, title, since, onErasure } }: { readonly number: number; readonly source: PersonalData; readonly record: PersonalRecord }): void {
  const kept = onErasure.does === 'keep' ? onErasure : undefined;
  write(tx, `
    insert into information_rights.item (council_id, request_id, source_id, record_id, number, title, since, proposal, because, keep_until, must_keep) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (council_id, request_id, source_id, record_id) do nothing`,
  [tx.council.id, requestId, source.id, id, number, JSON.stringify(title), since, onErasure.does, kept ? JSON.stringify(kept.because) : null, kept?.until ?? null, kept?.mustKeep ?? false]);
}
