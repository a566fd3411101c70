import path from 'node:path';
import { Module } from '@nestjs/common';
import { CASES, CASE_PANEL } from '@guildhall/cases-contract';
import { IDENTITY } from '@guildhall/identity-contract';
import { PERSONAL_DATA, PROCESSING } from '@guildhall/information-rights-contract';
import { defineModule, does, every, implement, mayUse, optionsOf } from '@guildhall/kernel';
import { CLOCK, CONNECTION, EVIDENCE, register, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_TEMPLATE, NOTIFICATIONS } from '@guildhall/notifications-contract';
import { ACCOUNT_SECTION, DESK_AREA, FOOTER_LINK, PRIVACY_NOTE } from '@guildhall/portal-contract';
import { ANSWER_SOURCE } from '@guildhall/services-contract';
import { ACT_ON_SHARING, ANSWER_DISPUTES, ASK_OTHERS, InformationCorrected, LOOK_AT_OTHERS, MANAGE_AGREEMENTS, READ_AGREEMENTS, SHARING, TAKE_CHANGES } from '@guildhall/sharing-contract';
import { AnswersExchange } from './asking/answers-exchange';
import { AsksAgain } from './asking/asks-again';
import { AsksExchange } from './asking/asks-exchange';
import { AssuranceOf } from './asking/assurance-of';
import { OpenQuestions } from './asking/open-questions';
import { UnprovenQuestions } from './asking/unproven-questions';
import { Choices } from './choosing/choices';
import { HearsChoice } from './choosing/hears-choice';
import { ToldStanding } from './choosing/told-standing';
import { TakesChoice } from './choosing/takes-choice';
import { TellsChoice } from './choosing/tells-choice';
import { AnswersDispute } from './correcting/answers-dispute';
import { CorrectionsController } from './correcting/corrections.controller';
import { DisputeReads } from './correcting/dispute-reads';
import { DisputeStories } from './correcting/dispute-story';
import { DisputesOnDesk } from './correcting/disputes-on-desk';
import { DisputesOnDeskController } from './correcting/disputes-on-desk.controller';
import { disputeNews } from './correcting/dispute-news';
import { HoldsDisputeClock } from './correcting/holds-dispute-clock';
import { TellCorrection, TellOfDispute } from './correcting/jobs';
import { KeepsCorrection } from './correcting/keeps-correction';
import { OpenDisputes } from './correcting/open-disputes';
import { HearsErased } from './correcting/hears-erased';
import { OutgoingCorrections } from './correcting/outgoing';
import { PassesOn } from './correcting/passes-on';
import { CorrectionsOfPerson } from './correcting/personal-data';
import { TakesCorrection } from './correcting/takes-correction';
import { TellsCorrection } from './correcting/tells-correction';
import { TellsOfDispute } from './correcting/tells-of-dispute';
import { ToldBefore } from './correcting/told-before';
import { CountsShared } from './counting/count-shared';
import { AskingFigures } from './counting/asking-figures';
import { Figures } from './counting/figures';
import { CountShared } from './counting/jobs';
import { migrations } from './data/migrations';
import { EvidenceStore } from './evidence/evidence-store';
import { KeptHoldings } from './evidence/kept-holdings';
import { EndedController } from './ending/ended.controller';
import { EndsAgreement } from './ending/ends-agreement';
import { TellEnded } from './ending/jobs';
import { TakesEnded } from './ending/takes-ended';
import { TellsEnded } from './ending/tells-ended';
import { AgreementsController } from './desk/agreements.controller';
import { Bodies } from './desk/bodies';
import { BodiesController } from './desk/bodies.controller';
import { BringingInController } from './desk/bringing-in.controller';
import { ChecksDraft } from './desk/check-draft';
import { Drafts } from './desk/drafts';
import { DraftingController } from './desk/drafting.controller';
import { DraftsController } from './desk/drafts.controller';
import { OverviewController } from './desk/overview.controller';
import { ReadsAgreements } from './desk/reads-agreements';
import { ReceiptsController } from './desk/receipts.controller';
import { SharingOnDesk } from './desk/sharing-on-desk';
import { SignsAgreement } from './desk/signs-agreement';
import { NodeController } from './http/node.controller';
import { SharingApiController } from './http/sharing-api.controller';
import { AskAgain, CompareTwins, ForgetOld, TellChoice, WatchLogs } from './jobs';
import { ForgetsOld } from './keeping/forget-old';
import { DeskDisputesController } from './information/desk-disputes.controller';
import { DeskInformationController } from './information/desk-information.controller';
import { DeskSwitchesController } from './information/desk-switches.controller';
import { DeskKeptController } from './information/desk-kept.controller';
import { DisputesController } from './information/disputes.controller';
import { Disputes } from './information/disputes';
import { Holdings } from './information/holdings';
import { ExportsReceipts } from './information/exports-receipts';
import { InformationInAccount } from './information/information-in-account';
import { InformationOnCase } from './information/information-on-case';
import { InformationController } from './information/information.controller';
import { KeptController } from './information/kept.controller';
import { KeptTyped } from './information/kept-typed';
import { MayBeShared } from './information/may-be-shared';
import { PersonOnDesk } from './information/person-on-desk';
import { PressesSwitch } from './information/presses-switch';
import { Receipts } from './information/receipts';
import { ShowsTrail } from './information/shows-trail';
import { SubjectKeys } from './information/subject-keys';
import { SwitchesController } from './information/switches.controller';
import { Trail } from './information/trail';
import { WordsOfInformation } from './information/words-of-information';
import { Agreements } from './knowing/agreements';
import { Peers } from './knowing/peers';
import { AnswersLink } from './linking/answers-link';
import { FindsPerson } from './linking/finds-person';
import { DeskLinksController } from './linking/desk-links.controller';
import { TellLinkEnded } from './linking/jobs';
import { KeepsLinks } from './linking/keeps-links';
import { Links } from './linking/links';
import { LinksController } from './linking/links.controller';
import { LinksHere } from './linking/links-here';
import { MakesLink } from './linking/makes-link';
import { MatchTries } from './linking/match-tries';
import { MatchesElsewhere } from './linking/matches-elsewhere';
import { ProvedKeys } from './linking/proved-keys';
import { ReceivesVisits } from './linking/receives-visits';
import { SendsLinkMessage } from './linking/sends-link-message';
import { ShowsLinks } from './linking/shows-links';
import { SignInAttempts } from './linking/sign-in-attempts';
import { SignInVisits } from './linking/sign-in-visits';
import { SignsInElsewhere } from './linking/signs-in-elsewhere';
import { TellsLinkEnded } from './linking/tells-link-ended';
import { VisitsController } from './linking/visits.controller';
import { WhoLinks } from './linking/who-links';
import { SharingLog } from './logging/sharing-log';
import { LookingController } from './looking/looking.controller';
import { LooksAtOthers } from './looking/looks-at-others';
import { NamesPerson } from './looking/names-person';
import { OwnNode } from './node/own-node';
import { SignedPost } from './node/signed-post';
import { ConfirmsTyped } from './once-only/confirms-typed';
import { FindsAnswers } from './once-only/finds-answers';
import { ConfirmTyped } from './once-only/jobs';
import { OnceOnly } from './once-only/once-only';
import { OnceWords } from './once-only/once-words';
import { ReadsRegister } from './register/reads-register';
import { sharingPrivacyNote } from './privacy-note';
import { registerInFooter } from './register/register-in-footer';
import { RegisterController } from './register/register.controller';
import { FindsToRemind } from './reminding/finds-to-remind';
import { FindToRemind, Remind } from './reminding/jobs';
import { Reminders } from './reminding/reminders';
import { Reminds } from './reminding/reminds';
import { yearlyReminder } from './reminding/yearly-reminder';
import { SharingOfPerson } from './rights/personal-data';
import { AgreementsAsProcessing } from './rights/processing';
import { SharingService } from './sharing.service';
import type { SharingOptions } from './sharing.options';
import { BringsChange } from './telling-once/brings-change';
import { Changes } from './telling-once/changes';
import { ChangesController } from './telling-once/changes.controller';
import { DecidesChange } from './telling-once/decides-change';
import { Inbox } from './telling-once/inbox';
import { InboxController } from './telling-once/inbox.controller';
import { BringChange } from './telling-once/jobs';
import { TakesChange } from './telling-once/takes-change';
import { DeskTellOnceController } from './telling-once/desk-tell-once.controller';
import { TellOnceController } from './telling-once/tell-once.controller';
import { TellOncePages } from './telling-once/tell-once-pages';
import { TellsOnce } from './telling-once/tells-once';
import { ReadsSources } from './sources/reads-sources';
import { RegistersOfPerson } from './sources/registers-of-person';
import { TellsEvidence } from './sources/tells-evidence';
import { SourcesController } from './sources/sources.controller';
import { AssuranceController } from './trusting/assurance.controller';
import { ChecksDeployment } from './trusting/checks-deployment';
import { FetchesAssurance } from './trusting/fetches-assurance';
import { FetchesList } from './trusting/fetch-list';
import { FollowsLists } from './trusting/follows-lists';
import { FetchAssurance, FollowLists } from './trusting/jobs';
import { OwnDeployment } from './trusting/own-deployment';
import { SharingEvidence } from './trusting/sharing-evidence';
import { ShowsTrust } from './trusting/shows-trust';
import { TrustListsConnection } from './trusting/trust-lists-connection';
import { FollowsPublications } from './trusting/publications';
import { PublicationsController } from './trusting/publications.controller';
import { TrustLists } from './trusting/trust-lists';
import { AsksLog } from './watching/asks-log';
import { ComparesTwins } from './watching/compares-twins';
import { OpenTwins } from './watching/open-twins';
import { SettlesContradiction } from './watching/settles-contradiction';
import { WatchesLogs } from './watching/watches-logs';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

