import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { Ctx, Limited, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { CheckConnections } from '../checking/check-connections';
import { SEE_CONNECTIONS } from '../permissions';
import { KeptConnections } from './kept-connections';

/** A look calls every system around the council: nobody makes us do that without end. */
const MOST_LOOKS_A_MINUTE = 20;

/** Which of the systems around the council are connected. */
@Controller('desk/connections')
export class ConnectionsController {
  constructor(@Inject(KeptConnections) private readonly kept: KeptConnections, @Inject(CheckConnections) private readonly checking: CheckConnections) {}

  @Get() @Requires(SEE_CONNECTIONS)
  async list(@Ctx() ctx: RequestContext, @Query('looked') looked?: string): Promise<PageResult> {
    const connections = await this.kept.list(ctx);
    return page('connections/desk-connections', { connections, unconnected: connections.filter(({ isConnected }) => !isConnected).length, checkedAt: connections[0]?.checkedAt, hasLooked: looked !== undefined });
  }

  @Post('look') @Requires(SEE_CONNECTIONS) @Limited(MOST_LOOKS_A_MINUTE)
  async look(@Ctx() ctx: RequestContext, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    await this.checking.run(ctx);
    return redirect('/desk/connections?looked');
  }
}
