import { Ctx, ForResidents, form, page, redirect } from '@guildhall/kernel';
import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { NotAuthenticated } from '@guildhall/kernel-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { WaysAndDevices } from '../account/ways-and-devices';
import { fieldOf } from './forms';

const TOLD = ['added', 'taken', 'removed', 'ended'] as const;

/** Where residents see how and where they are signed in, and change it. */
@Controller('account/sign-in')
export class DevicesController {
  constructor(@Inject(WaysAndDevices) private readonly waysAndDevices: WaysAndDevices) {}

  @Get() @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const [ways, devices] = await Promise.all([this.waysAndDevices.ways(ctx, me(ctx)), this.waysAndDevices.devices(ctx, me(ctx))]);
    return page('identity/devices', { ways, devices, told: TOLD.find((what) => what in query) });
  }

  @Post('ways') @ForResidents()
  async remove(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const outcome = await this.waysAndDevices.remove(ctx, me(ctx), fieldOf(body, 'way'));
    return redirect(outcome.ok ? '/account/sign-in?removed' : '/account/sign-in');
  }

  @Post('devices') @ForResidents()
  async end(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<RedirectResult> {
    await this.waysAndDevices.end(ctx, me(ctx), fieldOf(body, 'device'));
    return redirect('/account/sign-in?ended');
  }
}

function me(ctx: RequestContext): PersonId {
  if (ctx.actor.kind !== 'resident') throw new NotAuthenticated();
  return ctx.actor.personId;
}
