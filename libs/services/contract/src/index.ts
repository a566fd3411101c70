export { SERVICE_CATEGORIES } from './service';
export type { Audience, Given, Open311Terms, Service, ServiceCategory, ServiceDefinition, Share, StartPage } from './service';
export { defineService } from './define-service';
export type { EndingPage, Page, QuestionPage } from './page';
export { isPersonal, mostCharacters, mostPhotos } from './question';
export type {
  AddressQuestion, Attribute, CheckboxesQuestion, DateQuestion, DeclarationQuestion, EmailQuestion, LocationQuestion, MoneyQuestion, NameQuestion, NumberQuestion, Option, PhoneQuestion, PhotosQuestion,
  Question, QuestionType, RadiosQuestion, TextQuestion, TextareaQuestion, YesNoQuestion,
} from './question';
export { holds } from './condition';
export type { Condition, Match } from './condition';
export type { AddressAnswer, AnswerOf, AnswerValue, Answers, AnswersOf, LocationAnswer, PhotoAnswer } from './answers';
export type { CodeSetting, LineSetting, MoneySetting, NumberSetting, Setting, SettingValue, SettingValues, Settings, ValuesOf, WordsSetting, YesNoSetting } from './settings';
export { moneyText, pounds } from './money-text';
export type { InsertedState, ServiceExtension } from './extension';
export { SERVICE, SERVICE_EXTENSION, installService } from './installed-service';
export type { InstalledService, ServiceRegistration } from './installed-service';
export { serviceExtension, servicePack } from './service-pack';
export { SERVICES } from './services-api';
export type { ServiceView, ServicesApi } from './services-api';
export { viewOfService } from './view-of-service';
export { HttpServices } from './client/http-services';
export { searchServices } from './search-services';
export { DraftSubmitted } from './events';
export { ASSIST_WITH_SERVICES } from './permissions';
export { furthestPlace, mayOpen, nextPlace, previousPage, progressOf, sectionOf } from './journey/progress';
export type { Place, Progress, Step } from './journey/progress';
export { firstField, readPage } from './journey/read-page';
export type { PageAid, PageReading } from './journey/read-page';
export { FAR_APART_IN_METRES, placeAndPoint, placeChoice } from './journey/read-place';
export type { PlaceChoice } from './journey/read-place';
export type { Ground, LookedUp, Problem, RawFields } from './journey/reading';
export { typedFields } from './journey/typed-fields';
export { answerWords } from './journey/answer-words';
export { dayText, exampleDay } from './journey/plain-dates';
export { checkAnswers } from './journey/check-answers';
export type { SummaryRow, SummarySection } from './journey/check-answers';
export { feeOf, submissionOf } from './journey/submission';
export type { Submission } from './journey/submission';
