import type { DownloadResult, JsonResult, PageResult } from '@guildhall/kernel';
import { Ctx, Requires, download, json, page } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { EXPORT_PAYMENTS } from '@guildhall/payments-contract';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ExportLedger } from '../exporting/export-ledger';

/** The ledger on the desk: its days, and a file of each for the finance system. */
@Controller('desk/ledger')
export class DeskLedgerController {
  constructor(@Inject(ExportLedger) private readonly exporting: ExportLedger) {}

  @Get() @Requires(EXPORT_PAYMENTS)
  async list(@Ctx() ctx: RequestContext, @Query('before') before?: string): Promise<PageResult> {
    return page('payments/desk-ledger', { ...(await this.exporting.days(ctx, before)), isFirstPage: before === undefined });
  }

  @Get(':day') @Requires(EXPORT_PAYMENTS)
  async take(@Ctx() ctx: RequestContext, @Param('day') day: string): Promise<DownloadResult> {
    return fileOf(ctx, this.exporting, day);
  }
}

/** The same for programs. */
@Controller('api/payments/v1/ledger')
export class LedgerApiController {
  constructor(@Inject(ExportLedger) private readonly exporting: ExportLedger) {}

  /** The days on which something was booked, the newest first, up to the last one that is over; `before` a day, those before it. */
  @Get() @Requires(EXPORT_PAYMENTS)
  async days(@Ctx() ctx: RequestContext, @Query('before') before?: string): Promise<JsonResult> {
    return json(await this.exporting.days(ctx, before));
  }

  /** One day's entries as CSV (RFC 4180), with the columns that the council has chosen. It comes to nothing, and is the same whenever it is asked for. */
  @Get(':day') @Requires(EXPORT_PAYMENTS)
  async get(@Ctx() ctx: RequestContext, @Param('day') day: string): Promise<DownloadResult> {
    return fileOf(ctx, this.exporting, day);
  }
}

async function fileOf(ctx: RequestContext, exporting: ExportLedger, day: string): Promise<DownloadResult> {
  return download(await exporting.day(ctx, day), { filename: `ledger-${ctx.council.slug}-${day}.csv`, type: 'text/csv; charset=utf-8' });
}
