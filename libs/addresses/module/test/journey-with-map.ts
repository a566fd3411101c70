import path from 'node:path';
import { Body, Controller, Get, Inject, Module, Post } from '@nestjs/common';
import { Ctx, MACHINE_CREDENTIALS, Public, defineModule, form, page } from '@guildhall/kernel';
import type { FormBody, MachineCredentials, PageResult } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ADDRESSES, mapAround, readMapForm } from '@guildhall/addresses-contract';
import type { AddressesApi, MapAnswer } from '@guildhall/addresses-contract';

@Controller('where')
class WhereController {
  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi) {}

  @Get() @Public()
  async ask(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return this.show(ctx, { view: mapAround((await this.addresses.extent(ctx)).centre, 16) }, '');
  }
  @Post() @Public()
  async take(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult> {
    const answer = readMapForm(body, 'where', mapAround((await this.addresses.extent(ctx)).centre, 16));
    return this.show(ctx, answer, String(body['details'] ?? ''));
  }
  private async show(ctx: RequestContext, { view, point, did }: MapAnswer, details: string): Promise<PageResult> {
    const map = await this.addresses.picture(ctx, view, { at: point });
    const isAnswered = did === undefined && point !== undefined;
    return page('journey/where', { question: 'Where is it?', detailsLabel: 'Details', details, map, answer: isAnswered ? `${point.latitude},${point.longitude}` : undefined, look: isAnswered ? map : undefined });
  }
}

const machine: MachineCredentials = {
  authenticate: async (_ctx, clientId, secret) => (clientId === 'neighbour' && secret === 'correct' ? { clientId, permissions: ['addresses.look-up'] } : clientId === 'stranger' ? { clientId, permissions: [] } : undefined),
};

@Module({ controllers: [WhereController] })
class JourneyModule {}

/** A page with a map in a form, and a machine that may look addresses up: for tests of this package. */
export const journeyWithMap = defineModule({ id: 'journey', version: '0.1.0', packageFolder: __dirname, nest: JourneyModule, viewsFolder: path.join(__dirname, 'views'), registers: [register(MACHINE_CREDENTIALS, machine)] });
