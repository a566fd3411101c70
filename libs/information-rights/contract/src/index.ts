export { PERSONAL_DATA } from './personal-data';
export type { OnErasure, PersonalData, PersonalFact, PersonalRecord } from './personal-data';
export { answerDueOn, mayExtendUntil } from './response-clock';
export type { PauseReason, ResponseTime } from './response-clock';
export { ASK_FOR_RESIDENTS, ERASE_PERSONAL_DATA, HANDLE_REQUESTS, READ_PERSONAL_DATA, READ_RECORDS } from './permissions';
export { PROCESSING } from './processing';
export type { Processing, ProcessingActivity } from './processing';
