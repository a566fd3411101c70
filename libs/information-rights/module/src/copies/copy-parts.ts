import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { seal, unseal } from '../data/sealed';

export const FORMATS = ['json', 'pdf'] as const;
export type CopyFormat = (typeof FORMATS)[number];
/** Whose copy it is, by which try to make it, in which format. */
export interface WhichCopy { readonly requestId: string; readonly runId: string; readonly format: CopyFormat }

/** As much is in memory at once. */
const PART_IN_BYTES = 256 * 1024;

/** Copies in sealed parts: neither writing nor reading one has all of it in memory. */
@Injectable()
export class CopyParts {
  constructor(private readonly db: Database) {}

  async keep(ctx: RequestContext, which: WhichCopy, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    let [waiting, size, number]: [Uint8Array[], number, number] = [[], 0, 0];
    const flush = async (): Promise<void> => {
      const { requestId, runId, format } = which;
      await this.db.query(ctx, 'insert into information_rights.copy_part (council_id, request_id, run_id, format, number, sealed) values ($1, $2, $3, $4, $5, $6)', [ctx.council.id, requestId, runId, format, number, seal(ctx, boundTo(which, number), Buffer.concat(waiting))]);
      [waiting, size, number] = [[], 0, number + 1];
    };
    for await (const chunk of bytes) {
      waiting.push(chunk);
      size += chunk.length;
      if (size >= PART_IN_BYTES) await flush();
    }
    if (size > 0) await flush();
  }

  async *read(ctx: RequestContext, which: WhichCopy): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const [row] = await this.db.query<{ sealed: Buffer }>(ctx, 'select sealed from information_rights.copy_part where council_id = $1 and request_id = $2 and run_id = $3 and format = $4 and number = $5', [ctx.council.id, which.requestId, which.runId, which.format, number]);
      if (!row) return;
      yield unseal(ctx, boundTo(which, number), row.sealed);
    }
  }
}

function boundTo({ requestId, runId, format }: WhichCopy, number: number): string { return `${requestId}/${runId}/${format}/${number}`; }
