import path from 'node:path';
import { CONFIGURABLE } from '@guildhall/configuration-contract';
import { Module } from '@nestjs/common';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { CASES } from '@guildhall/cases-contract';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { IDENTITY, PersonSignedIn } from '@guildhall/identity-contract';
import { PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { READ_AHEAD, defineModule, does, every, implement, mayUse, needs, on } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import { MESSAGE_TEMPLATE, NOTIFICATIONS } from '@guildhall/notifications-contract';
import { PAYMENTS, PaymentSucceeded } from '@guildhall/payments-contract';
import { ACCOUNT_SECTION, DESK_AREA, HOME_PANEL } from '@guildhall/portal-contract';
import { ANSWER_SOURCE, ASSIST_WITH_SERVICES, DraftSubmitted, SERVICE, SERVICES, SERVICE_EXTENSION } from '@guildhall/services-contract';
import { CHANGE_TAKER, InformationCorrected } from '@guildhall/sharing-contract';
import { DraftsAtHome } from './account/drafts-at-home';
import { DraftsInAccount } from './account/drafts-in-account';
import { AnswerPage } from './asking/answer-page';
import { KnownAnswers } from './asking/known-answers';
import { OpenVisit } from './asking/open-visit';
import { PageActions } from './asking/page-actions';
import { ShowPage } from './asking/show-page';
import { NameFirst } from './asking/name-first';
import { ShowStart } from './asking/show-start';
import { KeepAssistedDraft } from './assisting/keep-assisted-draft';
import { RegisterCaller } from './assisting/register-caller';
import { SendAssisted } from './assisting/send-assisted';
import { SendClaimCodeHandler } from './assisting/send-claim-code';
import { SendClaimCode, SendPaymentLink } from './assisting/send-claim-code.job';
import { SendPaymentLinkHandler } from './assisting/send-payment-link';
import { ShowAssisted } from './assisting/show-assisted';
import { TakeAssisted } from './assisting/take-assisted';
import { ShowCheckAnswers } from './checking/show-check-answers';
import { ClearDrafts, ClearDraftsHandler } from './clearing/clear-drafts';
import { ClaimDrafts } from './drafts/claim-drafts';
import { FindDrafts } from './drafts/find-drafts';
import { LayAsideDrafts } from './drafts/lay-aside-drafts';
import { ResumeDraft } from './drafts/resume-draft';
import { SaveAnswers } from './drafts/save-answers';
import { AssistController } from './http/assist.controller';
import { CheckAnswersController } from './http/check-answers.controller';
import { DoneController } from './http/done.controller';
import { JourneyController } from './http/journey.controller';
import { PayingController } from './http/paying.controller';
import { PhotosController } from './http/photos.controller';
import { ServicesApiController } from './http/services-api.controller';
import { claimCode } from './messages/claim-code';
import { paymentLink } from './messages/payment-link';
import { drafts } from './migrations/001-drafts';
import { origins } from './migrations/002-origins';
import { CountUsage, CountUsageHandler } from './offering/count-usage';
import { serviceSettings } from './configuring/service-settings';
import { InstalledServices } from './offering/installed-services';
import { OfferServices } from './offering/offer-services';
import { PayForDraft } from './paying/pay-for-draft';
import { CasesAsking } from './changing/cases-asking';
import { NotesCorrection } from './changing/notes-correction';
import { NotesMove } from './changing/notes-move';
import { AddPhotos } from './photos/add-photos';
import { RemovePhoto } from './photos/remove-photo';
import { EarlierAddress } from './places/earlier-address';
import { LocalExamples } from './places/local-examples';
import { SearchPlaces } from './places/search-places';
import { ShowMap } from './places/show-map';
import { AnswerSources } from './sourcing/answer-sources';
import { DropsStopped } from './sourcing/drops-stopped';
import { SourcedFields } from './sourcing/sourced-field';
import { TakesPress } from './sourcing/takes-press';
import { DraftsOfPerson } from './rights/personal-data';
import { CarryOnSubmissions, CarryOnSubmissionsHandler, SubmitPaidDraft } from './submitting/carry-on-submissions';
import { ConfirmDraft } from './submitting/confirm-draft';
import { FinishSubmission } from './submitting/finish-submission';
import { SendDraft } from './submitting/send-draft';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

@Module({
  controllers: [ServicesApiController, CheckAnswersController, PayingController, DoneController, PhotosController, JourneyController, AssistController],
  providers: [
    InstalledServices, OfferServices, FindDrafts, ClaimDrafts, SaveAnswers, LayAsideDrafts, ResumeDraft, OpenVisit, NameFirst, ShowStart, ShowPage, AnswerPage, KnownAnswers, PageActions, AnswerSources, DropsStopped, SourcedFields, TakesPress, EarlierAddress, LocalExamples, SearchPlaces, ShowMap, AddPhotos, RemovePhoto,
    ShowCheckAnswers, SendDraft, ConfirmDraft, FinishSubmission, PayForDraft, CarryOnSubmissionsHandler, SubmitPaidDraft, ClearDraftsHandler, CountUsageHandler, DraftsInAccount, DraftsAtHome, DraftsOfPerson,
    KeepAssistedDraft, RegisterCaller, ShowAssisted, TakeAssisted, SendAssisted, SendClaimCodeHandler, SendPaymentLinkHandler, CasesAsking, NotesCorrection, NotesMove,
  ],
})
class ServicesModule {}

/**
 * The services of a council: their journeys with drafts from the first page on, the adviser's screen, and what becomes of what is sent.
 * @public
 * @example services()
 */
export const services = defineModule({
  id: 'services',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: ServicesModule,
  provides: [implement(SERVICES, OfferServices)],
  requires: [needs(CASES, '^0.1.0'), needs(PAYMENTS, '^0.1.0'), mayUse(DOCUMENTS, '^0.1.0'), needs(ADDRESSES, '^0.1.0'), needs(IDENTITY, '^0.1.0'), needs(NOTIFICATIONS, '^0.1.0')],
  schema: 'services',
  migrations: [drafts, origins],
  permissions: [ASSIST_WITH_SERVICES],
  events: [DraftSubmitted],
  extensionPoints: [SERVICE, SERVICE_EXTENSION, ANSWER_SOURCE],
  subscribers: [on('services.claim-drafts', PersonSignedIn, ClaimDrafts), on('services.submit-paid-draft', PaymentSucceeded, SubmitPaidDraft), on('services.note-correction', InformationCorrected, NotesCorrection)],
  jobs: [does(CarryOnSubmissions, CarryOnSubmissionsHandler), does(ClearDrafts, ClearDraftsHandler), does(CountUsage, CountUsageHandler), does(SendClaimCode, SendClaimCodeHandler), does(SendPaymentLink, SendPaymentLinkHandler)],
  recurring: [every('minute', CarryOnSubmissions), every('hour', ClearDrafts), every('hour', CountUsage)],
  registers: [
    register(CONFIGURABLE, serviceSettings), register(READ_AHEAD, FindDrafts), register(MESSAGE_TEMPLATE, claimCode), register(MESSAGE_TEMPLATE, paymentLink), register(ACCOUNT_SECTION, DraftsInAccount), register(HOME_PANEL, DraftsAtHome), register(PERSONAL_DATA, DraftsOfPerson), register(CHANGE_TAKER, NotesMove),
    register(DESK_AREA, { id: 'services.assist', order: 200, titleKey: 'services.desk.area', href: '/desk/assist', permission: ASSIST_WITH_SERVICES, shortcut: 'a', startFor: ['adviser'] }),
  ],
  texts,
  deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
});
