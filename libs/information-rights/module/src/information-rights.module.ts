import path from 'node:path';
import { CASE_PANEL } from '@guildhall/cases-contract';
import { IDENTITY } from '@guildhall/identity-contract';
import { ASK_FOR_RESIDENTS, ERASE_PERSONAL_DATA, HANDLE_REQUESTS, INFORMATION_RIGHTS, PERSONAL_DATA, PROCESSING, READ_PERSONAL_DATA, READ_RECORDS } from '@guildhall/information-rights-contract';
import { PageRenderer, defineModule, does, every, implement, mayUse, optionsOf } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import { MESSAGE_TEMPLATE, NOTIFICATIONS } from '@guildhall/notifications-contract';
import { ACCOUNT_SECTION, DESK_AREA, PRIVACY_NOTE } from '@guildhall/portal-contract';
import { Module } from '@nestjs/common';
import { DataController } from './account/data.controller';
import { DataInAccount } from './account/data-in-account';
import { CopyParts } from './copies/copy-parts';
import { GivesCopy } from './copies/gives-copy';
import { PreparesCopy } from './copies/prepares-copy';
import { migrations } from './data/migrations';
import { CallersController } from './desk/callers.controller';
import { PersonOnDesk } from './desk/person-on-desk';
import { RequestsController } from './desk/requests.controller';
import { RightsOnCase } from './desk/rights-on-case';
import { RightsOnDesk } from './desk/rights-on-desk';
import { CarriesOutErasure } from './erasing/carries-out-erasure';
import { DecidesErasure } from './erasing/decides-erasure';
import { KeepsOutOfReach } from './erasing/keeps-out-of-reach';
import { ListsForErasure } from './erasing/lists-for-erasure';
import { RightsApiController } from './http/rights-api.controller';
import { RIGHTS_DEFAULTS, type InformationRightsOptions } from './information-rights.options';
import { CarryOutErasure, ForgetOld, ListForErasure, PrepareCopy, TellOfRequest } from './jobs';
import { ForgetsOld } from './keeping/forget-old';
import { privacyNote } from './privacy-note';
import { RecordsController } from './records/records.controller';
import { RecordsOfProcessing } from './records/records-of-processing';
import { AsksForRights } from './requests/asks-for-rights';
import { HoldsClock } from './requests/holds-clock';
import { ReadsRequests } from './requests/reads-requests';
import { RequestsOfPerson } from './requests/requests-of-person';
import { RightsService } from './rights.service';
import { requestNews } from './telling/request-news';
import { TellsOfRequest } from './telling/tells-of-request';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

@Module({
  controllers: [DataController, CallersController, RequestsController, RecordsController, RightsApiController],
  providers: [
    AsksForRights, ReadsRequests, HoldsClock, RequestsOfPerson, CopyParts, PreparesCopy, GivesCopy, ListsForErasure, DecidesErasure, KeepsOutOfReach, CarriesOutErasure, TellsOfRequest, ForgetsOld,
    RightsService, DataInAccount, RightsOnDesk, RightsOnCase, PersonOnDesk,
    { provide: RecordsOfProcessing, useFactory: (renderer: PageRenderer) => new RecordsOfProcessing(renderer, (ctx) => ({ ...RIGHTS_DEFAULTS, ...optionsOf(ctx, informationRights) })), inject: [PageRenderer] },
  ],
})
class InformationRightsModule {}

/**
 * People's rights over what is held about them: a copy, erasure with its reasons, the time in which they are answered; and the records of processing.
 * @public
 * @example modules: [informationRights({ dataProtectionOfficer: { name: 'Gwen Pritchard', email: 'dpo@riverbourne.example' }, transfers: { en: 'None', cy: 'Dim' } })]
 */
export const informationRights = defineModule<Partial<InformationRightsOptions>>({
  id: 'information-rights',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: InformationRightsModule,
  requires: [mayUse(IDENTITY, '^0.1.0'), mayUse(NOTIFICATIONS, '^0.1.0')],
  provides: [implement(INFORMATION_RIGHTS, RightsService)],
  schema: 'information_rights',
  migrations,
  permissions: [HANDLE_REQUESTS, ASK_FOR_RESIDENTS, READ_PERSONAL_DATA, ERASE_PERSONAL_DATA, READ_RECORDS],
  jobs: [does(PrepareCopy, PreparesCopy), does(ListForErasure, ListsForErasure), does(CarryOutErasure, CarriesOutErasure), does(TellOfRequest, TellsOfRequest), does(ForgetOld, ForgetsOld)],
  recurring: [every('day', ForgetOld)],
  extensionPoints: [PERSONAL_DATA, PROCESSING],
  registers: [
    register(PERSONAL_DATA, RequestsOfPerson), register(ACCOUNT_SECTION, DataInAccount), register(DESK_AREA, RightsOnDesk), register(CASE_PANEL, RightsOnCase), register(MESSAGE_TEMPLATE, requestNews), register(PRIVACY_NOTE, privacyNote),
    register(DESK_AREA, { id: 'information-rights.records', order: 720, titleKey: 'information-rights.desk.records.title', href: '/desk/records-of-processing', permission: READ_RECORDS }),
  ],
  texts, deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
});
