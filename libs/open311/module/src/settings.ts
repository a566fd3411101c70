import { optionsOf } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import type { Open311Options } from './options';

/** What the council has chosen. */
export class Open311Settings {
  constructor(private readonly of: (ctx: RequestContext) => Open311Options) {}
  static reading(module: Parameters<typeof optionsOf<Open311Options>>[1]): Open311Settings { return new Open311Settings((ctx) => optionsOf(ctx, module)); }

  options(ctx: RequestContext): Open311Options { return this.of(ctx); }

  /** One council is served at an address, so nobody has to name it; but whoever does must mean this one. @throws NotFound */
  refuseOtherJurisdiction(ctx: RequestContext, given: string | undefined): void {
    if (given === undefined || given.trim() === '') return;
    const { jurisdictionId } = this.of(ctx);
    const own = jurisdictionId === undefined ? [ctx.council.slug, new URL(ctx.council.origin).hostname] : [jurisdictionId];
    if (!own.some((one) => one.toLowerCase() === given.trim().toLowerCase())) throw new NotFound('The jurisdiction_id is not known here. Leave it out, or give the one that the council told you.');
  }
}
