import { defineJob } from '@guildhall/kernel-contract';

/** Tries one case. */
export const HandOver = defineJob<{ readonly caseId: string }>('back-office.hand-over');
/** Asks for the reference behind a ticket. */
export const FindReference = defineJob<{ readonly caseId: string }>('back-office.find-reference');
/** Writes into a case's timeline how the handing over went. `said` names this one thing, however often it is tried. */
export const Say = defineJob<{ readonly caseId: string; readonly what: 'handed-over' | 'refused'; readonly said: string }>('back-office.say');
/** Does to a case what its far end told. */
export const Apply = defineJob<{ readonly caseId: string }>('back-office.apply');
/** Passes on what a resident wrote later. */
export const PassOn = defineJob<{ readonly entryId: string }>('back-office.pass-on');
/** Asks every far end what happened. */
export const AskForProgress = defineJob<Record<never, never>>('back-office.ask-for-progress');
/** Finds work whose job was lost, and wipes what nobody will need. */
export const FindForgotten = defineJob<Record<never, never>>('back-office.find-forgotten');
