import path from 'node:path';
import { Module } from '@nestjs/common';
import { HAND_OVER_CASES } from '@guildhall/back-office-contract';
import { CASES, CASE_PANEL, CaseAnswered, CaseMoved, CaseOpened } from '@guildhall/cases-contract';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { defineModule, does, every, mayUse, needs, on, optionsOf } from '@guildhall/kernel';
import { CONNECTION, register, type RequestContext } from '@guildhall/kernel-contract';
import { DESK_AREA, PRIVACY_NOTE } from '@guildhall/portal-contract';
import { providersIn, type BackOfficeOptions } from './back-office.options';
import { BackOfficeSettings } from './back-office.settings';
import { BackOfficeConnection } from './checking/back-office-connection';
import { migrations } from './data/migrations';
import { BackOfficeOnCase } from './desk/back-office-on-case';
import { BackOfficeDeskController } from './desk/desk.controller';
import { EndsLinks } from './desk/ends-links';
import { NotTaken } from './desk/not-taken';
import { NotTakenOnDesk } from './desk/not-taken-on-desk';
import { TriesAgain } from './desk/tries-again';
import { FindForgottenWork } from './handing/find-forgotten';
import { FindsReference } from './handing/find-reference';
import { HandOverCase } from './handing/hand-over-case';
import { PhotosOfCase } from './handing/photos-of-case';
import { AppliesProgress } from './hearing/apply-progress';
import { AsksForProgress } from './hearing/ask-for-progress';
import { PhotosOfProgress } from './hearing/photos-of-progress';
import { TakesPush } from './hearing/take-push';
import { PushesController } from './http/pushes.controller';
import { Apply, AskForProgress, FindForgotten, FindReference, HandOver, PassOn, Say } from './jobs';
import { backOfficePrivacyNote } from './privacy-note';
import { FollowMoves } from './taking/follow-moves';
import { TakeOpened } from './taking/take-opened';
import { SaysHowItWent } from './telling/says-how-it-went';
import { deskTexts } from './wording/desk-texts';
import { PassesOnWords } from './writing/passes-on-words';
import { TakeAnswered } from './writing/take-answered';

@Module({
  controllers: [PushesController, BackOfficeDeskController],
  providers: [
    TakeOpened, FollowMoves, HandOverCase, PhotosOfCase, EndsLinks, FindsReference, FindForgottenWork, AsksForProgress, AppliesProgress, PhotosOfProgress, TakesPush, TakeAnswered, PassesOnWords, SaysHowItWent, TriesAgain, NotTaken, NotTakenOnDesk, BackOfficeOnCase, BackOfficeConnection,
    { provide: BackOfficeSettings, useFactory: () => new BackOfficeSettings((ctx: RequestContext) => optionsOf(ctx, backOffice)) },
  ],
})
class BackOfficeModule {}

/**
 * Hands cases over to the systems that a council already has, and brings back what becomes of them there.
 * @public
 * @example modules: [backOffice({ handOver: [{ caseTypes: ['report-a-problem.pothole'], provider: open311Client({ … }) }] })]
 */
export const backOffice = defineModule<BackOfficeOptions>({
  id: 'back-office',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: BackOfficeModule,
  requires: [needs(CASES, '^0.1.0'), mayUse(DOCUMENTS, '^0.1.0')],
  schema: 'back_office',
  migrations,
  permissions: [HAND_OVER_CASES],
  subscribers: [on('back-office.take-opened', CaseOpened, TakeOpened), on('back-office.follow-moves', CaseMoved, FollowMoves), on('back-office.take-answered', CaseAnswered, TakeAnswered)],
  jobs: [does(HandOver, HandOverCase), does(FindReference, FindsReference), does(Say, SaysHowItWent), does(PassOn, PassesOnWords), does(Apply, AppliesProgress), does(AskForProgress, AsksForProgress), does(FindForgotten, FindForgottenWork)],
  recurring: [every('5 minutes', AskForProgress), every('5 minutes', FindForgotten)],
  registers: [register(CASE_PANEL, BackOfficeOnCase), register(DESK_AREA, NotTakenOnDesk), register(CONNECTION, BackOfficeConnection), register(PRIVACY_NOTE, backOfficePrivacyNote)],
  providersIn,
  deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
});
