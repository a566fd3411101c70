import { READ_RECORDS } from '@guildhall/information-rights-contract';
import { Ctx, Requires, download, page, type DownloadResult, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get } from '@nestjs/common';
import { RecordsOfProcessing } from './records-of-processing';

/** The records of processing (UK GDPR, article 30), for officers. */
@Controller('desk/records-of-processing')
export class RecordsController {
  constructor(private readonly records: RecordsOfProcessing) {}

  @Get() @Requires(READ_RECORDS)
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return page('information-rights/desk-records', { records: await this.records.list(ctx), atLarge: this.records.atLarge(ctx) });
  }

  @Get('records.csv') @Requires(READ_RECORDS)
  async csv(@Ctx() ctx: RequestContext): Promise<DownloadResult> {
    return download(Buffer.from(await this.records.asCsv(ctx)), { filename: 'records-of-processing.csv', type: 'text/csv; charset=utf-8' });
  }
}
