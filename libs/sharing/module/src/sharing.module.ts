import path from 'node:path';
import { Module } from '@nestjs/common';
import { CASES, CASE_PANEL } from '@guildhall/cases-contract';
import { IDENTITY } from '@guildhall/identity-contract';
import { PERSONAL_DATA, PROCESSING } from '@guildhall/information-rights-contract';
import { defineModule, does, every, mayUse, optionsOf } from '@guildhall/kernel';
import { register, type RequestContext } from '@guildhall/kernel-contract';
import { ACCOUNT_SECTION, DESK_AREA, FOOTER_LINK } from '@guildhall/portal-contract';
import { ASK_OTHERS, MANAGE_AGREEMENTS, READ_AGREEMENTS } from '@guildhall/sharing-contract';
import { AnswersExchange } from './asking/answers-exchange';
import { AsksExchange } from './asking/asks-exchange';
import { AssuranceOf } from './asking/assurance-of';
import { Choices } from './choosing/choices';
import { TakesChoice } from './choosing/takes-choice';
import { TellsChoice } from './choosing/tells-choice';
import { CountsShared } from './counting/count-shared';
import { Figures } from './counting/figures';
import { CountShared } from './counting/jobs';
import { migrations } from './data/migrations';
import { AgreementsController } from './desk/agreements.controller';
import { Bodies } from './desk/bodies';
import { BodiesController } from './desk/bodies.controller';
import { BringingInController } from './desk/bringing-in.controller';
import { ChecksDraft } from './desk/check-draft';
import { Drafts } from './desk/drafts';
import { DraftingController } from './desk/drafting.controller';
import { DraftsController } from './desk/drafts.controller';
import { ReadsAgreements } from './desk/reads-agreements';
import { SharingOnDesk } from './desk/sharing-on-desk';
import { SignsAgreement } from './desk/signs-agreement';
import { NodeController } from './http/node.controller';
import { SharingApiController } from './http/sharing-api.controller';
import { CompareTwins, ForgetOld, TellChoice, WatchLogs } from './jobs';
import { ForgetsOld } from './keeping/forget-old';
import { DeskDisputesController } from './information/desk-disputes.controller';
import { DeskInformationController } from './information/desk-information.controller';
import { DeskSwitchesController } from './information/desk-switches.controller';
import { DisputesController } from './information/disputes.controller';
import { Disputes } from './information/disputes';
import { Holdings } from './information/holdings';
import { InformationInAccount } from './information/information-in-account';
import { InformationOnCase } from './information/information-on-case';
import { InformationController } from './information/information.controller';
import { MayBeShared } from './information/may-be-shared';
import { PersonOnDesk } from './information/person-on-desk';
import { PressesSwitch } from './information/presses-switch';
import { Receipts } from './information/receipts';
import { ShowsTrail } from './information/shows-trail';
import { SubjectKeys } from './information/subject-keys';
import { SwitchesController } from './information/switches.controller';
import { Trail } from './information/trail';
import { ACT_ON_SHARING } from './information/whose-information';
import { Agreements } from './knowing/agreements';
import { Peers } from './knowing/peers';
import { Links } from './linking/links';
import { SharingLog } from './logging/sharing-log';
import { OwnNode } from './node/own-node';
import { ReadsRegister } from './register/reads-register';
import { registerInFooter } from './register/register-in-footer';
import { RegisterController } from './register/register.controller';
import { SharingOfPerson } from './rights/personal-data';
import { AgreementsAsProcessing } from './rights/processing';
import type { SharingOptions } from './sharing.options';
import { ComparesTwins } from './watching/compares-twins';
import { WatchesLogs } from './watching/watches-logs';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

@Module({
  controllers: [
    NodeController, SharingApiController, RegisterController, AgreementsController, BodiesController, BringingInController, DraftsController, DraftingController,
    InformationController, SwitchesController, DisputesController, DeskInformationController, DeskSwitchesController, DeskDisputesController,
  ],
  providers: [
    Bodies, Drafts, ChecksDraft, SignsAgreement, ReadsAgreements, SharingOnDesk, CountsShared, Figures, ReadsRegister,
    AnswersExchange, AsksExchange, AssuranceOf, Choices, TakesChoice, TellsChoice, Agreements, Peers, Links, SharingLog, ForgetsOld, WatchesLogs, ComparesTwins,
    SubjectKeys, Trail, ShowsTrail, MayBeShared, Receipts, PressesSwitch, InformationInAccount, Disputes, Holdings, PersonOnDesk, InformationOnCase, SharingOfPerson, AgreementsAsProcessing,
    { provide: OwnNode, useFactory: () => new OwnNode((ctx: RequestContext) => optionsOf(ctx, sharing)) },
  ],
})
class SharingModule {}

/**
 * Shares with other public bodies, by agreement: decides on both sides, writes down before anything leaves, and proves it.
 * @public
 * @example modules: [sharing({ body: 'riverbourne', name, logOrigin: 'riverbourne.example/log', keys: [{ name: '2026-1', from: '2026-04-01T00:00:00Z' }], vocabulary })]
 */
export const sharing = defineModule<SharingOptions>({
  id: 'sharing',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: SharingModule,
  requires: [mayUse(CASES, '^0.1.0'), mayUse(IDENTITY, '^0.1.0')],
  schema: 'sharing',
  migrations,
  permissions: [ASK_OTHERS, READ_AGREEMENTS, MANAGE_AGREEMENTS, ACT_ON_SHARING],
  jobs: [does(WatchLogs, WatchesLogs), does(ForgetOld, ForgetsOld), does(TellChoice, TellsChoice), does(CompareTwins, ComparesTwins), does(CountShared, CountsShared)],
  recurring: [every('5 minutes', WatchLogs), every('15 minutes', CompareTwins), every('hour', ForgetOld), every('hour', CountShared)],
  registers: [register(DESK_AREA, SharingOnDesk), register(FOOTER_LINK, registerInFooter), register(ACCOUNT_SECTION, InformationInAccount), register(CASE_PANEL, InformationOnCase), register(PERSONAL_DATA, SharingOfPerson), register(PROCESSING, AgreementsAsProcessing)],
  texts, deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
});
