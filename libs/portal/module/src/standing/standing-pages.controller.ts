import { Controller, Get, Inject } from '@nestjs/common';
import { Ctx, Public, extensionsOf, page } from '@guildhall/kernel';
import type { PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { PRIVACY_NOTE } from '@guildhall/portal-contract';
import { PortalSettings } from '../portal-options';

/** The pages that every council's site must have, written from its configuration and from what its modules declare. */
@Controller()
export class StandingPagesController {
  constructor(@Inject(PortalSettings) private readonly settings: PortalSettings) {}

  @Get('contact')
  @Public()
  contact(@Ctx() ctx: RequestContext): PageResult {
    return page('portal/contact', { openingHours: this.settings.of(ctx).openingHours, servesWelsh: ctx.council.languages.includes('cy') });
  }

  @Get('cookies')
  @Public()
  cookies(): PageResult {
    return page('portal/cookies');
  }

  @Get('privacy')
  @Public()
  privacy(@Ctx() ctx: RequestContext): PageResult {
    const { dataProtection } = this.settings.of(ctx);
    const notes = extensionsOf(ctx, PRIVACY_NOTE).filter(({ isSo }) => isSo?.(ctx) ?? true).sort((a, b) => a.order - b.order || a.id.localeCompare(b.id));
    return page('portal/privacy', { notes, officerEmail: dataProtection.email ?? ctx.council.contact.email, registrationNumber: dataProtection.registrationNumber });
  }

  @Get('accessibility')
  @Public()
  accessibility(@Ctx() ctx: RequestContext): PageResult {
    const { accessibility } = this.settings.of(ctx);
    return page('portal/accessibility', {
      statement: accessibility,
      failures: accessibility.problems.filter(({ isDisproportionate }) => !isDisproportionate),
      burdens: accessibility.problems.filter(({ isDisproportionate }) => isDisproportionate),
      isNorthernIreland: ctx.council.nation === 'northern-ireland',
    });
  }
}