@Module({
  controllers: [
    EndedController, OverviewController,
    NodeController, SharingApiController, RegisterController, AgreementsController, BodiesController, BringingInController, DraftsController, DraftingController,
    AssuranceController, PublicationsController, SourcesController, ReceiptsController, DeskLinksController,
    InformationController, SwitchesController, DisputesController, DeskInformationController, DeskSwitchesController, DeskDisputesController, KeptController, DeskKeptController,
    LinksController, VisitsController,
    CorrectionsController, DisputesOnDeskController, LookingController, TellOnceController, DeskTellOnceController, ChangesController, InboxController,
  ],
  providers: [
    EndsAgreement, TellsEnded, TakesEnded, FindsToRemind, Reminds, Reminders,
    Bodies, Drafts, ChecksDraft, SignsAgreement, ReadsAgreements, SharingOnDesk, CountsShared, AskingFigures, Figures, ReadsRegister, ReadsSources,
    AnswersExchange, TellsEvidence, AsksExchange, AsksAgain, OpenQuestions, UnprovenQuestions, AssuranceOf, Choices, HearsChoice, ToldStanding, TakesChoice, TellsChoice, Agreements, Peers, Links, SignedPost, SharingLog, ForgetsOld, AsksLog, WatchesLogs, ComparesTwins, OpenTwins, SettlesContradiction,
    SubjectKeys, Trail, ShowsTrail, WordsOfInformation, MayBeShared, Receipts, ExportsReceipts, PressesSwitch, InformationInAccount, Disputes, Holdings, KeptTyped, PersonOnDesk, InformationOnCase, SharingOfPerson, RegistersOfPerson, AgreementsAsProcessing,
    TrustLists, FollowsPublications, FetchesList, FollowsLists, FetchesAssurance, OwnDeployment, ChecksDeployment, SharingEvidence, ShowsTrust, TrustListsConnection,
    SharingService, AnswersLink, FindsPerson, KeepsLinks, LinksHere, MakesLink, MatchTries, MatchesElsewhere, ProvedKeys, ReceivesVisits, SendsLinkMessage, ShowsLinks, SignInAttempts, SignInVisits, SignsInElsewhere, TellsLinkEnded, WhoLinks,
    EvidenceStore, KeptHoldings, FindsAnswers, OnceWords, OnceOnly, ConfirmsTyped,
    OutgoingCorrections, HearsErased, TellsCorrection, TakesCorrection, KeepsCorrection, ToldBefore, PassesOn, DisputeStories, DisputeReads, OpenDisputes, AnswersDispute, HoldsDisputeClock, TellsOfDispute, DisputesOnDesk, CorrectionsOfPerson, LooksAtOthers, NamesPerson, Changes, DecidesChange, BringsChange, TakesChange, TellsOnce, TellOncePages, Inbox,
    { provide: OwnNode, useFactory: (clock: Clock) => new OwnNode((ctx: RequestContext) => optionsOf(ctx, sharing), clock), inject: [CLOCK] },
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
  requires: [mayUse(CASES, '^0.1.0'), mayUse(IDENTITY, '^0.1.0'), mayUse(NOTIFICATIONS, '^0.1.0')],
  provides: [implement(SHARING, SharingService)],
  schema: 'sharing',
  migrations,
  permissions: [ASK_OTHERS, READ_AGREEMENTS, MANAGE_AGREEMENTS, ACT_ON_SHARING, ANSWER_DISPUTES, LOOK_AT_OTHERS, TAKE_CHANGES],
  events: [InformationCorrected],
  jobs: [
    does(WatchLogs, WatchesLogs), does(ForgetOld, ForgetsOld), does(TellChoice, TellsChoice), does(CompareTwins, ComparesTwins), does(AskAgain, AsksAgain), does(CountShared, CountsShared), does(FollowLists, FollowsLists),
    does(FetchAssurance, FetchesAssurance), does(TellLinkEnded, TellsLinkEnded), does(TellCorrection, TellsCorrection), does(TellOfDispute, TellsOfDispute), does(BringChange, BringsChange), does(ConfirmTyped, ConfirmsTyped),
    does(TellEnded, TellsEnded), does(FindToRemind, FindsToRemind), does(Remind, Reminds),
  ],
  recurring: [every('minute', AskAgain), every('5 minutes', WatchLogs), every('15 minutes', CompareTwins), every('hour', ForgetOld), every('hour', CountShared), every('15 minutes', FollowLists), every('15 minutes', FetchAssurance), every('day', FindToRemind)],
  registers: [
    register(DESK_AREA, SharingOnDesk), register(FOOTER_LINK, registerInFooter), register(ACCOUNT_SECTION, InformationInAccount), register(CASE_PANEL, InformationOnCase),
    register(PRIVACY_NOTE, sharingPrivacyNote), register(CONNECTION, TrustListsConnection), register(CONNECTION, ChecksDeployment), register(EVIDENCE, SharingEvidence), register(ANSWER_SOURCE, OnceOnly), register(DESK_AREA, DisputesOnDesk),
    register(PERSONAL_DATA, SharingOfPerson), register(PERSONAL_DATA, CorrectionsOfPerson), register(PERSONAL_DATA, RegistersOfPerson), register(PROCESSING, AgreementsAsProcessing), register(MESSAGE_TEMPLATE, yearlyReminder), register(MESSAGE_TEMPLATE, disputeNews),
  ],
  texts, deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
});
