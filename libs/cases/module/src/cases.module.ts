import path from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIGURABLE } from '@guildhall/configuration-contract';
import { PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { register } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { defineModule, does, every, implement, mayUse, on, optionsOf } from '@guildhall/kernel';
import { IDENTITY, PersonClaimedAssistedCase } from '@guildhall/identity-contract';
import { MESSAGE_TEMPLATE, NOTIFICATIONS } from '@guildhall/notifications-contract';
import { CASES, CASE_PANEL, CASE_PERMISSIONS, CASE_TYPE, CaseAnswered, CaseAssigned, CaseDecided, CaseMoved, CaseOpened, CaseRefundDue, CaseUpdatedPublicly, STANDARD_TEXT } from '@guildhall/cases-contract';
import type { PlainDate } from '@guildhall/cases-contract';
import { ACCOUNT_SECTION, DESK_AREA, HOME_PANEL } from '@guildhall/portal-contract';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { CasesAtHome } from './account/cases-at-home';
import { CasesInAccount } from './account/cases-in-account';
import { MyCasesController } from './account/my-cases.controller';
import { AssignsCases } from './assigning/assigns-cases';
import { AssignsMany } from './assigning/assigns-many';
import { CasesService } from './cases.service';
import { ConfiguresCaseTypes } from './configuring/case-types';
import { CaseController } from './desk/case.controller';
import { CaseDocuments } from './desk/case-documents';
import { CaseHead } from './desk/case-head';
import { CasePlace } from './desk/case-place';
import { Colleagues } from './desk/colleagues';
import { KeptSearches } from './desk/kept-searches';
import { WorklistArea } from './desk/desk-area';
import { LoadsPanels } from './desk/loads-panels';
import { MoveController } from './desk/move.controller';
import { ShowsCase } from './desk/shows-case';
import { ShowsMove } from './desk/shows-move';
import { ShowsWorklist } from './desk/shows-worklist';
import { Wards } from './desk/wards';
import { Zones } from './desk/zones';
import { WorklistController } from './desk/worklist.controller';
import { HandsOverClaimedCases } from './claiming/hands-over-claimed-cases';
import { FindsCases } from './finding/finds-cases';
import { ListsCases } from './finding/lists-cases';
import { CasesApiController } from './http/cases-api.controller';
import { ChangesCases } from './keeping/changes-cases';
import { cases001 } from './migrations/001-cases';
import { cases002 } from './migrations/002-erasure';
import { cases003 } from './migrations/003-zones';
import { cases004 } from './migrations/004-attention';
import { MovesCases } from './moving/moves-cases';
import { NotesOnCases } from './noting/notes-on-cases';
import { FindsZones } from './opening/finds-zones';
import { FindZones, FindsZonesLater } from './opening/finds-zones-later';
import { OpensCases } from './opening/opens-cases';
import { CasesOfPerson } from './rights/personal-data';
import { SendsNews } from './telling/sends-news';
import { SeedsCases } from './seeding/seeds-cases';
import { ShowsStatus } from './status/shows-status';
import { StatusController } from './status/status.controller';
import { TakesPhotos } from './status/takes-photos';
import { TellsResidents } from './telling/tells-residents';
import { CASE_MESSAGES } from './telling/templates';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';
import { Calendars } from './working-days/calendars';

/** What a council may set. @public */
export interface CasesOptions {
  /** Days from Monday to Friday on which the council's offices are closed besides bank holidays: `['2026-12-29', '2026-12-30']`. */
  readonly closedDays?: readonly PlainDate[];
}

@Module({
  controllers: [CasesApiController, WorklistController, MoveController, CaseController, StatusController, MyCasesController],
  providers: [
    CasesService, OpensCases, FindsZones, FindsZonesLater, FindsCases, ListsCases, ChangesCases, MovesCases, NotesOnCases, TellsResidents, AssignsCases, SendsNews, HandsOverClaimedCases,
    AssignsMany, Colleagues, CaseDocuments, CaseHead, CasePlace, LoadsPanels, KeptSearches, ShowsWorklist, ShowsCase, ShowsMove, Wards, Zones, WorklistArea, ShowsStatus, TakesPhotos, CasesInAccount, CasesAtHome, SeedsCases, CasesOfPerson, ConfiguresCaseTypes,
    { provide: Calendars, useFactory: () => new Calendars((ctx: RequestContext) => optionsOf(ctx, cases).closedDays ?? []) },
  ],
})
class CasesModule {}

/**
 * Case management: worklists, the case page, the resident's status page, and the REST API.
 * @public
 * @example modules: [cases({ closedDays: ['2026-12-29'] })]
 */
export const cases = defineModule<CasesOptions>({
  id: 'cases',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: CasesModule,
  provides: [implement(CASES, CasesService)],
  requires: [mayUse(IDENTITY, '^0.1.0'), mayUse(NOTIFICATIONS, '^0.1.0'), mayUse(DOCUMENTS, '^0.1.0'), mayUse(ADDRESSES, '^0.1.0')],
  schema: 'cases',
  migrations: [cases001, cases002, cases003, cases004],
  permissions: CASE_PERMISSIONS,
  events: [CaseOpened, CaseMoved, CaseDecided, CaseUpdatedPublicly, CaseAnswered, CaseAssigned, CaseRefundDue],
  subscribers: [
    on('cases.news-of-opening', CaseOpened, SendsNews), on('cases.news-of-move', CaseMoved, SendsNews), on('cases.news-of-update', CaseUpdatedPublicly, SendsNews),
    on('cases.claimed', PersonClaimedAssistedCase, HandsOverClaimedCases),
  ],
  jobs: [does(FindZones, FindsZonesLater)],
  recurring: [every('15 minutes', FindZones)],
  registers: [...CASE_MESSAGES.map((template) => register(MESSAGE_TEMPLATE, template)), register(ACCOUNT_SECTION, CasesInAccount), register(HOME_PANEL, CasesAtHome), register(DESK_AREA, WorklistArea), register(PERSONAL_DATA, CasesOfPerson), register(CONFIGURABLE, ConfiguresCaseTypes)],
  texts,
  deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
  seed: SeedsCases,
  extensionPoints: [CASE_TYPE, CASE_PANEL, STANDARD_TEXT],
});
