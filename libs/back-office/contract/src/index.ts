export type { HandedAnswer, HandedCase, HandedContact, HandedPhoto, HandedPlace } from './handed-case';
export { BACK_OFFICE_PROVIDER } from './back-office-provider';
export type { BackOfficeProvider, HandedOver, HandedWords, HandOverRefusal, Progress, ProgressAsked, PushedFile, PushedForm, PushedMessage, PushRefused, PushTaken } from './back-office-provider';
export { ruleFor } from './status-rules';
export type { StatusRule, StatusRules } from './status-rules';
export { withoutPerson } from './without-person';
export { HAND_OVER_CASES } from './permissions';
