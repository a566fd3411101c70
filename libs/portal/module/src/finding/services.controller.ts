import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Ctx, Public, page } from '@guildhall/kernel';
import type { PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { oneWord } from '../one-word';
import { ListServices } from './list-services';

/** The list of services. Each service's own pages belong to the services module. */
@Controller('services')
export class ServicesController {
  constructor(@Inject(ListServices) private readonly services: ListServices) {}

  @Get()
  @Public()
  async list(@Ctx() ctx: RequestContext, @Query('q') words?: unknown, @Query('category') category?: unknown): Promise<PageResult> {
    return page('portal/services', await this.services.for(ctx, { words: oneWord(words, 200), category: oneWord(category, 80) }));
  }
}
