import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Ctx, TakesFiles, Webhook, form, type FormBody, type GuildhallRequest } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { MOST_REQUESTS, SEND_UPDATES } from '@guildhall/open311-contract';
import { windowOf } from '../listing/list-request';
import { Open311Settings } from '../settings';
import { ListUpdates } from '../updating/list-updates';
import { readSentUpdate } from '../updating/sent-update';
import { TakeUpdate } from '../updating/take-update';
import { Callers } from './callers';
import { field, formOf, invalid, queryOf, wholeNumber } from './fields';
import { giveDocument } from './give-document';
import { photosOf } from './photo-files';
import { CALLS_A_MINUTE, FORM_IN_BYTES } from './requests.controller';

/** Whoever asks without saying since when gets the last day. */
const DAY = 86_400_000;

/** What happens to reports afterwards, in both directions: mySociety's extension. */
@Controller('open311/v2')
export class Open311UpdatesController {
  constructor(
    @Inject(Callers) private readonly callers: Callers, @Inject(Open311Settings) private readonly settings: Open311Settings, @Inject(ListUpdates) private readonly updates: ListUpdates,
    @Inject(TakeUpdate) private readonly taking: TakeUpdate, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(['servicerequestupdates.xml', 'servicerequestupdates.json']) @Webhook({ keepsRawBody: false, callsAMinute: CALLS_A_MINUTE })
  async list(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest): Promise<string> {
    const fields = queryOf(req);
    const caller = await this.callers.reader(ctx, fields);
    this.settings.refuseOtherJurisdiction(ctx, field(fields, 'jurisdiction_id'));
    const [page, pageSize] = [wholeNumber(fields, 'page', 1, MOST_REQUESTS), wholeNumber(fields, 'page_size', MOST_REQUESTS, MOST_REQUESTS)];
    if (page * pageSize > 10 * MOST_REQUESTS) throw invalid('page', `and page_size go no further than ${10 * MOST_REQUESTS} updates: ask for a shorter time`);
    return giveDocument(req, 'updates', await this.updates.list(ctx, caller, { ...windowOf(fields, DAY, this.clock.now()), page, pageSize }));
  }

  @Post(['servicerequestupdates.xml', 'servicerequestupdates.json']) @HttpCode(200) @Webhook({ keepsRawBody: false, bodyInBytes: FORM_IN_BYTES, callsAMinute: CALLS_A_MINUTE }) @TakesFiles()
  async send(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Body(form()) body: FormBody): Promise<string> {
    const fields = formOf(req, body);
    const caller = await this.callers.demand(ctx, fields, SEND_UPDATES);
    this.settings.refuseOtherJurisdiction(ctx, field(fields, 'jurisdiction_id'));
    const files = photosOf(req);
    const updateId = await this.taking.take(ctx, caller, readSentUpdate(fields, files.length), files);
    return giveDocument(req, 'updates-taken', [{ update_id: updateId }]);
  }
}
