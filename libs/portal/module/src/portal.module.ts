import path from 'node:path';
import { Module } from '@nestjs/common';
import { defineModule, mayUse, optionsOf } from '@guildhall/kernel';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { register } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ACCOUNT_SECTION, AREA_PANEL, DESK_AREA, FOOTER_LINK, HOME_ALERTS, HOME_PANEL, PRIVACY_NOTE } from '@guildhall/portal-contract';
import { SERVICES } from '@guildhall/services-contract';
import { PAGE_FRAME } from '@guildhall/ui';
import { AccountController } from './account/account.controller';
import { ShowAccount } from './account/show-account';
import { ListServices } from './finding/list-services';
import { ServicesController } from './finding/services.controller';
import { PortalFrame } from './frame/portal-frame';
import { HomeController } from './home/home.controller';
import { ShowHome } from './home/show-home';
import { PORTAL_DEFAULTS, PortalSettings } from './portal-options';
import type { PortalOptions } from './portal-options';
import { StandingPagesController } from './standing/standing-pages.controller';
import { technicalNote } from './standing/technical-note';
import { portalTexts } from './wording/texts';
import { CouncillorsOfPlace, ResponsibilitiesHere } from './your-area/area-panels';
import { AreaController } from './your-area/area.controller';
import { LookUpArea } from './your-area/look-up-area';

@Module({
  controllers: [HomeController, ServicesController, AreaController, AccountController, StandingPagesController],
  providers: [ShowHome, ListServices, LookUpArea, ShowAccount, PortalFrame, CouncillorsOfPlace, ResponsibilitiesHere, { provide: PortalSettings, useFactory: () => new PortalSettings((ctx: RequestContext) => optionsOf(ctx, portal)) }],
})
class PortalModule {}

/**
 * The council's front door: home page, list of services, "your area", the resident's account, and the pages that every site must have.
 * What they show comes from the other modules of the council.
 * @public
 * @example modules: [portal({ openingHours: { en: 'Weekdays, 9am to 5pm', cy: 'Dyddiau’r wythnos, 9am i 5pm' } })]
 */
export const portal = defineModule<Partial<PortalOptions>>({
  id: 'portal',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: PortalModule,
  requires: [mayUse(SERVICES, '^0.1.0'), mayUse(ADDRESSES, '^0.1.0')],
  extensionPoints: [ACCOUNT_SECTION, AREA_PANEL, DESK_AREA, FOOTER_LINK, HOME_ALERTS, HOME_PANEL, PRIVACY_NOTE],
  registers: [register(PAGE_FRAME, PortalFrame), register(AREA_PANEL, CouncillorsOfPlace), register(AREA_PANEL, ResponsibilitiesHere), register(PRIVACY_NOTE, technicalNote)],
  texts: portalTexts,
  viewsFolder: path.join(__dirname, '../views'),
  defaults: PORTAL_DEFAULTS,
});
