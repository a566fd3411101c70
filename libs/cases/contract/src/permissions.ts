import { definePermission } from '@guildhall/kernel-contract';

/** Read cases, search them and see the worklists. @public */
export const SEE_CASES = definePermission('cases.see', 'See cases', ['adviser', 'case-officer', 'team-manager']);
/** Open a case for somebody. @public */
export const OPEN_CASES = definePermission('cases.open', 'Open a case for somebody', ['adviser', 'case-officer', 'team-manager']);
/** Write internal notes. @public */
export const NOTE_ON_CASES = definePermission('cases.note', 'Write internal notes on cases', ['adviser', 'case-officer', 'team-manager']);
/** Take a case, move it, write to the resident. @public */
export const WORK_ON_CASES = definePermission('cases.work', 'Work on cases', ['case-officer', 'team-manager']);
/** Decide with reasons and a letter. @public */
export const DECIDE_CASES = definePermission('cases.decide', 'Decide cases', ['case-officer', 'team-manager']);
/** Give cases to other people and teams, also many at once. @public */
export const ASSIGN_CASES = definePermission('cases.assign', 'Give cases to people and teams', ['team-manager']);
/** Held by machines only: a neighbouring module's server that says for whom it asks. Its own permissions remain the limit. @public */
export const ACT_FOR_OTHERS = definePermission('cases.act-for-others', 'Act on cases in the name of residents and officers');

/** Every permission of this capability. @public */
export const CASE_PERMISSIONS = [SEE_CASES, OPEN_CASES, NOTE_ON_CASES, WORK_ON_CASES, DECIDE_CASES, ASSIGN_CASES, ACT_FOR_OTHERS] as const;
