import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { providerIdsOf, providersOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { BackOfficeOptions, CasesHandedOver } from './back-office.options';

/** The council's settings, and the systems behind them. */
export class BackOfficeSettings {
  constructor(private readonly optionsOf: (ctx: RequestContext) => BackOfficeOptions) {}

  lines(ctx: RequestContext): readonly CasesHandedOver[] { return this.optionsOf(ctx).handOver; }
  /** The line of a kind of case; undefined for one that stays here. */
  lineFor(ctx: RequestContext, caseType: string): CasesHandedOver | undefined {
    return this.lines(ctx).find(({ caseTypes }) => caseTypes.includes(caseType));
  }
  providerIds(ctx: RequestContext): readonly string[] { return providerIdsOf(ctx, BACK_OFFICE_PROVIDER); }
  provider(ctx: RequestContext, id: string): BackOfficeProvider | undefined {
    const at = this.providerIds(ctx).indexOf(id);
    return at < 0 ? undefined : providersOf(ctx, BACK_OFFICE_PROVIDER)[at];
  }
  /** What officers call a system. */
  titleOf(ctx: RequestContext, id: string): string { return this.provider(ctx, id)?.title ?? id; }
}
