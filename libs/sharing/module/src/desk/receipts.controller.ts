import { Readable } from 'node:stream';
import { Controller, Get, Param } from '@nestjs/common';
import { Ctx, Requires, download, type DownloadResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS } from '@guildhall/sharing-contract';
import { ExportsReceipts } from '../information/exports-receipts';
import { ReadsAgreements } from './reads-agreements';

/** The receipts of an agreement, for whoever has to show that people chose. */
@Controller('desk/sharing/agreements/:id/receipts')
export class ReceiptsController {
  constructor(private readonly agreements: ReadsAgreements, private readonly receipts: ExportsReceipts) {}

  @Get() @Requires(MANAGE_AGREEMENTS)
  async all(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<DownloadResult> {
    const { document } = await this.agreements.find(ctx, id);
    return download(Readable.from(await this.receipts.export(ctx, document.id), { objectMode: false }), { filename: `${document.id}-receipts.ndjson`, type: 'application/x-ndjson' });
  }
}
